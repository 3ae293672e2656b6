//! A `down_revision` that nobody has, and nothing near it.

migrate_core::migrations!("ui/chain/unknown_down_revision");

fn main() {}
