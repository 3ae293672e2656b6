//! The GetAnswers backend: a real application that brings its database to the newest revision when it starts.
//!
//! `main.rs` is the service; `bin/migrate.rs` is the same migrations under the command line.

pub mod api;
pub mod migrations;
pub mod models;
pub mod store;
