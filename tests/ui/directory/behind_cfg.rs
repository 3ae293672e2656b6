//! A migration that is there in some builds only.

migrate_core::migrations!("ui/directory/behind_cfg");

fn main() {}
