//! [`Error`]: what a migrator's call can fail with. It only wraps the layers' own errors.

use migrate_graph::{ResolveError, SpecError};

use crate::connection::{DatabaseError, DatabaseErrorKind, OpenError};
use crate::history::HistoryProblem;
use crate::model::ModelError;
use crate::runtime::{ApplyError, HalfDone, HalfDoneError, LockError, PrepareError, ReflectError, RunError};

/// What a migrator's call failed with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The migrator holds no migration at all.
    #[error("there are no migrations: `{directory}` of package `{package}` holds none that was compiled in")]
    Empty {
        /// The package of the `migrations!` call.
        package: &'static str,
        /// The directory that it names.
        directory: &'static str,
    },
    /// The migrations do not fit together.
    #[error("{}", lines(.0))]
    History(Vec<HistoryProblem>),
    /// A target cannot be read.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// A target, or a row of the version table, names nothing that the migrations know, or nothing that fits.
    #[error(transparent)]
    Resolve(#[from] ResolveError),
    /// There is no dialect of this name.
    #[error("`{scheme}` is no database known here")]
    UnknownDialect {
        /// The scheme or name as given.
        scheme: String,
    },
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The caller's connection is inside a transaction, which a run must open itself.
    #[error("the connection is inside a transaction: a run opens its own")]
    InTransaction,
    /// The lock was not to be had.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The database failed at something of the runtime's own.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// What the database holds could not be read.
    #[error(transparent)]
    Reflect(#[from] ReflectError),
    /// Some steps cannot run; nothing was sent.
    #[error("{}", lines(.0))]
    Prepare(Vec<PrepareError>),
    /// A step failed.
    #[error(transparent)]
    Run(#[from] Box<RunError>),
    /// A migration is half done, and this run cannot go on with it; nothing was sent.
    #[error(transparent)]
    HalfDone(#[from] Box<HalfDoneError>),
    /// There is no step to decide about.
    #[error("{}", nothing_open(half.as_deref()))]
    NothingOpen {
        /// What is half done, where something is.
        half: Option<Box<HalfDone>>,
    },
    /// The database is not where the migrations end.
    #[error("Target database is not up to date.")]
    NotUpToDate,
    /// The models do not fit together.
    #[error("{}", lines(.0))]
    Models(Vec<ModelError>),
    /// A script could not be written.
    #[error(transparent)]
    Script(#[from] ScriptError),
}

/// Why offline SQL could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{}{cause}", of(revision.as_deref()))]
pub struct ScriptError {
    /// The migration, if it is one's fault.
    pub revision: Option<String>,
    /// Why.
    pub cause: ApplyError,
}

fn of(revision: Option<&str>) -> String {
    revision.map_or_else(String::new, |revision| format!("migration `{revision}`: "))
}

fn nothing_open(half: Option<&HalfDone>) -> String {
    match half {
        Some(half) => format!(
            "{half}; no step of it is in doubt: the next {} goes on with it",
            half.direction
        ),
        None => "nothing is half done: there is no step to decide about".to_owned(),
    }
}

/// Errors by what a caller can do about them; the names are those of the command line's JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The migrations themselves.
    Graph,
    /// The models.
    Models,
    /// The database is not where the migrations end.
    NotUpToDate,
    /// A target or a version row; see the graph's own kinds.
    Resolve(migrate_graph::ErrorKind),
    /// How the call was made.
    Usage,
    /// The settings.
    Config,
    /// The database cannot be reached, or does not answer.
    Connection,
    /// A migration failed.
    Migration,
    /// A migration is half done, and a person has to decide how to go on.
    HalfDone,
    /// The database cannot do what a migration asks for.
    Unsupported,
    /// Nothing leads back from a migration.
    Irreversible,
    /// The lock was not to be had.
    Locked,
}

impl Error {
    /// What kind of error it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Empty { .. } | Self::History(_) => ErrorKind::Graph,
            Self::Models(_) => ErrorKind::Models,
            Self::NotUpToDate => ErrorKind::NotUpToDate,
            Self::Spec(_) | Self::InTransaction | Self::NothingOpen { .. } => ErrorKind::Usage,
            Self::HalfDone(_) => ErrorKind::HalfDone,
            Self::Resolve(error) => ErrorKind::Resolve(error.kind()),
            Self::UnknownDialect { .. } => ErrorKind::Config,
            Self::Open(OpenError::NotReady { .. }) => ErrorKind::Connection,
            Self::Open(OpenError::Database(error)) | Self::Database(error) => of_database(error),
            Self::Open(_) => ErrorKind::Config,
            Self::Reflect(ReflectError::Database(error)) => of_database(error),
            Self::Reflect(ReflectError::Unsupported(_) | ReflectError::Unreadable(_)) => {
                ErrorKind::Unsupported
            }
            Self::Lock(LockError::Timeout { .. }) => ErrorKind::Locked,
            Self::Lock(LockError::Database(error)) => of_database(error),
            Self::Prepare(errors) => errors.first().map_or(ErrorKind::Migration, of_preparation),
            Self::Run(error) => {
                if let ApplyError::Database(error) | ApplyError::CommitUnknown { error } = &error.cause {
                    of_database(error)
                } else if let ApplyError::Unsupported { .. } = &error.cause {
                    ErrorKind::Unsupported
                } else {
                    ErrorKind::Migration
                }
            }
            Self::Script(_) => ErrorKind::Unsupported,
        }
    }
}

fn of_database(error: &DatabaseError) -> ErrorKind {
    match error.kind {
        DatabaseErrorKind::Connection => ErrorKind::Connection,
        DatabaseErrorKind::Busy => ErrorKind::Locked,
        DatabaseErrorKind::Statement => ErrorKind::Migration,
    }
}

fn of_preparation(error: &PrepareError) -> ErrorKind {
    match error {
        PrepareError::Unsupported { .. } => ErrorKind::Unsupported,
        PrepareError::Irreversible { .. } | PrepareError::NotReversible { .. } => ErrorKind::Irreversible,
        PrepareError::Record { .. }
        | PrepareError::NotCompiled { .. }
        | PrepareError::Collision { .. }
        | PrepareError::Walk { .. }
        | PrepareError::TransactionControl { .. }
        | PrepareError::TooLong { .. }
        | PrepareError::NotInSingleTransaction { .. }
        | PrepareError::CommitsByItself { .. } => ErrorKind::Migration,
    }
}

fn lines<T: ToString>(items: &[T]) -> String {
    items
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}
