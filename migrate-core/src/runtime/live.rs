//! The live targets: a transaction for each migration, or one for the whole run.

use crate::connection::{DatabaseError, DatabaseErrorKind, Db, Transaction};
use crate::dialect::Dialect;
use crate::operation::Operation;
use crate::runtime::alteration::present;
use crate::runtime::message::{Envelope, Piece, pieces};
use crate::runtime::{Action, ApplyError, Segment, Target, VersionTable, Work, segments, set_up};

/// Commits each migration together with its version rows.
#[derive(Debug)]
pub(crate) struct PerMigration<'c> {
    db: Db<'c>,
    table: VersionTable,
    exists: bool,
}

impl<'c> PerMigration<'c> {
    pub(crate) fn new(db: Db<'c>, table: VersionTable, exists: bool) -> Self {
        Self { db, table, exists }
    }

    /// Without data steps, on a connection of our own: the driver need not know of the transaction, and two
    /// messages are enough.
    async fn two_messages(&mut self, work: &Work) -> Result<(), ApplyError> {
        let done = if self.table.dialect().session().reads_heads_under_begin {
            self.read_then_run(work).await
        } else {
            self.run_then_commit(work).await
        };
        if done.is_err() {
            // The server may have ended the transaction itself, or be gone: then there is nothing to roll back.
            drop(self.db.send("ROLLBACK").await);
        }
        done
    }

    /// The heads were read under the run's lock: what is to be known before COMMIT are the counts of the rows.
    async fn run_then_commit(&mut self, work: &Work) -> Result<(), ApplyError> {
        let begin = self.table.dialect().session().begin.to_owned();
        let opening: Vec<String> = std::iter::once(begin)
            .chain(opening(&self.table, self.exists))
            .collect();
        let envelope = Envelope {
            opening: &opening,
            closing: None,
        };
        send(&mut self.db, &self.table, work, &envelope).await?;
        let committed = self.db.send("COMMIT").await;
        committed.map(drop).map_err(|failure| commit_error(failure.error))
    }

    /// The heads are read under the lock that the transaction is: with them the counts of the rows are known, and
    /// COMMIT rides along.
    async fn read_then_run(&mut self, work: &Work) -> Result<(), ApplyError> {
        let begin = self.table.dialect().session().begin;
        if self.table.begin_and_read(&mut self.db, begin).await? != work.rows_before {
            return Err(ApplyError::Moved);
        }
        let envelope = Envelope {
            opening: &[],
            closing: Some("COMMIT"),
        };
        send(&mut self.db, &self.table, work, &envelope).await
    }

    /// With a transaction that the driver knows of, so that a data step's own `begin` is a savepoint in it.
    async fn in_transaction(&mut self, work: &Work) -> Result<(), ApplyError> {
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

    /// What is one transaction, with the settings that it needs.
    async fn together(&mut self, work: &Work) -> Result<(), ApplyError> {
        let session = self.table.dialect().session();
        let restore = set_up(&mut self.db, session, std::slice::from_ref(work)).await?;
        let done = self.transaction(work).await;
        let restored = restore.give_back(&mut self.db).await;
        done.and(restored.map_err(Into::into))
    }

    /// Two messages wherever that does.
    async fn transaction(&mut self, work: &Work) -> Result<(), ApplyError> {
        let runs = work
            .actions
            .iter()
            .any(|action| matches!(action, Action::Run { .. }));
        let table_at_hand = self.exists || !self.table.dialect().session().reads_heads_under_begin;
        // On a connection that goes on after the run, a transaction is open only with its driver's knowledge, which
        // rolls it back when the run is cut off.
        if !self.db.lent() && table_at_hand && !runs {
            self.two_messages(work).await?;
        } else {
            self.in_transaction(work).await?;
        }
        self.exists = true;
        Ok(())
    }

    /// What is more than one transaction: one segment after the other. The version rows are in the last one.
    async fn one_by_one(&mut self, work: &Work, segments: &[Segment]) -> Result<(), ApplyError> {
        let of = segments.len();
        for (done, segment) in segments.iter().enumerate() {
            let sent = match segment {
                Segment::Together(range) => {
                    let part = work.part(range.clone(), done + 1 == of);
                    self.together(&part).await
                }
                Segment::Alone(index) => match work.actions.get(*index) {
                    Some(action) => alone(&mut self.db, self.table.dialect(), action).await,
                    None => Ok(()),
                },
            };
            sent.map_err(|source| partial(done, of, source))?;
        }
        if let Some(Segment::Alone(_)) = segments.last() {
            let rows = self.together(&work.part(0..0, true)).await;
            rows.map_err(|source| partial(of, of, source))?;
        }
        Ok(())
    }
}

fn partial(done: usize, of: usize, source: ApplyError) -> ApplyError {
    ApplyError::Partial {
        done,
        of,
        source: Box::new(source),
    }
}

impl Target for PerMigration<'_> {
    async fn apply(&mut self, work: &Work) -> Result<(), ApplyError> {
        match segments(work, self.table.dialect().session()).as_slice() {
            [] | [Segment::Together(_)] => self.together(work).await,
            segments => self.one_by_one(work, segments).await,
        }
    }

    async fn finish(self) -> Result<(), ApplyError> {
        Ok(())
    }
}

