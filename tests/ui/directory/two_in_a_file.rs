//! A file holds one migration.

migrate_core::migrations!("ui/directory/two_in_a_file");

fn main() {}
