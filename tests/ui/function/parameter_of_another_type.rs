//! The parameter is an `Op`.

migrate_core::migrations!("ui/function/parameter_of_another_type");

fn main() {}
