//! Typed database migrations: schema model, operations, dialects, runtime.
#![cfg_attr(
    not(any(feature = "postgres", feature = "sqlite")),
    expect(
        dead_code,
        unused_variables,
        reason = "without a driver nothing opens a connection; plans and scripts still work"
    )
)]

#[doc(hidden)]
pub mod __private;
pub mod connection;
pub mod dialect;
mod error;
mod history;
mod migration;
mod migrator;
pub mod operation;
pub mod prelude;
mod runtime;
pub mod schema;

pub use connection::{
    Database, DatabaseError, DatabaseErrorKind, Db, FromValue, OpenError, Row, StepError, Value,
};
pub use error::{Error, ErrorKind, ScriptError};
pub use history::{HistoryProblem, HistoryProblemKind};
pub use migrate_graph as graph;
pub use migrate_macros::{migration, migrations};
pub use migration::{Downgrade, Migration, MigrationSet, Record};
pub use migrator::{Current, Migrator, TransactionMode, Warning};
pub use runtime::{
    Applied, ApplyError, DEFAULT_VERSION_TABLE, Event, LockError, LockHolder, Observer, PrepareError, Report,
    RunError, Started,
};
/// The sqlx in use, for data steps that take the native connection.
pub use sqlx;
