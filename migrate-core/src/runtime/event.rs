//! What happens during a run, as data, for whoever wants to show it.

use std::fmt;
use std::time::Duration;

use migrate_graph::{Direction, RevisionId};

use crate::connection::DatabaseError;
use crate::runtime::{Filled, LockHolder};

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// The plan is made, and has this many steps.
    Planned {
        /// How many.
        steps: usize,
    },
    /// The database's server does not answer yet; the call waits for it.
    DatabaseWaiting {
        /// What the first attempt met.
        error: DatabaseError,
    },
    /// Another run holds the lock; this one waits.
    LockWaiting {
        /// Who holds it, as far as the database tells.
        holder: Option<LockHolder>,
    },
    /// The version table holds rows that other rows already imply; the next step mends it.
    RedundantRows {
        /// These rows.
        rows: Vec<RevisionId>,
    },
    /// A step begins.
    StepStarted(Started),
    /// So much of a backfill is done and committed: told once before its first batch, and after each.
    Filled {
        /// What is filled: `users.full_name`.
        what: String,
        /// How much.
        filled: Filled,
    },
    /// A step is done and committed, except under a single transaction, where all are committed at the end.
    StepFinished {
        /// Its revision.
        revision: Option<RevisionId>,
        /// How long it took.
        elapsed: Duration,
    },
}

/// A step that begins. As text it is Alembic's line, without the message: `Running upgrade a1 -> b2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    /// Which way it goes.
    pub direction: Direction,
    /// Its revision; a stamp to base has none.
    pub revision: Option<RevisionId>,
    /// The revisions that it follows; for a stamp, the rows that it takes out.
    pub down_revisions: Vec<String>,
    /// Its message; a stamp has none.
    pub message: String,
}

impl fmt::Display for Started {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let downs = self.down_revisions.join(", ");
        let revision = self.revision.as_ref().map_or("", RevisionId::as_str);
        match self.direction {
            Direction::Upgrade => write!(f, "Running upgrade {downs} -> {revision}"),
            Direction::Downgrade => write!(f, "Running downgrade {revision} -> {downs}"),
            Direction::Stamp => write!(f, "Running stamp_revision {downs} -> {revision}"),
        }
    }
}

/// Whoever wants to know what happens.
pub trait Observer: Send + Sync {
    /// Takes one event; it must not block for long.
    fn event(&self, event: &Event);
}

impl<F: Fn(&Event) + Send + Sync> Observer for F {
    fn event(&self, event: &Event) {
        self(event);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_begins_is_told_in_alembic_s_line() {
        let line = |direction, downs: &[&str]| {
            let started = Started {
                direction,
                revision: RevisionId::new("b2").ok(),
                down_revisions: downs.iter().map(ToString::to_string).collect(),
                message: "create b".into(),
            };
            started.to_string()
        };
        assert_eq!(line(Direction::Upgrade, &["a1"]), "Running upgrade a1 -> b2");
        assert_eq!(line(Direction::Upgrade, &[]), "Running upgrade  -> b2");
        assert_eq!(
            line(Direction::Downgrade, &["a1", "a2"]),
            "Running downgrade b2 -> a1, a2"
        );
        assert_eq!(line(Direction::Stamp, &["a1"]), "Running stamp_revision a1 -> b2");
    }
}
