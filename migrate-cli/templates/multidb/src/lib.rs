//! The databases' histories: a module for each, and a folder of revisions in `migrations/`.

pub mod analytics;
pub mod primary;
