//! An upgrade has nothing else to record into.

migrate_core::migrations!("ui/function/two_parameters");

fn main() {}
