//! [`Work`] and its [`Action`]s: a step of a plan as it is to be done, by whichever target does it.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use migrate_graph::Step;

use crate::dialect::{Dialect, Present, Probe, Statement};
use crate::migration::Migration;
use crate::operation::{Backfill, DataStep, Operation, Place, Recorded};
use crate::runtime::ApplyError;
use crate::schema::QualifiedName;

/// One step of a plan, ready to be sent.
#[derive(Debug)]
pub(crate) struct Work {
    /// The step, with its changes of version rows.
    pub(crate) step: Step,
    /// The rows that the version table holds before it.
    pub(crate) rows_before: Vec<String>,
    /// The migration that it runs; a stamp runs none.
    pub(crate) migration: Option<&'static Migration>,
    /// What it sends, in order.
    pub(crate) actions: Vec<Action>,
}

/// One thing that a migration does.
#[derive(Clone)]
pub(crate) enum Action {
    /// It sends SQL.
    Statement {
        /// The statement.
        statement: Statement,
        /// Whether it is surely one statement, so that it may share a message with others.
        single: bool,
        /// Where the migration asked for it.
        place: Place,
    },
    /// It alters a table in a way that is written once it is known what the table is.
    Alter(Alter),
    /// It fills columns of a table, batch by batch.
    Backfill {
        /// What is filled.
        backfill: Backfill,
        /// All of it in one statement, for a script.
        whole: Statement,
        /// Where the migration asked for it.
        place: Place,
    },
    /// It runs a data step.
    Run {
        /// The step's name.
        name: String,
        /// The step.
        step: Arc<dyn DataStep>,
        /// Its SQL form for offline mode.
        script: Option<String>,
        /// Whether it stands outside of the migration's transaction.
        alone: bool,
        /// Where the migration asked for it.
        place: Place,
    },
}

/// Alterations of one table that are written together.
#[derive(Debug, Clone)]
pub(crate) struct Alter {
    /// The table.
    pub(crate) table: QualifiedName,
    /// The alterations, in order.
    pub(crate) recorded: Vec<Recorded>,
    /// What the table is, as far as the history tells; for a script.
    pub(crate) presumed: Option<Present>,
    /// Where the migration asked for the first of them.
    pub(crate) place: Place,
}

impl Alter {
    /// These alterations, if there is one.
    pub(crate) fn new(
        table: QualifiedName,
        recorded: Vec<Recorded>,
        presumed: Option<Present>,
    ) -> Option<Self> {
        let place = recorded.first()?.place;
        Some(Self {
            table,
            recorded,
            presumed,
            place,
        })
    }

    /// What is altered.
    pub(crate) fn operations(&self) -> Vec<&Operation> {
        self.recorded.iter().map(|one| &one.operation).collect()
    }

    /// The statements, given what the table is now.
    ///
    /// # Errors
    /// [`ApplyError::Unsupported`], at the place of the first alteration that cannot be.
    pub(crate) fn statements(
        &self,
        dialect: &dyn Dialect,
        present: &Present,
    ) -> Result<Vec<Statement>, ApplyError> {
        let operations = self.operations();
        let written = dialect.alter(&self.table, &operations, present);
        written.map_err(|unsupported| {
            // What the ones before it can do without it, it is that cannot be done.
            let refused = (1..=operations.len()).find_map(|count| {
                let some = operations.get(..count)?;
                Some((count, dialect.alter(&self.table, some, present).err()?))
            });
            let (count, unsupported) = refused.unwrap_or((1, unsupported));
            let place = self.recorded.get(count - 1).map_or(self.place, |one| one.place);
            ApplyError::Unsupported { place, unsupported }
        })
    }
}

impl Work {
    /// A step that runs no migration.
    pub(crate) fn of_step(step: Step) -> Self {
        Self {
            step,
            rows_before: Vec::new(),
            migration: None,
            actions: Vec::new(),
        }
    }

    /// The same as a script does it.
    pub(crate) fn scripted(&self) -> Self {
        let mut work = self.part(0..0, true);
        work.actions.extend(self.actions.iter().map(Action::scripted));
        work
    }

    /// These of its actions alone, and its changes of version rows only if they are the last.
    pub(crate) fn part(&self, range: Range<usize>, last: bool) -> Self {
        let changes = if last {
            self.step.changes.clone()
        } else {
            Vec::new()
        };
        Self {
            step: Step {
                changes,
                ..self.step.clone()
            },
            rows_before: self.rows_before.clone(),
            migration: self.migration,
            actions: self.actions.get(range).unwrap_or_default().to_vec(),
        }
    }
}

impl Action {
    /// The same in a script, where a backfill is one statement. Whoever reads the script is told so.
    fn scripted(&self) -> Self {
        let Self::Backfill { whole, place, .. } = self else {
            return self.clone();
        };
        let sql = format!("-- One statement here; on a live database it is done in batches.\n{whole}");
        Self::Statement {
            statement: Statement { sql, ..whole.clone() },
            single: true,
            place: *place,
        }
    }

    /// Where the migration asked for it.
    pub(crate) fn place(&self) -> Place {
        match self {
            Self::Statement { place, .. } | Self::Backfill { place, .. } | Self::Run { place, .. } => *place,
            Self::Alter(alter) => alter.place,
        }
    }

    /// How to find out whether it was done, when a run was cut off at it.
    pub(crate) fn probe(&self, dialect: &dyn Dialect) -> Option<Probe> {
        match self {
            Self::Statement { statement, .. } => statement.probe.clone(),
            Self::Alter(alter) => dialect.altered(&alter.operations()),
            Self::Backfill { .. } | Self::Run { .. } => None,
        }
    }

    /// What it does, for people.
    pub(crate) fn subject(&self) -> String {
        match self {
            Self::Statement { statement, .. } => statement.to_string(),
            Self::Alter(alter) => format!("alter {}", alter.table),
            Self::Backfill { backfill, .. } => format!("backfill {backfill}"),
            Self::Run { name, .. } => format!("run {name}"),
        }
    }
}

impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place(), self.subject())
    }
}
