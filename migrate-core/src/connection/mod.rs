//! SQL text and rows over a live connection.
//!
//! The files named after a database are the only ones of this crate that name a driver; everything above works
//! with [`Db`]. This layer knows no operation and no dialect, reads no configuration, and writes no SQL of its
//! own: a URL is what the caller gives, and what sqlx itself takes from the environment (`PGHOST`, `.pgpass`)
//! applies as in psql.

mod database;
mod db;
mod driver;
mod error;
#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "postgres")]
mod postgres;
mod row;
#[cfg(feature = "sqlite")]
mod sqlite;

pub use database::Database;
pub(crate) use database::{Open, OpenOptions, Opened, beside, scheme_of};
pub use db::Db;
pub(crate) use db::Transaction;
pub(crate) use driver::Failure;
use driver::{Driver, Hold, OpenTransaction};
pub use error::{DatabaseError, DatabaseErrorKind, OpenError, StepError};
pub use row::{FromValue, Row, RowError, Value};
