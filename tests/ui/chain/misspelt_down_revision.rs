//! A `down_revision` that nobody has, and the nearest id.

migrate_core::migrations!("ui/chain/misspelt_down_revision");

fn main() {}
