//! What it follows is required, even when that is nothing.

migrate_core::migrations!("ui/attribute/missing_down_revision");

fn main() {}
