//! The entry of the list that is wrong, not the list.

migrate_core::migrations!("ui/chain/unknown_entry_of_a_merge");

fn main() {}
