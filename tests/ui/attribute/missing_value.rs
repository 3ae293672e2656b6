//! A key without a value.

migrate_core::migrations!("ui/attribute/missing_value");

fn main() {}
