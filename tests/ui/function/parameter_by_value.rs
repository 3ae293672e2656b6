//! The `Op` is borrowed.

migrate_core::migrations!("ui/function/parameter_by_value");

fn main() {}
