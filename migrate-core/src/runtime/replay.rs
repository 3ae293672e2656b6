//! A history done once more on paper: what is known of a database that went through these migrations.
//!
//! Nothing is sent and no database is asked.

use std::collections::{BTreeMap, BTreeSet};

use migrate_graph::RevisionId;

use crate::dialect::Dialect;
use crate::history::History;
use crate::migration::{Migration, Record};
use crate::operation::{Arguments, Op, Recorded};
use crate::runtime::orphan::drop_orphans;
use crate::runtime::{Known, PrepareError};

/// What a function of a migration records, when it is told these.
///
/// # Errors
/// [`PrepareError::Record`] when it fails.
pub(crate) fn record(
    migration: &Migration,
    function: Record,
    arguments: &Arguments,
) -> Result<Vec<Recorded>, PrepareError> {
    let mut op = Op::told(arguments.clone());
    match function(&mut op) {
        Ok(()) => Ok(op.finish()),
        Err(error) => Err(PrepareError::Record {
            revision: migration.revision,
            path: migration.path,
            error,
        }),
    }
}

/// What a history comes to.
#[derive(Debug, Default)]
pub(crate) struct Replayed {
    /// What stands before each revision that was wanted.
    pub(crate) before: BTreeMap<RevisionId, Known>,
    /// What stands in the end.
    pub(crate) known: Known,
    /// What kept a migration from being recorded, in the order of an upgrade. Nothing is known after it.
    pub(crate) errors: Vec<(RevisionId, PrepareError)>,
}

/// Replays what these version rows say is applied, in the order of an upgrade.
pub(crate) fn replay(
    rows: &[String],
    wanted: &BTreeSet<RevisionId>,
    dialect: &dyn Dialect,
    history: &History,
    arguments: &Arguments,
) -> Replayed {
    let mut replayed = Replayed::default();
    for revision in history.map.applied_in_order(rows) {
        let recorded = match history.migration(revision.as_str()) {
            Some(migration) => record(migration, migration.upgrade, arguments),
            None => Err(PrepareError::NotCompiled {
                revision: revision.clone(),
            }),
        };
        if wanted.contains(&revision) {
            replayed.before.insert(revision.clone(), replayed.known.clone());
        }
        match recorded {
            Ok(recorded) => {
                let recorded = drop_orphans(recorded, &replayed.known, dialect);
                for recorded in recorded.iter().filter(|one| one.is_for(dialect.backend())) {
                    replayed.known.follow(dialect, recorded);
                }
            }
            Err(error) => {
                replayed.known = Known::default();
                replayed.errors.push((revision, error));
            }
        }
    }
    replayed
}
