//! Both required keys are missing.

migrate_core::migrations!("ui/attribute/no_arguments");

fn main() {}
