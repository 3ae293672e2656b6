//! A reason that says nothing.

migrate_core::migrations!("ui/attribute/empty_reason");

fn main() {}
