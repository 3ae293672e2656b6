//! The attribute goes by its own name, as the command line reads it.

migrate_core::migrations!("ui/directory/renamed");

fn main() {}
