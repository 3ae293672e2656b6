//! An id that the version table could not hold.

migrate_core::migrations!("ui/attribute/id_too_long");

fn main() {}
