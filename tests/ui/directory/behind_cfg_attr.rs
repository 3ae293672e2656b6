//! A migration that an attribute puts there in some builds.

migrate_core::migrations!("ui/directory/behind_cfg_attr");

fn main() {}
