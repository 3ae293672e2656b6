//! A required key that is misspelt is one mistake, not two.

migrate_core::migrations!("ui/attribute/misspelt_required_key");

fn main() {}
