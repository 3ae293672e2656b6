//! The history of the database `primary`: one file per revision, in `migrations/primary/` beside Cargo.toml.

migrate_core::migrations!("migrations/primary");
