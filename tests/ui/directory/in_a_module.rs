//! A migration stands at the root of its file, where the command line finds it.

migrate_core::migrations!("ui/directory/in_a_module");

fn main() {}
