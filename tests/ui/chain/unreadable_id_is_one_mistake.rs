//! What refers to a revision whose id cannot be read is no second mistake.

migrate_core::migrations!("ui/chain/unreadable_id_is_one_mistake");

fn main() {}
