//! A function that is both directions has one name, too.

migrate_core::migrations!("ui/function/reversible_under_another_name");

fn main() {}