/// Commits the whole run at once.
pub(crate) struct Single<'t> {
    transaction: Transaction<'t>,
    table: VersionTable,
    exists: bool,
    begun: bool,
}

impl<'t> Single<'t> {
    pub(crate) fn new(transaction: Transaction<'t>, table: VersionTable, exists: bool) -> Self {
        Self {
            transaction,
            table,
            exists,
            begun: false,
        }
    }
}

impl Target for Single<'_> {
    async fn apply(&mut self, work: &Work) -> Result<(), ApplyError> {
        let session = self.table.dialect().session();
        let mut db = self.transaction.db();
        if session.reads_heads_under_begin && !self.begun {
            self.exists = still_as_planned(&mut db, &mut self.table, work).await?;
        }
        let opening = if self.begun {
            Vec::new()
        } else {
            opening(&self.table, self.exists)
        };
        send(
            &mut db,
            &self.table,
            work,
            &Envelope {
                opening: &opening,
                closing: None,
            },
        )
        .await?;
        (self.begun, self.exists) = (true, true);
        Ok(())
    }

    async fn finish(self) -> Result<(), ApplyError> {
        self.transaction.commit().await.map_err(commit_error)
    }
}

/// What every transaction starts with: the version table, made or claimed.
fn opening(table: &VersionTable, exists: bool) -> Vec<String> {
    let create = if exists { None } else { Some(table.create()) };
    create.into_iter().chain(table.claim()).collect()
}

/// Reads the version rows again under the lock that the transaction is, and answers whether the table is there.
async fn still_as_planned(
    db: &mut Db<'_>,
    table: &mut VersionTable,
    work: &Work,
) -> Result<bool, ApplyError> {
    let found = table.read(db).await?;
    if found.rows == work.rows_before {
        Ok(found.exists)
    } else {
        Err(ApplyError::Moved)
    }
}

async fn send(
    db: &mut Db<'_>,
    table: &VersionTable,
    work: &Work,
    envelope: &Envelope<'_>,
) -> Result<(), ApplyError> {
    for piece in pieces(work, table, envelope) {
        match piece {
            Piece::Message(message) => {
                let counts = db
                    .send(&message.text)
                    .await
                    .map_err(|failure| message.blame(failure, table, work))?;
                message.check_rows(&counts, table, work)?;
            }
            Piece::Run(index) => {
                if let Some(action) = work.actions.get(index) {
                    run_step(db, action).await?;
                }
            }
            Piece::Alter(index) => {
                if let Some(action) = work.actions.get(index) {
                    alter(db, table.dialect(), action).await?;
                }
            }
        }
    }
    Ok(())
}

/// Sends what stands outside of a transaction, in a message of its own.
async fn alone(db: &mut Db<'_>, dialect: &dyn Dialect, action: &Action) -> Result<(), ApplyError> {
    match action {
        Action::Statement { statement, place, .. } => {
            let sent = db.send(&statement.sql).await;
            sent.map(drop).map_err(|failure| ApplyError::Statement {
                place: *place,
                statement: statement.sql.clone(),
                error: failure.error,
            })
        }
        Action::Alter { .. } => alter(db, dialect, action).await,
        Action::Run { .. } => run_step(db, action).await,
    }
}

/// Asks what a table is, and alters it: one message each.
async fn alter(db: &mut Db<'_>, dialect: &dyn Dialect, action: &Action) -> Result<(), ApplyError> {
    let Action::Alter {
        table,
        operations,
        presumed: _,
        place,
    } = action
    else {
        return Ok(());
    };
    let place = *place;
    let present = present(db, dialect, table).await?;
    let operations: Vec<&Operation> = operations.iter().map(|recorded| &recorded.operation).collect();
    let statements = dialect
        .alter(table, &operations, &present)
        .map_err(|unsupported| ApplyError::Unsupported { place, unsupported })?;
    let text: Vec<String> = statements
        .iter()
        .map(|statement| dialect.terminated(&statement.sql))
        .collect();
    let sent = db.send(&text.join("\n")).await;
    sent.map(drop).map_err(|failure| {
        let statement = statements.get(failure.completed.min(statements.len().saturating_sub(1)));
        ApplyError::Statement {
            place,
            statement: statement.map(ToString::to_string).unwrap_or_default(),
            error: failure.error,
        }
    })
}

async fn run_step(db: &mut Db<'_>, action: &Action) -> Result<(), ApplyError> {
    let Action::Run {
        name, step, place, ..
    } = action
    else {
        return Ok(());
    };
    let mut db = db.reborrow();
    let done = step.run(&mut db).await;
    done.map_err(|error| ApplyError::Step {
        place: *place,
        name: name.clone(),
        error,
    })
}

/// A lost connection leaves open whether the server committed; an answer does not.
fn commit_error(error: DatabaseError) -> ApplyError {
    match error.kind {
        DatabaseErrorKind::Connection => ApplyError::CommitUnknown { error },
        DatabaseErrorKind::Busy | DatabaseErrorKind::Statement => ApplyError::Commit { error },
    }
}

impl std::fmt::Debug for Single<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Single")
            .field("begun", &self.begun)
            .finish_non_exhaustive()
    }
}
