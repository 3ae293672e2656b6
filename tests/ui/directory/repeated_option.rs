//! An option that is given twice.

migrate_core::migrations!("ui/directory/repeated_option", allow_multiple_heads, allow_multiple_heads);

fn main() {}
