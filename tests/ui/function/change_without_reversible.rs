//! That a function is both directions is said where a reader of the attribute sees it.

migrate_core::migrations!("ui/function/change_without_reversible");

fn main() {}
