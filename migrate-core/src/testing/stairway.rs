//! Whether each migration leads up, back, and up again.

use std::collections::BTreeSet;

use migrate_graph::{Heads, RevisionId};

use super::failure::{Failure, Phase, Stopped, Uneven, name};
use super::place::{Place, on_empty};
use crate::autogenerate::{compare, words};
use crate::dialect::Reading;
use crate::error::Error;
use crate::migration::Downgrade;
use crate::migrator::Migrator;

/// Does the migrations one by one in an empty database at this URL's server, or in memory: each goes up, down, and up
/// again. It passes when the schema after the downgrade is the one from before, and when both upgrades make the same. The
/// places of columns do not count. Of a migration that is `irreversible` only the upgrade is done.
///
/// It reads the schema three times for each migration, so it takes longer with both their number and that of the tables.
///
/// # Errors
/// [`Failure::Stairway`] with every migration that is not even, and the one that failed altogether, if any did; whatever
/// keeps it from being found out.
pub fn stairway(migrator: &Migrator, on: &str) -> Result<(), Failure> {
    on_empty(migrator, on, async |place| {
        let mut walk = Walk::new(migrator, place)?;
        let stopped = walk.all().await.err();
        if walk.uneven.is_empty() && stopped.is_none() {
            return Ok(());
        }
        Err(Failure::Stairway {
            uneven: walk.uneven,
            stopped: stopped.map(Box::new),
        })
    })
}

struct Walk<'w> {
    migrator: &'w Migrator,
    place: &'w mut Place,
    /// Those that migrations name, besides the one that is looked in first.
    schemas: Vec<String>,
    uneven: Vec<Uneven>,
}

impl<'w> Walk<'w> {
    fn new(migrator: &'w Migrator, place: &'w mut Place) -> Result<Self, Error> {
        let schemas = if place.dialect().session().twin.is_some() {
            Vec::new()
        } else {
            migrator.schemas(place.dialect())?
        };
        Ok(Self {
            migrator,
            place,
            schemas,
            uneven: Vec::new(),
        })
    }

    async fn all(&mut self) -> Result<(), Stopped> {
        let plan = self.migrator.plan_upgrade(&Heads::default(), "heads");
        let plan = plan.map_err(|error| Stopped {
            revision: None,
            error,
        })?;
        let mut before = self.schema().await.map_err(|error| Stopped {
            revision: None,
            error,
        })?;
        for revision in plan.steps.into_iter().filter_map(|step| step.revision) {
            let walked = self.one(&revision, before).await;
            before = walked.map_err(|(phase, error)| Stopped {
                revision: Some((name(self.migrator, &revision), phase)),
                error,
            })?;
        }
        Ok(())
    }

    /// One migration; gives the schema after it.
    async fn one(&mut self, revision: &RevisionId, before: Reading) -> Result<Reading, (Phase, Error)> {
        let first = self.up(revision).await.map_err(|error| (Phase::Up, error))?;
        let migration = self.migrator.migration(revision);
        if migration.is_some_and(|migration| matches!(migration.downgrade, Downgrade::Irreversible(_))) {
            return Ok(first);
        }
        let back = self.down(revision).await.map_err(|error| (Phase::Down, error))?;
        self.compare(revision, Phase::Down, &before, &back);
        let second = self.up(revision).await.map_err(|error| (Phase::UpAgain, error))?;
        self.compare(revision, Phase::UpAgain, &first, &second);
        Ok(second)
    }

    async fn up(&mut self, revision: &RevisionId) -> Result<Reading, Error> {
        self.migrator
            .upgrade(self.place.database(), revision.as_str())
            .await?;
        self.schema().await
    }

    async fn down(&mut self, revision: &RevisionId) -> Result<Reading, Error> {
        self.migrator.revert(self.place.database(), revision).await?;
        self.schema().await
    }

    async fn schema(&mut self) -> Result<Reading, Error> {
        self.migrator
            .application(self.place.database(), &self.schemas)
            .await
    }

    fn compare(&mut self, revision: &RevisionId, phase: Phase, expected: &Reading, found: &Reading) {
        let differences = differences(expected, found);
        if !differences.is_empty() {
            self.uneven.push(Uneven {
                migration: name(self.migrator, revision),
                phase,
                differences,
            });
        }
    }
}

/// What is there and should not be, and the other way round, in words.
fn differences(expected: &Reading, found: &Reading) -> Vec<String> {
    let comparison = compare(&expected.metadata, &found.metadata);
    let operations = comparison.operations.iter();
    let operations = operations.map(|operation| words(operation, &comparison.before));
    let open = comparison.open.iter().map(ToString::to_string);
    let (expected, found) = (told(expected), told(found));
    let more = found.difference(&expected).map(|what| format!("added {what}"));
    let less = expected.difference(&found).map(|what| format!("removed {what}"));
    operations.chain(open).chain(more).chain(less).collect()
}

/// What the model does not say.
fn told(reading: &Reading) -> BTreeSet<String> {
    let undescribed = reading.undescribed.iter();
    let undescribed = undescribed.map(|(table, why)| format!("table `{table}` ({why})"));
    reading
        .notes
        .iter()
        .map(ToString::to_string)
        .chain(undescribed)
        .collect()
}
