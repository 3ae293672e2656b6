//! A revision that needs itself.

migrate_core::migrations!("ui/chain/depends_on_itself");

fn main() {}
