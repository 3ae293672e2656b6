//! A character that a target could not hold.

migrate_core::migrations!("ui/attribute/illegal_id");

fn main() {}
