//! A migration that a macro writes.

migrate_core::migrations!("ui/directory/from_a_macro");

fn main() {}
