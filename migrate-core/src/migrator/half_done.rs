//! What is half done: asked about, gone on with, and decided by a person where nothing else can tell.

use std::time::{Duration, Instant};

use super::Migrator;
use super::planning::Intent;
use super::settings::TransactionMode;
use crate::connection::{Database, Db, Opened};
use crate::dialect::Dialect;
use crate::error::Error;
use crate::runtime::{
    Event, HalfDone, HalfDoneError, Journal, LockHolder, Obstacle, Resume, State, VersionTable, Work,
    half_done, resume, segments,
};

/// Between two looks at a journal that another run may be writing.
const PAUSE: Duration = Duration::from_millis(50);

/// What somebody found out about a step of which the journal does not know whether it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// It was done: the next run goes on after it.
    Done,
    /// It was not, or was taken back: the next run runs it again.
    Retry,
}

impl Migrator {
    /// Says what became of the step that a run was cut off at, where nothing in the database tells: a data step or SQL of
    /// one's own that stands outside of a transaction. What is half done afterwards is the answer; the next upgrade or
    /// downgrade goes on with it.
    ///
    /// # Errors
    /// [`Error::NothingOpen`] when there is no such step, and whatever keeps it from being written down.
    pub async fn resolve(
        &self,
        database: impl Into<Database<'_>>,
        resolution: Resolution,
    ) -> Result<Option<HalfDone>, Error> {
        let Opened::Live(mut open) = self.open(database, false).await? else {
            return Err(Error::NothingOpen { half: None });
        };
        let resolved = self.resolve_open(&mut open.db(), resolution).await;
        open.close().await;
        resolved
    }

    async fn resolve_open(&self, db: &mut Db<'_>, resolution: Resolution) -> Result<Option<HalfDone>, Error> {
        if db.in_transaction() {
            return Err(Error::InTransaction);
        }
        let (mut table, found) = self.look(db).await?;
        if !found.journal {
            return Err(Error::NothingOpen { half: None });
        }
        let lock = self.lock(db, &table).await?;
        let resolved = resolve_locked(db, &mut table, resolution).await;
        lock.release(db).await;
        resolved
    }

    /// Where a run of these works goes on. A stamp says where the database is, whatever is half done.
    pub(super) fn resume(
        &self,
        journal: &Journal,
        works: &[Work],
        intent: &Intent,
        dialect: &dyn Dialect,
    ) -> Result<Resume, HalfDoneError> {
        if intent.is_stamp() || journal.entries.is_empty() {
            return Ok(Resume::After(0));
        }
        let single = self.settings.transaction == TransactionMode::Single;
        let segments = works.first().map(|work| segments(work, dialect.session()));
        let first = works.first().zip(segments.as_deref());
        resume(&journal.entries, first, single, dialect)
    }

    /// Waits a little when the open step may be another run's that still lives: where no lock is held from one step to the
    /// next, nothing but time tells. The answer is whether it did.
    pub(super) async fn waits(
        &self,
        since: &mut Option<Instant>,
        error: &HalfDoneError,
        dialect: &dyn Dialect,
    ) -> bool {
        if !matches!(error.why, Obstacle::Open { .. }) || !dialect.session().reads_heads_under_begin {
            return false;
        }
        let first = since.is_none();
        let since = since.get_or_insert_with(Instant::now);
        if since.elapsed() >= self.settings.lock_timeout {
            return false;
        }
        if first {
            let holder = error.half.open.as_ref().map(|open| LockHolder {
                description: format!("{} at step {}", open.who, open.step),
            });
            self.settings.observer.event(&Event::LockWaiting { holder });
        }
        tokio::time::sleep(PAUSE).await;
        true
    }
}

async fn resolve_locked(
    db: &mut Db<'_>,
    table: &mut VersionTable,
    resolution: Resolution,
) -> Result<Option<HalfDone>, Error> {
    let found = table.read(db).await?;
    let mut journal = Journal::read(db, table, found.journal).await?;
    let half = half_done(&journal.entries);
    let open = half.as_ref().and_then(|half| half.open.as_ref());
    // How far a backfill is, the journal knows.
    let Some(open) = open.filter(|open| open.filled.is_none()) else {
        let half = half.map(Box::new);
        return Err(Error::NothingOpen { half });
    };
    let state = match resolution {
        Resolution::Done => State::Done,
        Resolution::Retry => State::Failed,
    };
    journal.end(db, open.step, state).await?;
    Ok(half_done(&journal.entries))
}
