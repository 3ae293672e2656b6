//! What happens during a run, as data, for whoever wants to show it.

use std::time::Duration;

use migrate_graph::{Direction, RevisionId};

use crate::runtime::LockHolder;

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// The plan is made, and has this many steps.
    Planned {
        /// How many.
        steps: usize,
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
    StepStarted {
        /// Which way it goes.
        direction: Direction,
        /// Its revision; a stamp to base has none.
        revision: Option<RevisionId>,
        /// The revisions that it follows; for a stamp, the rows that it takes out.
        down_revisions: Vec<String>,
        /// Its message.
        message: String,
    },
    /// A step is done and committed, except under a single transaction, where all are committed at the end.
    StepFinished {
        /// Its revision.
        revision: Option<RevisionId>,
        /// How long it took.
        elapsed: Duration,
    },
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
