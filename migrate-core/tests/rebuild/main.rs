//! The SQLite rebuild on real databases: what is asked for happens, and nothing else does.
//!
//! The statements are sent as the runtime sends them, with foreign keys enforced before and after.
#![cfg(feature = "sqlite")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod asked;
mod columns;
mod constraints;
mod database;
mod kept;
mod made;
mod random;
mod refused;
