//! The crate's own folder holds more than migrations.

migrate_core::migrations!(".");

fn main() {}
