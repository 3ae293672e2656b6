//! A folder that is not there.

migrate_core::migrations!("ui/directory/missing");

fn main() {}
