//! A word that targets use.

migrate_core::migrations!("ui/attribute/reserved_id");

fn main() {}
