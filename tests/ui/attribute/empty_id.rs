//! An id without a character.

migrate_core::migrations!("ui/attribute/empty_id");

fn main() {}
