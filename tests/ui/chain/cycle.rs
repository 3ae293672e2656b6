//! A cycle, its members in order.

migrate_core::migrations!("ui/chain/cycle");

fn main() {}
