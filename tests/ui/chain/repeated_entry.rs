//! The same revision twice in one list.

migrate_core::migrations!("ui/chain/repeated_entry");

fn main() {}
