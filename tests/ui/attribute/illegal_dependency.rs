//! So does what they refer to.

migrate_core::migrations!("ui/attribute/illegal_dependency");

fn main() {}
