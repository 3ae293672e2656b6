//! A body that does not parse is no second mistake elsewhere.

migrate_core::migrations!("ui/function/body_that_does_not_parse");

fn main() {}
