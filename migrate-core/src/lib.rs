//! Typed database migrations, in Alembic's terms: schema model, operations, dialects, runtime.
//!
//! # A tour
//!
//! A migration is a file in a folder. Its `upgrade` *records* what it wants and sends nothing; whoever runs it sends
//! it, prints it as SQL, or plans it. `migrations/001_users.rs`:
//!
#![doc = concat!("```text\n", include_str!("../tour/migrations/001_users.rs"), "```")]
//!
//! It is followed by another, which also runs Rust between its operations. `migrations/002_names.rs`:
//!
#![doc = concat!("```text\n", include_str!("../tour/migrations/002_names.rs"), "```")]
//!
//! [`migrations!`] declares every file of the folder and checks their chain while it compiles: an unknown
//! `down_revision`, a duplicate id, a cycle or a second head is an error on the literal at fault. It makes a
//! [`Migrator`], which is values only; a database is given to each call, by URL, as `&mut` a connection, or as `&` a
//! pool:
//!
//! ```
//! # #[cfg(feature = "sqlite")] {
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use migrate_core::graph::Heads;
//! use migrate_core::sqlx::{Connection, Row, SqliteConnection};
//!
//! # mod migrations {
//! // src/migrations.rs
//! migrate_core::migrations!("tour/migrations");
//! # }
//!
//! let migrator = migrations::migrator();
//! let mut connection = SqliteConnection::connect("sqlite::memory:").await?;
//!
//! let report = migrator.upgrade(&mut connection, "head").await?;
//! assert_eq!(report.applied.len(), 2);
//! let user = migrate_core::sqlx::query("SELECT name FROM users").fetch_one(&mut connection).await?;
//! assert_eq!(user.get::<String, _>("name"), "ada@example.com");
//!
//! // At its target, a database is neither locked nor written to.
//! assert!(migrator.current(&mut connection).await?.at_heads);
//! assert!(migrator.upgrade(&mut connection, "head").await?.applied.is_empty());
//!
//! // Back by one, as `downgrade -1` does.
//! migrator.downgrade(&mut connection, "-1").await?;
//! assert_eq!(migrator.rows(&mut connection).await?, ["001"]);
//!
//! // What would be done, and the SQL of it for another database, without asking one.
//! let plan = migrator.plan_upgrade(&Heads::default(), "head")?;
//! assert_eq!(plan.steps.len(), 2);
//! let script = migrator.script_upgrade("postgres", &Heads::default(), "head").await?;
//! assert!(script.contains(r#"CREATE TYPE "plan" AS ENUM ('free', 'pro');"#));
//! # Ok(()) }
//! # main().unwrap(); }
//! ```
//!
//! Cargo sees a new file in the folder when the crate's build.rs prints `cargo::rerun-if-changed=migrations`. The
//! crate `migrate-cli` puts the same migrator behind a command line.
//!
//! # Where to read on
//!
//! | what | where |
//! |---|---|
//! | the attribute's keys | [`macro@migration`] |
//! | folders, names of files, several crates in one migrator | [`migrations!`] |
//! | every directive, with the SQL that it becomes on each database | [`operation::Op`] |
//! | columns, and what refines them | [`operation::ColumnHandle`] |
//! | types, and what they are on each database | [`schema::types`] |
//! | defaults and values | [`schema::Expression`] |
//! | names of constraints and indexes that are not given | [`schema::naming`] |
//! | data steps | [`Db`] |
//! | running, asking, planning, scripts | [`Migrator`] |
//! | targets: `head`, `+1`, `label@head`, ... | [`graph::RevisionSpec`] |
//!
//! # Transactions
//!
//! A migration and the change of its row in the version table are one transaction. A data step runs inside it: its
//! own `begin` and `commit` are a savepoint, and one that ends the migration's transaction by hand is found out and
//! named. [`TransactionMode::Single`] makes the whole run one transaction.
//!
//! Some statements refuse a transaction: an index that is built concurrently, and whatever an
//! [`autocommit`](operation::Op::autocommit) holds (`VACUUM`). Such a statement is a step of its own, and so is what
//! stands before and after it; a new value of an enum type is committed before its first use. With `transaction = false`
//! in the attribute each statement is such a step. The version row is written with the last one.
//!
//! How far such a migration got stands in a journal, a table beside the version table that is there only as long as
//! something is half done (`alembic_version_journal`). A step that is a transaction says there, within it, that it is
//! done; before a statement that stands alone its beginning is written down, and its end after it. A failure says how many
//! steps are committed, and the next run goes on there, provided that these steps are what they were. A step that failed
//! is run again, also when it was changed: a data step outside of a transaction should bear that. Where a run was killed
//! at a statement, the next one finds out whether that was done (of an index that is built concurrently the broken half is
//! taken away, and it is built anew); of a data step and of SQL of one's own it cannot, and refuses until
//! [`resolve`](Migrator::resolve) says it. A [`stamp`](Migrator::stamp) says where the database is, and with that, that
//! nothing is half done.
//!
//! # Databases
//!
//! A driver is a feature: `sqlite` (on by default), `postgres` and `mysql`. Scripts are written for every dialect, whatever
//! the features. What a database cannot do is an error with a hint, before anything is sent; what takes to know a table
//! as it is now is refused at its turn, and undone with its migration where a transaction can do that.
//!
//! **SQLite** (3.37 and later). Its `ALTER TABLE` renames tables and columns, drops a column, and adds one that is
//! nullable or has a constant default. Every other change of a table is a rebuild: a new table is made from the text
//! of the old one, with only what was asked for changed, takes its rows and row ids, and then its place. Indexes,
//! triggers, generated columns, collations, conflict clauses, comments in the text, the numbers of `AUTOINCREMENT` and
//! the rows that point to the table stay; alterations that stand next to each other on one table are one rebuild. What
//! stands in a column's own definition goes with the column; a table's constraint, an index, a view or a trigger that
//! needs it is named and has to be dropped first. A constraint without a name is dropped by the one that the
//! [convention](schema::naming) gives it. Refused are virtual tables, a text that is not understood to its end, and a
//! new column that is `NOT NULL` without a default. In a migration that drops a column or rebuilds a table foreign
//! keys are not enforced, as nothing else keeps `DROP TABLE` from deleting rows: what the migration itself deletes
//! takes no other rows along, and rows that it leaves pointing to nothing make it fail, as do references that the
//! rebuild would break. A script is written by doing the history once more in memory, and stops where a table is
//! another one. Types are affinities: a `uuid()` is `CHAR(36)`, a `timestamptz()` has no zone, a `numeric()` is
//! computed with as floating point. Foreign keys are enforced on connections that are opened here.
//!
//! **PostgreSQL** (12 and later). A column of an [`enumeration`](schema::types::enumeration) creates its type,
//! which goes with the last column that has it, at the end of the migration that takes that; as the history tells, and
//! unless something else needs the type. A type of [`create_enum`](operation::Op::create_enum) stays until
//! [`drop_enum`](operation::Op::drop_enum). A run holds a session's advisory lock, so a pooler before the server has to
//! pool sessions, not transactions. Names have at most 63 bytes.
//!
//! **MySQL** (8.0.19 and later) **and MariaDB** (10.5 and later), `mysql://` and `mariadb://`. What changes tables
//! commits at once, whatever was open before it: a migration that holds such a statement is sent statement after
//! statement, each a step that the journal is told of (see above); one that changes rows alone is a transaction. Of a
//! step that a run was killed at, the catalog tells whether it was done, but not of an `execute` that changes tables.
//! For the same reason [`TransactionMode::Single`] is refused. What is written is what both servers take: `IF EXISTS`
//! for a part of a table, partial indexes, deferrable keys, sequences, and lists are refused. Text and bytes of any
//! length are `LONGTEXT` and `LONGBLOB`, which take no key; `timestamp()` and `timestamptz()` are `DATETIME(6)`,
//! without a zone and without the end in 2038, so the application keeps to UTC; `uuid()` is `CHAR(36)`. Altering a
//! column asks the server what it is and keeps whatever is not named; what is asked of one table in a row is one
//! statement. A script takes it from what the history made of the table, unless SQL of an author's own touched it. The
//! version table tells ids apart by case (`utf8mb4_bin`), where Alembic's compares as the database does; either tool
//! goes on with the other's. Connections that are opened here have a known `sql_mode`, MySQL 8's; on one that is lent,
//! a backslash in a comment means what its own mode says. A run holds `GET_LOCK`, so a pooler has to pool sessions. An
//! account of MySQL's default plugin needs TLS: sqlx's RSA has an advisory without a fix, and is left out.
//!
//! What sqlx itself reads from the environment applies as in psql: `PGHOST` and its sisters, and `.pgpass`. Nothing
//! else is read by this crate, and nothing printed.
//!
//! # Coming from Alembic
//!
//! - An integer primary key numbers itself only with [`autoincrement`](operation::ColumnHandle::autoincrement).
//! - An enum type that a column brought goes with the last column that has it: a downgrade leaves none behind, and the
//!   next upgrade can make it again.
//! - Each migration has a transaction of its own; Alembic has one for the whole run unless told otherwise.
//! - Revisions that do not depend on each other run in the order of their ids.
//! - `head` means the effective heads: one that another head depends on does not count.
//! - `downgrade label@base` removes the label's line and what depends on it, nothing else; `downgrade -1` from several
//!   heads is refused.
//! - `stamp` sets the line of its target and keeps other branches; it also takes `+N` and `-N`.
//! - A script (`--sql`) stops at an error, and where the database is not where it starts from.
#![cfg_attr(
    not(any(feature = "mysql", feature = "postgres", feature = "sqlite")),
    expect(
        dead_code,
        unused_variables,
        reason = "without a driver nothing opens a connection; plans and scripts still work"
    )
)]

#[doc(hidden)]
pub mod __private;
pub mod autogenerate;
mod connection;
pub mod dialect;
mod error;
mod history;
mod migration;
mod migrator;
pub mod model;
mod models;
pub mod operation;
pub mod prelude;
mod runtime;
pub mod schema;
pub mod testing;

pub use connection::{
    Database, DatabaseError, DatabaseErrorKind, Db, FromValue, OpenError, Row, RowError, StepError, Value,
};
pub use error::{Error, ErrorKind, ScriptError};
pub use history::{HistoryProblem, HistoryProblemKind};
pub use migrate_graph as graph;
pub use migrate_macros::{Enumeration, Table, migration, migrations};
pub use migration::{Downgrade, Migration, MigrationSet, Record};
pub use migrator::{Adopted, Check, Current, Migrator, Remark, Resolution, TransactionMode, Warning};
pub use runtime::{
    Applied, ApplyError, Collision, DEFAULT_VERSION_TABLE, Event, Filled, HalfDone, HalfDoneError, LockError,
    LockHolder, NoWalk, Observer, Obstacle, OpenStep, PrepareError, ReflectError, Report, RunError, Started,
    Unread,
};
/// The sqlx in use, for data steps that take the native connection.
pub use sqlx;
