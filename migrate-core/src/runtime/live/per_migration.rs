//! Each migration in a transaction of its own, or, where it refuses one, step by step and journaled.

use std::ops::Range;

use migrate_graph::Direction;

use super::send::{alone, ask, commit_error, opening, send, still_as_planned, take_away};
use crate::connection::Db;
use crate::dialect::Found;
use crate::runtime::message::Envelope;
use crate::runtime::{
    Action, ApplyError, Filled, Journal, Observer, Resume, Segment, State, Target, VersionTable, Work,
    segments, set_up,
};

/// Commits each migration together with its version rows.
pub(crate) struct PerMigration<'c> {
    pub(super) db: Db<'c>,
    pub(super) table: VersionTable,
    pub(super) exists: bool,
    pub(super) journal: &'c mut Journal,
    /// Where it goes on in its first migration.
    resume: Resume,
    pub(super) observer: &'c dyn Observer,
}

impl<'c> PerMigration<'c> {
    pub(crate) fn new(
        db: Db<'c>,
        table: VersionTable,
        exists: bool,
        journal: &'c mut Journal,
        resume: Resume,
        observer: &'c dyn Observer,
    ) -> Self {
        Self {
            db,
            table,
            exists,
            journal,
            resume,
            observer,
        }
    }

    /// Without data steps, on a connection of our own: the driver need not know of the transaction, and two
    /// messages are enough.
    async fn two_messages(&mut self, work: &Work, notes: &[String]) -> Result<(), ApplyError> {
        let done = if self.table.dialect().session().reads_heads_under_begin {
            self.read_then_run(work, notes).await
        } else {
            self.run_then_commit(work, notes).await
        };
        if done.is_err() {
            // The server may have ended the transaction itself, or be gone: then there is nothing to roll back.
            drop(self.db.send("ROLLBACK").await);
        }
        done
    }

    /// The heads were read under the run's lock: what is to be known before COMMIT are the counts of the rows.
    async fn run_then_commit(&mut self, work: &Work, notes: &[String]) -> Result<(), ApplyError> {
        let begin = self.table.dialect().session().begin.to_owned();
        let opening: Vec<String> = std::iter::once(begin)
            .chain(opening(&self.table, self.exists))
            .collect();
        let envelope = Envelope {
            opening: &opening,
            notes,
            closing: None,
        };
        send(&mut self.db, &self.table, work, &envelope).await?;
        let committed = self.db.send("COMMIT").await;
        committed.map(drop).map_err(|failure| commit_error(failure.error))
    }

    /// The heads are read under the lock that the transaction is: with them the counts of the rows are known, and
    /// COMMIT rides along.
    async fn read_then_run(&mut self, work: &Work, notes: &[String]) -> Result<(), ApplyError> {
        let begin = self.table.dialect().session().begin;
        if self.table.begin_and_read(&mut self.db, begin).await? != work.rows_before {
            return Err(ApplyError::Moved);
        }
        let envelope = Envelope {
            opening: &[],
            notes,
            closing: Some("COMMIT"),
        };
        send(&mut self.db, &self.table, work, &envelope).await
    }

    /// With a transaction that the driver knows of, so that a data step's own `begin` is a savepoint in it.
    async fn in_transaction(&mut self, work: &Work, notes: &[String]) -> Result<(), ApplyError> {
        let session = self.table.dialect().session();
        let mut transaction = self.db.begin(session.begin).await?;
        let sent = async {
            if session.reads_heads_under_begin {
                self.exists = still_as_planned(&mut transaction.db(), &mut self.table, work).await?;
            }
            let opening = opening(&self.table, self.exists);
            send(
                &mut transaction.db(),
                &self.table,
                work,
                &Envelope {
                    opening: &opening,
                    notes,
                    closing: None,
                },
            )
            .await
        };
        match sent.await {
            Ok(()) => transaction.commit().await.map_err(commit_error),
            Err(error) => {
                // The cause is what counts; a rollback that fails leaves a transaction that ends with its session.
                drop(transaction.rollback().await);
                Err(error)
            }
        }
    }

    /// What is one transaction, with the settings that it needs; the journal is told of it by these statements.
    async fn together(&mut self, work: &Work, notes: &[String]) -> Result<(), ApplyError> {
        let session = self.table.dialect().session();
        let restore = set_up(&mut self.db, session, std::slice::from_ref(work)).await?;
        let done = self.transaction(work, notes).await;
        let restored = restore.give_back(&mut self.db).await;
        done.and(restored.map_err(Into::into))
    }

    /// Two messages wherever that does.
    async fn transaction(&mut self, work: &Work, notes: &[String]) -> Result<(), ApplyError> {
        let runs = work
            .actions
            .iter()
            .any(|action| matches!(action, Action::Run { .. }));
        let table_at_hand = self.exists || !self.table.dialect().session().reads_heads_under_begin;
        // On a connection that goes on after the run, a transaction is open only with its driver's knowledge, which
        // rolls it back when the run is cut off.
        if !self.db.lent() && table_at_hand && !runs {
            self.two_messages(work, notes).await?;
        } else {
            self.in_transaction(work, notes).await?;
        }
        self.exists = true;
        Ok(())
    }

