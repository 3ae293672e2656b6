//! The database's history: one file per revision, in `migrations/` beside Cargo.toml. It begins with a baseline, which
//! is `sql/schema.sql`.

migrate_core::migrations!("migrations");
