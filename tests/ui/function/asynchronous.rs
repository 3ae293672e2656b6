//! An upgrade records; what runs is recorded by name.

migrate_core::migrations!("ui/function/asynchronous");

fn main() {}
