//! A message is a string.

migrate_core::migrations!("ui/attribute/wrong_type_of_message");

fn main() {}
