//! An upgrade records into an `Op`.

migrate_core::migrations!("ui/function/no_parameter");

fn main() {}
