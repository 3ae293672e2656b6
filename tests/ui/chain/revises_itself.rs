//! A revision that follows itself.

migrate_core::migrations!("ui/chain/revises_itself");

fn main() {}
