//! A folder with the name of a file.

migrate_core::migrations!("ui/directory/named_as_a_file");

fn main() {}
