//! Values are literals, so that they can be read without a compiler.

migrate_core::migrations!("ui/attribute/value_is_no_literal");

fn main() {}
