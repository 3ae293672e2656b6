//! A path that is right on one machine only.

migrate_core::migrations!("/srv/migrations");

fn main() {}
