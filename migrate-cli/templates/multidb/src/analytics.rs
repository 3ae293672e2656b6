//! The history of the database `analytics`: one file per revision, in `migrations/analytics/` beside Cargo.toml.

migrate_core::migrations!("migrations/analytics");
