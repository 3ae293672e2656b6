//! From a call to a plan, and from a plan to work: the part that online and offline calls share.

use migrate_graph::{Direction, Heads, Plan, RevisionId, RevisionMap, RevisionSpec};

use super::{Migrator, TransactionMode};
use crate::dialect::{self, Dialect};
use crate::error::Error;
use crate::history::History;
use crate::migration::Migration;
use crate::operation::Arguments;
use crate::runtime::{PrepareError, Segment, Work, prepare, segments, watch};

/// What a call wants.
#[derive(Debug)]
pub(super) enum Intent {
    Upgrade(RevisionSpec),
    Downgrade(RevisionSpec),
    /// This one revision back, whatever other branches stand beside it.
    Revert(RevisionId),
    Stamp(Vec<RevisionSpec>),
    StampPurged(Vec<RevisionSpec>),
}

impl Intent {
    pub(super) fn upgrade(target: &str) -> Result<Self, Error> {
        Ok(Self::Upgrade(RevisionSpec::parse(target)?))
    }

    pub(super) fn downgrade(target: &str) -> Result<Self, Error> {
        Ok(Self::Downgrade(RevisionSpec::parse(target)?))
    }

    pub(super) fn stamp(targets: &[&str]) -> Result<Self, Error> {
        Ok(Self::Stamp(specs(targets)?))
    }

    pub(super) fn stamp_purged(targets: &[&str]) -> Result<Self, Error> {
        Ok(Self::StampPurged(specs(targets)?))
    }

    /// Whether it says where the database is, and runs no migration.
    pub(super) fn is_stamp(&self) -> bool {
        matches!(self, Self::Stamp(_) | Self::StampPurged(_))
    }

    /// The plan from these version rows.
    pub(super) fn plan(&self, map: &RevisionMap, rows: &[String]) -> Result<Plan, Error> {
        let plan = match self {
            Self::Upgrade(target) => map.plan_upgrade(&Heads::read(map, rows)?, target)?,
            Self::Downgrade(target) => map.plan_downgrade(&Heads::read(map, rows)?, target)?,
            Self::Revert(revision) => map.plan_revert(&Heads::read(map, rows)?, revision)?,
            Self::Stamp(targets) => map.plan_stamp(&Heads::read(map, rows)?, targets)?,
            Self::StampPurged(targets) => map.plan_purge(rows, targets)?,
        };
        Ok(plan)
    }
}

/// The plans that lead to these version rows, one after the other.
pub(super) fn leading_to(map: &RevisionMap, rows: &[String]) -> Result<Vec<Plan>, Error> {
    let mut reached: Vec<String> = Vec::new();
    let mut plans = Vec::new();
    for row in rows {
        let plan = Intent::upgrade(row)?.plan(map, &reached)?;
        if let Some(last) = plan.steps.last() {
            reached = last.heads_after.iter().map(ToString::to_string).collect();
        }
        plans.push(plan);
    }
    Ok(plans)
}

fn specs(targets: &[&str]) -> Result<Vec<RevisionSpec>, Error> {
    targets
        .iter()
        .map(|target| Ok(RevisionSpec::parse(target)?))
        .collect()
}

/// Records and compiles the steps of a plan, unless something keeps one of them from running.
pub(super) fn works(
    plan: Plan,
    dialect: &dyn Dialect,
    history: &History,
    arguments: &Arguments,
    mode: TransactionMode,
) -> Result<Vec<Work>, Error> {
    let find = |id: &RevisionId| history.migration(id.as_str());
    let mut errors = match mode {
        TransactionMode::PerMigration => Vec::new(),
        TransactionMode::Single => not_in_single_transaction(&plan, find),
    };
    match prepare(plan, dialect, history, arguments) {
        Ok(mut works) => {
            match mode {
                TransactionMode::PerMigration => works
                    .iter_mut()
                    .for_each(|work| watch(std::slice::from_mut(work), dialect)),
                TransactionMode::Single => watch(&mut works, dialect),
            }
            if mode == TransactionMode::Single {
                errors.extend(works.iter().filter_map(|work| commits_by_itself(work, dialect)));
            }
            if errors.is_empty() {
                return Ok(works);
            }
        }
        Err(others) => errors.extend(others),
    }
    Err(Error::Prepare(errors))
}

/// The dialect of a scheme.
pub(super) fn dialect_of(scheme: &str) -> Result<&'static dyn Dialect, Error> {
    dialect::for_scheme(scheme).ok_or_else(|| Error::UnknownDialect {
        scheme: scheme.chars().take(40).collect(),
    })
}

fn not_in_single_transaction(
    plan: &Plan,
    find: impl Fn(&RevisionId) -> Option<&'static Migration>,
) -> Vec<PrepareError> {
    let runs = plan
        .steps
        .iter()
        .filter(|step| step.direction != Direction::Stamp);
    runs.filter_map(|step| step.revision.as_ref().and_then(&find))
        .filter(|migration| !migration.transaction)
        .map(|migration| PrepareError::NotInSingleTransaction {
            revision: migration.revision,
            path: migration.path,
        })
        .collect()
}

/// What keeps a migration that asks for a transaction from being one.
fn commits_by_itself(work: &Work, dialect: &dyn Dialect) -> Option<PrepareError> {
    let migration = work.migration.filter(|migration| migration.transaction)?;
    let apart = match segments(work, dialect.session()).as_slice() {
        [] | [Segment::Together(_)] => None,
        [Segment::Alone(index) | Segment::Batches(index), ..]
        | [_, Segment::Alone(index) | Segment::Batches(index), ..] => Some(*index),
        [_, Segment::Together(range), ..] => Some(range.start),
    };
    let action = work.actions.get(apart?)?;
    Some(PrepareError::CommitsByItself {
        revision: migration.revision,
        place: action.place(),
        statement: action.subject(),
    })
}

/// Plans from given heads: nothing is asked, nothing is touched.
impl Migrator {
    /// The plan of an upgrade from these heads.
    ///
    /// # Errors
    /// [`Error`] when the target names nothing, or nothing that fits.
    pub fn plan_upgrade(&self, from: &Heads, target: &str) -> Result<Plan, Error> {
        Ok(self
            .revisions()?
            .plan_upgrade(from, &RevisionSpec::parse(target)?)?)
    }

    /// The plan of a downgrade from these heads.
    ///
    /// # Errors
    /// As [`plan_upgrade`](Self::plan_upgrade).
    pub fn plan_downgrade(&self, from: &Heads, target: &str) -> Result<Plan, Error> {
        Ok(self
            .revisions()?
            .plan_downgrade(from, &RevisionSpec::parse(target)?)?)
    }

    /// The heads that these version rows are.
    ///
    /// # Errors
    /// [`Error::Resolve`] when the migrations do not know one of them.
    pub fn read_heads(&self, rows: &[String]) -> Result<Heads, Error> {
        Ok(Heads::read(self.revisions()?, rows)?)
    }

    /// The plan of a stamp that empties the version table of these rows first.
    ///
    /// # Errors
    /// As [`plan_upgrade`](Self::plan_upgrade).
    pub fn plan_purge(&self, rows: &[String], targets: &[&str]) -> Result<Plan, Error> {
        Ok(self.revisions()?.plan_purge(rows, &specs(targets)?)?)
    }

    /// The plan of a stamp from these heads.
    ///
    /// # Errors
    /// As [`plan_upgrade`](Self::plan_upgrade).
    pub fn plan_stamp(&self, from: &Heads, targets: &[&str]) -> Result<Plan, Error> {
        Ok(self.revisions()?.plan_stamp(from, &specs(targets)?)?)
    }
}
