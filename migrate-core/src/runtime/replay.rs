//! What the operations of a history come to: what a database holds that went through these migrations.
//!
//! Nothing is sent and no database is asked. Names that only an author's own SQL made are not known here, and nothing is
//! held against a migration for using them.

use std::collections::{BTreeMap, BTreeSet};

use migrate_graph::{Direction, Plan, RevisionId};

use crate::dialect::Dialect;
use crate::history::History;
use crate::migration::{Downgrade, Migration, Record};
use crate::operation::{Op, Recorded};
use crate::runtime::PrepareError;
use crate::schema::Metadata;

/// What a function of a migration records.
///
/// # Errors
/// [`PrepareError::Record`] when it fails.
pub(crate) fn record(migration: &Migration, function: Record) -> Result<Vec<Recorded>, PrepareError> {
    let mut op = Op::new();
    match function(&mut op) {
        Ok(()) => Ok(op.finish()),
        Err(error) => Err(PrepareError::Record {
            revision: migration.revision,
            path: migration.path,
            error,
        }),
    }
}

/// What stands before each migration that a plan takes back by its reverse. Nothing is recorded when there is none.
///
/// # Errors
/// What keeps a migration that is applied from being recorded.
pub(crate) fn before_reversed(
    plan: &Plan,
    dialect: &dyn Dialect,
    history: &History,
) -> Result<BTreeMap<RevisionId, Metadata>, Vec<PrepareError>> {
    let reversed = plan.steps.iter().filter_map(|step| {
        let revision = step.revision.as_ref()?;
        let migration = history.migration(revision.as_str())?;
        match (step.direction, migration.downgrade) {
            (Direction::Downgrade, Downgrade::Reverse) => Some(revision),
            (Direction::Upgrade | Direction::Downgrade | Direction::Stamp, _) => None,
        }
    });
    let wanted: BTreeSet<&RevisionId> = reversed.collect();
    if wanted.is_empty() {
        return Ok(BTreeMap::new());
    }
    replay(&plan.from, dialect, history, |revision| wanted.contains(revision))
}

/// Replays what these version rows say is applied, in the order of an upgrade, and keeps what stands before each
/// revision that is wanted.
fn replay(
    rows: &[String],
    dialect: &dyn Dialect,
    history: &History,
    wanted: impl Fn(&RevisionId) -> bool,
) -> Result<BTreeMap<RevisionId, Metadata>, Vec<PrepareError>> {
    let mut metadata = Metadata::default();
    let mut before = BTreeMap::new();
    let mut errors = Vec::new();
    for revision in history.map.applied_in_order(rows) {
        let Some(migration) = history.migration(revision.as_str()) else {
            errors.push(PrepareError::NotCompiled { revision });
            continue;
        };
        if wanted(&revision) {
            before.insert(revision, metadata.clone());
        }
        match record(migration, migration.upgrade) {
            Ok(recorded) => {
                let here = recorded.iter().filter(|one| one.is_for(dialect.backend()));
                for recorded in here {
                    // What is impossible was possible for the database: its SQL made what is not described here.
                    drop(metadata.apply(&recorded.operation));
                }
            }
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() {
        Ok(before)
    } else {
        Err(errors)
    }
}
