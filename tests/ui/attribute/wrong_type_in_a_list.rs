//! Every entry of a list is a string.

migrate_core::migrations!("ui/attribute/wrong_type_in_a_list");

fn main() {}
