//! Typed database migrations: schema model, operations, dialects, runtime.

pub mod connection;

pub use connection::{Database, DatabaseError, DatabaseErrorKind, Db, FromValue, Row, StepError, Value};
/// The sqlx in use, for data steps that take the native connection.
pub use sqlx;
