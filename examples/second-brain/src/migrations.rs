//! The database's history: one file per revision, in `migrations/` beside Cargo.toml.

migrate_core::migrations!("migrations");
