//! It is said or not said.

migrate_core::migrations!("ui/attribute/reversible_with_a_value");

fn main() {}
