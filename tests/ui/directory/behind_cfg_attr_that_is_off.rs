//! A migration that no build has, and the command line would miss.

migrate_core::migrations!("ui/directory/behind_cfg_attr_that_is_off");

fn main() {}
