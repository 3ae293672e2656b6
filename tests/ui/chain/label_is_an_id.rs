//! Ids and labels share one namespace.

migrate_core::migrations!("ui/chain/label_is_an_id");

fn main() {}
