//! [`Target`]: where prepared work goes, and why it can fail there.

use std::future::Future;

use migrate_graph::VersionChange;

use crate::connection::{DatabaseError, DatabaseErrorKind, OpenError, StepError};
use crate::dialect::Unsupported;
use crate::operation::Place;
use crate::runtime::{Filled, NoWalk, Work};

/// Where work goes: a live connection or a script.
pub(crate) trait Target {
    /// Does one step: its statements and its version rows, together or not at all wherever the target can.
    fn apply(&mut self, work: &Work) -> impl Future<Output = Result<(), ApplyError>> + Send;

    /// Ends the run after the last step.
    fn finish(self) -> impl Future<Output = Result<(), ApplyError>> + Send;
}

/// Why a step failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ApplyError {
    /// A statement of the migration failed.
    #[error("{place}: {error}\n  in the statement: {statement}")]
    Statement {
        /// The directive's place.
        place: Place,
        /// The statement.
        statement: String,
        /// The database's answer.
        error: DatabaseError,
    },
    /// What the table is now does not let it be altered so; nothing of it was done.
    #[error("{place}: {unsupported}")]
    Unsupported {
        /// The directive's place.
        place: Place,
        /// What cannot be done, and what to do instead.
        unsupported: Unsupported,
    },
    /// A script cannot name the version table, or a row of it.
    #[error("the version table: {0}")]
    VersionTable(#[from] Unsupported),
    /// A backfill cannot walk along its key, or not on.
    #[error("{place}: backfill {what}: {why}")]
    Walk {
        /// The directive's place.
        place: Place,
        /// What it fills: `users.full_name`.
        what: String,
        /// Why.
        why: NoWalk,
    },
    /// A data step failed.
    #[error("{place}: data step `{name}`: {error}")]
    Step {
        /// The directive's place.
        place: Place,
        /// The step's name.
        name: String,
        /// What it failed with.
        error: StepError,
    },
    /// What stands at this place ended the migration's transaction, or left it unusable; no version row was
    /// written.
    #[error(
        "{place}: this step ended the migration's transaction ({error}); what it committed stays, and no version row was written"
    )]
    TransactionEnded {
        /// The place of the data step or statement.
        place: Place,
        /// What the database said to the transaction's mark.
        error: DatabaseError,
    },
    /// The version table holds something else than it did.
    #[error(
        "{}; {matched} found: another program changed the version table meanwhile",
        expected(change, table)
    )]
    VersionRow {
        /// The change.
        change: VersionChange,
        /// The version table.
        table: String,
        /// How many rows it changed.
        matched: u64,
    },
    /// The version table did not take a row.
    #[error("{}: {error}", expected(change, table))]
    VersionRowRefused {
        /// The change.
        change: VersionChange,
        /// The version table.
        table: String,
        /// The database's answer.
        error: DatabaseError,
    },
    /// The version rows are not those that the plan was made for: another run was faster. The caller plans anew.
    #[error("another run changed the version table meanwhile")]
    Moved,
    /// The connection was lost between COMMIT and its answer.
    #[error(
        "the connection was lost while committing ({error}): whether this migration was applied is not known; ask `current`"
    )]
    CommitUnknown {
        /// How it was lost.
        error: DatabaseError,
    },
    /// The connection was lost between COMMIT and its answer, and a new one found the migration applied.
    #[error(
        "the connection was lost as this migration was committed ({error}): it is applied, the rest is not; run again"
    )]
    CommitAnswerLost {
        /// How it was lost.
        error: DatabaseError,
    },
    /// The database refused to commit, or the connection was lost before it did, and so nothing of the migration stays.
    #[error("the database refused to commit: {error}")]
    Commit {
        /// Its answer.
        error: DatabaseError,
    },
    /// A migration that is more than one transaction stopped half-way; the next run goes on there.
    #[error(
        "{source}\n  {done} of the {of} steps of this migration are committed, and no version row was written: the next run goes on with {}",
        next(*done, *of, *filled, rest.as_deref())
    )]
    Partial {
        /// How many of its steps are committed: each is a transaction, or a statement that refuses one.
        done: usize,
        /// How many it has.
        of: usize,
        /// How far the one that failed is, where it is a backfill.
        filled: Option<Filled>,
        /// The statement by which the next run takes away what may be left of the one that failed.
        rest: Option<String>,
        /// Why it stopped.
        source: Box<Self>,
    },
    /// A data step has no SQL form, and so no place in a script.
    #[error(
        "{place}: data step `{name}` cannot be written as SQL: give it a SQL form with `.sql(\"...\")`, or run this migration on a live database"
    )]
    NoScript {
        /// The directive's place.
        place: Place,
        /// The step's name.
        name: String,
    },
    /// What a table is now is known to a script by the history, done once more in memory, and that failed.
    #[error("while doing the history once more in memory, which tells a script what a table is: {source}")]
    Replay {
        /// Why.
        source: Box<Self>,
    },
    /// What a table is now cannot be known in a script, and so not how to alter it.
    #[error(
        "{place}: altering `{table}` takes what the table is now, which a script cannot ask: {}",
        no_twin.as_ref().map_or_else(|| hint.clone(), |error| format!("{error}, by which the history can be done once more in memory, or run this migration on a live database"))
    )]
    NoPresent {
        /// The directive's place.
        place: Place,
        /// The table.
        table: String,
        /// Why the history cannot be done once more in memory, where that would tell.
        no_twin: Option<OpenError>,
        /// What to do instead, where that would not.
        hint: String,
    },
    /// The database failed at something of the runtime's own.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl ApplyError {
    /// The same as what failed in memory.
    pub(crate) fn in_replay(self) -> Self {
        if matches!(self, Self::Replay { .. }) {
            return self;
        }
        Self::Replay {
            source: Box::new(self),
        }
    }

    /// The statement that the database refused, where that is what failed.
    pub(crate) fn statement(&self) -> Option<&str> {
        if let Self::Partial { source, .. } = self {
            return source.statement();
        }
        if let Self::Statement { statement, error, .. } = self
            && error.kind == DatabaseErrorKind::Statement
        {
            return Some(statement);
        }
        None
    }

    /// Whether the database surely holds nothing of the step that failed.
    pub(crate) fn leaves_nothing(&self) -> bool {
        match self {
            Self::Statement { .. }
            | Self::Unsupported { .. }
            | Self::VersionTable(_)
            | Self::Step { .. }
            | Self::Walk { .. }
            | Self::VersionRow { .. }
            | Self::VersionRowRefused { .. }
            | Self::Moved
            | Self::Commit { .. }
            | Self::NoScript { .. }
            | Self::NoPresent { .. }
            | Self::Replay { .. }
            | Self::Database(_) => true,
            Self::TransactionEnded { .. }
            | Self::CommitUnknown { .. }
            | Self::CommitAnswerLost { .. }
            | Self::Partial { .. } => false,
        }
    }

    /// Whether another run was faster.
    pub(crate) fn is_moved(&self) -> bool {
        if let Self::Partial { source, .. } = self {
            return source.is_moved();
        }
        matches!(self, Self::Moved)
    }

    /// Whether the connection was lost, so that nobody knows what became of the last statement.
    pub(crate) fn is_lost(&self) -> bool {
        let error = match self {
            Self::Statement { error, .. } | Self::Database(error) => Some(error.clone()),
            Self::Step { error, .. } => error.database_error(),
            Self::Unsupported { .. }
            | Self::Walk { .. }
            | Self::TransactionEnded { .. }
            | Self::VersionRow { .. }
            | Self::VersionRowRefused { .. }
            | Self::Moved
            | Self::CommitUnknown { .. }
            | Self::CommitAnswerLost { .. }
            | Self::Commit { .. }
            | Self::Partial { .. }
            | Self::VersionTable(_)
            | Self::NoScript { .. }
            | Self::NoPresent { .. }
            | Self::Replay { .. } => None,
        };
        error.is_some_and(|error| error.kind == DatabaseErrorKind::Connection)
    }
}

fn next(done: usize, of: usize, filled: Option<Filled>, rest: Option<&str>) -> String {
    let step = match filled {
        _ if done == of => "that row".to_owned(),
        Some(filled) => format!("step {}, of which {filled} are filled", done + 1),
        None => format!("step {}", done + 1),
    };
    match rest {
        Some(rest) => format!("{step}, and first takes away what may be left of it: {rest}"),
        None => step,
    }
}

/// The sentence that Alembic's users know, and search for.
fn expected(change: &VersionChange, table: &str) -> String {
    match change {
        VersionChange::Insert(id) => format!("expected to insert one row for '{id}' in '{table}'"),
        VersionChange::Delete(id) => {
            format!("Online migration expected to match one row when deleting '{id}' in '{table}'")
        }
        VersionChange::Update { from, to } => {
            format!(
                "Online migration expected to match one row when updating '{from}' to '{to}' in '{table}'"
            )
        }
        VersionChange::Clear { rows } => format!("expected to delete {} rows in '{table}'", rows.len()),
    }
}
