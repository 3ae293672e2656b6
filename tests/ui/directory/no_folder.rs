//! A call that names no folder.

migrate_core::migrations!(migrations);

fn main() {}
