//! A key that does not exist, and one that was probably meant for another.

migrate_core::migrations!("ui/attribute/unknown_key");

fn main() {}
