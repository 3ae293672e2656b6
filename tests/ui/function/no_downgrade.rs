//! A missing `downgrade` must be meant.

migrate_core::migrations!("ui/function/no_downgrade");

fn main() {}
