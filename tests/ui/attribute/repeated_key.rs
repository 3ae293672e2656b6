//! A key that is given twice.

migrate_core::migrations!("ui/attribute/repeated_key");

fn main() {}
