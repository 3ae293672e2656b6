//! An upgrade is safe to call.

migrate_core::migrations!("ui/function/without_safety");

fn main() {}
