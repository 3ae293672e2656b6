//! A transaction is there or not.

migrate_core::migrations!("ui/attribute/wrong_type_of_transaction");

fn main() {}
