//! A `mod.rs` is passed over.

migrate_core::migrations!("ui/directory/in_mod_rs");

fn main() {}
