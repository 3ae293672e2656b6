//! Labels follow the rule of ids.

migrate_core::migrations!("ui/attribute/illegal_label");

fn main() {}
