//! A function that is both directions is not named after one of them.

migrate_core::migrations!("ui/function/reversible_upgrade");

fn main() {}
