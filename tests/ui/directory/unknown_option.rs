//! An option that does not exist.

migrate_core::migrations!("ui/directory/unknown_option", allow_many_heads);

fn main() {}
