//! The id is required.

migrate_core::migrations!("ui/attribute/missing_revision");

fn main() {}