    /// What is more than one transaction: one segment after the other, each told to the journal. The version rows are in
    /// the last transaction, and so is the end of the journal.
    async fn one_by_one(&mut self, work: &Work, segments: &[Segment]) -> Result<(), ApplyError> {
        let resume = std::mem::replace(&mut self.resume, Resume::After(0));
        let of = segments.len();
        let mut done = resume.done();
        if self.settled(work, segments, resume).await? {
            done += 1;
        }
        for (index, segment) in segments.iter().enumerate().skip(done) {
            let sent = match segment {
                Segment::Together(range) => self.stretch(work, segments, index, range).await,
                Segment::Alone(action) => self.step(work, segments, index, *action).await,
                Segment::Batches(action) => self.batches(work, segments, index, *action).await,
            };
            if let Err(source) = sent {
                let filled = self.journal.filled(index + 1);
                return Err(partial(work, segments, index, filled, source));
            }
        }
        if done == of || !matches!(segments.last(), Some(Segment::Together(_))) {
            let rows = self
                .together(&work.part(0..0, true), &self.journal.cleared())
                .await;
            rows.map_err(|source| partial(work, segments, of, None, source))?;
            self.journal.committed(None);
        }
        Ok(())
    }

    /// A segment that is a transaction: that it is done, the journal is told within it.
    async fn stretch(
        &mut self,
        work: &Work,
        segments: &[Segment],
        index: usize,
        range: &Range<usize>,
    ) -> Result<(), ApplyError> {
        let last = index + 1 == segments.len();
        let done = Journal::entry(work, index + 1, segments).filter(|_| !last);
        let notes = match &done {
            Some(entry) => self.journal.done_with(entry),
            None => self.journal.cleared(),
        };
        let mut create = self.journal.create().filter(|_| done.is_some());
        if !self.table.dialect().session().transactional_ddl && create.take().is_some() {
            self.journal.make(&mut self.db).await?;
        }
        let notes: Vec<String> = create.into_iter().chain(notes).collect();
        self.together(&work.part(range.clone(), last), &notes).await?;
        self.journal.committed(done);
        Ok(())
    }

    /// A segment that is one statement, or a data step, outside of a transaction: the journal is told before and after.
    async fn step(
        &mut self,
        work: &Work,
        segments: &[Segment],
        index: usize,
        action: usize,
    ) -> Result<(), ApplyError> {
        let (Some(action), Some(entry)) = (
            work.actions.get(action),
            Journal::entry(work, index + 1, segments),
        ) else {
            return Ok(());
        };
        self.journal.begin(&mut self.db, work, &entry).await?;
        let sent = alone(&mut self.db, self.table.dialect(), action).await;
        let state = match &sent {
            Ok(()) => State::Done,
            Err(error) if error.is_lost() => return sent,
            Err(_) => State::Failed,
        };
        let told = self.journal.end(&mut self.db, entry.step, state).await;
        // The cause is what counts.
        sent?;
        Ok(told?)
    }

    /// Finds out what became of a step that was begun, and takes away what is left of it; whether it was done.
    async fn settled(
        &mut self,
        work: &Work,
        segments: &[Segment],
        resume: Resume,
    ) -> Result<bool, ApplyError> {
        let Some(Segment::Alone(action)) = segments.get(resume.done()) else {
            return Ok(false);
        };
        let dialect = self.table.dialect();
        let probe = work.actions.get(*action).and_then(|action| action.probe(dialect));
        let (Some(probe), Resume::Open(_) | Resume::Failed(_)) = (&probe, resume) else {
            return Ok(false);
        };
        let found = ask(&mut self.db, probe).await?;
        if found == Found::Leftover {
            take_away(&mut self.db, probe).await?;
        }
        // What was refused was not done by it, whatever is there.
        let done = found == Found::Done && matches!(resume, Resume::Open(_));
        if done {
            let step = resume.done() + 1;
            self.journal.end(&mut self.db, step, State::Done).await?;
        }
        Ok(done)
    }
}

/// The error of a migration that stopped at the segment after this many.
fn partial(
    work: &Work,
    segments: &[Segment],
    done: usize,
    filled: Option<Filled>,
    source: ApplyError,
) -> ApplyError {
    let rest = match segments.get(done) {
        Some(Segment::Together(_) | Segment::Batches(_)) if done == 0 && filled.is_none() => return source,
        Some(Segment::Alone(action)) => match work.actions.get(*action) {
            Some(Action::Statement { statement, .. }) => {
                statement.probe.as_ref().and_then(|probe| probe.clean.clone())
            }
            Some(Action::Alter(_) | Action::Run { .. } | Action::Backfill { .. }) | None => None,
        },
        Some(Segment::Together(_) | Segment::Batches(_)) | None => None,
    };
    ApplyError::Partial {
        done,
        of: segments.len(),
        filled,
        rest,
        source: Box::new(source),
    }
}

impl Target for PerMigration<'_> {
    async fn apply(&mut self, work: &Work) -> Result<(), ApplyError> {
        let segments = segments(work, self.table.dialect().session());
        // A stamp says where the database is, and so that nothing of it is half done.
        let stamp = work.step.direction == Direction::Stamp;
        let notes = self.journal.cleared();
        if stamp && !notes.is_empty() {
            self.together(work, &notes).await?;
            self.journal.committed(None);
            return Ok(());
        }
        match segments.as_slice() {
            [] | [Segment::Together(_)] if notes.is_empty() => self.together(work, &[]).await,
            segments => self.one_by_one(work, segments).await,
        }
    }

    async fn finish(self) -> Result<(), ApplyError> {
        Ok(())
    }
}

impl std::fmt::Debug for PerMigration<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PerMigration")
            .field("resume", &self.resume)
            .finish_non_exhaustive()
    }
}
