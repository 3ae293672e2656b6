//! Many mistakes in many files, all told at once.

migrate_core::migrations!("ui/chain/every_mistake_in_one_build");

fn main() {}
