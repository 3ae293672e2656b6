//! Two files with one id, as after copying a file.

migrate_core::migrations!("ui/chain/duplicate_revision");

fn main() {}
