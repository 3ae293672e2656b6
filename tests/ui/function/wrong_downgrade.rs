//! The pair has the same shape.

migrate_core::migrations!("ui/function/wrong_downgrade");

fn main() {}
