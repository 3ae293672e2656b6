//! The database: what its tables are, and what is asked of it.

pub mod models;
pub mod users;
