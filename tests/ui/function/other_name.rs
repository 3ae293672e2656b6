//! The function has one name, so that `downgrade` is known to be its pair.

migrate_core::migrations!("ui/function/other_name");

fn main() {}
