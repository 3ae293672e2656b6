//! The GetAnswers backend: a real application that brings its database to the newest revision when it starts.
//!
//! `main.rs` is the service, `bin/worker.rs` what works beside it; `bin/migrate.rs` is the same migrations under the
//! command line, and `bin/db.rs` the few commands of every day.

pub mod api;
pub mod migrations;
pub mod models;
pub mod process;
pub mod store;
pub mod worker;
