//! `with` names modules that hold a `migrator()`.

mod cart {}

migrate_core::migrations!("ui/directory/no_migrator_there", with = [cart]);

fn main() {}
