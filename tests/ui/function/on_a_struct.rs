//! The attribute stands on a function.

migrate_core::migrations!("ui/function/on_a_struct");

fn main() {}
