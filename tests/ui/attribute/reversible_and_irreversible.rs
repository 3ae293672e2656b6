//! It cannot be both.

migrate_core::migrations!("ui/attribute/reversible_and_irreversible");

fn main() {}
