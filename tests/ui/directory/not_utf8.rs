//! A file that is no text.

migrate_core::migrations!("ui/directory/not_utf8");

fn main() {}
