//! Something that is no key at all.

migrate_core::migrations!("ui/attribute/not_a_key");

fn main() {}
