//! The calls that have a database.

use migrate_graph::{Heads, RevisionId};

use super::existing::existing;
use super::planning::{Intent, dialect_of, works};
use super::{Migrator, TransactionMode};
use crate::connection::{Database, DatabaseError, Db, Open, Opened};
use crate::dialect::Dialect;
use crate::error::Error;
use crate::history::History;
use crate::runtime::{
    ApplyError, Event, Found, HalfDone, Journal, PerMigration, Report, Resume, RunError, RunLock, Segment,
    Single, VersionTable, Work, half_done, run, segments, set_up,
};

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Current {
    /// The rows of the version table, without those that others imply, sorted.
    pub rows: Vec<RevisionId>,
    /// Rows that other rows imply already; the next change of the database takes them out.
    pub redundant: Vec<RevisionId>,
    /// The last applied revision of every line: the rows, and what they imply by `depends_on`, sorted.
    pub tips: Vec<RevisionId>,
    /// Whether everything that the migrations hold is applied.
    pub at_heads: bool,
    /// A migration of more than one transaction that was cut off.
    pub half_done: Option<HalfDone>,
}

impl Migrator {
    /// Applies what leads to a target: `head`, `heads`, a revision, `+1`, and whatever else Alembic takes.
    ///
    /// At its target already, a database is neither locked nor written to. A SQLite file that does not exist is
    /// made. Where several processes do this at the same moment, one works, and the others wait and then find
    /// nothing to do.
    ///
    /// ```no_run
    /// # mod migrations { migrate_core::migrations!("tour/migrations"); }
    /// # async fn start(pool: migrate_core::sqlx::SqlitePool) -> Result<(), migrate_core::Error> {
    /// // By URL, in an application's `main`:
    /// let report = migrations::migrator().upgrade("sqlite://app.db", "head").await?;
    /// for step in &report.applied {
    ///     println!("migrated: {} in {:?}", step.message, step.elapsed);
    /// }
    /// // Or on what the application has already: a pool, or `&mut` a connection.
    /// migrations::migrator().upgrade(&pool, "head").await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`Error`]: whatever keeps it from being done. What was done before that is in the error's report.
    pub async fn upgrade(&self, database: impl Into<Database<'_>>, target: &str) -> Result<Report, Error> {
        self.change(database.into(), &Intent::upgrade(target)?).await
    }

    /// Takes back what stands above a target: a revision, `base`, `-1`.
    ///
    /// # Errors
    /// As [`upgrade`](Self::upgrade).
    pub async fn downgrade(&self, database: impl Into<Database<'_>>, target: &str) -> Result<Report, Error> {
        self.change(database.into(), &Intent::downgrade(target)?).await
    }

    /// Takes one revision back, and what needs it, whatever other branches stand beside it.
    pub(crate) async fn revert(
        &self,
        database: impl Into<Database<'_>>,
        revision: &RevisionId,
    ) -> Result<Report, Error> {
        self.change(database.into(), &Intent::Revert(revision.clone()))
            .await
    }

    /// Writes the version rows as if the database stood at these targets, and runs no migration.
    ///
    /// # Errors
    /// As [`upgrade`](Self::upgrade).
    pub async fn stamp(&self, database: impl Into<Database<'_>>, targets: &[&str]) -> Result<Report, Error> {
        self.change(database.into(), &Intent::stamp(targets)?).await
    }

    /// As [`stamp`](Self::stamp), but empties the version table first: the way out of rows that the migrations do
    /// not know.
    ///
    /// # Errors
    /// As [`upgrade`](Self::upgrade).
    pub async fn stamp_purged(
        &self,
        database: impl Into<Database<'_>>,
        targets: &[&str],
    ) -> Result<Report, Error> {
        self.change(database.into(), &Intent::stamp_purged(targets)?)
            .await
    }

    /// Where the database is. Nothing is written, and nothing is made.
    ///
    /// # Errors
    /// [`Error`] when it cannot be read, or holds a revision that the migrations do not know.
    pub async fn current(&self, database: impl Into<Database<'_>>) -> Result<Current, Error> {
        let (rows, half_done) = self.state(database).await?;
        let history = self.history()?;
        let heads = Heads::read(&history.map, &rows)?;
        let effective = history.map.effective_heads().map(|revision| &revision.id);
        let at_heads = effective.eq(heads.rows());
        let tips = history.map.current_tips(&heads)?;
        Ok(Current {
            rows: heads.rows().to_vec(),
            redundant: heads.redundant().to_vec(),
            tips,
            at_heads,
            half_done,
        })
    }

    /// The rows of the version table as they stand there, sorted; none when there is no table.
    ///
    /// # Errors
    /// [`Error`] when they cannot be read.
    pub async fn rows(&self, database: impl Into<Database<'_>>) -> Result<Vec<String>, Error> {
        Ok(self.state(database).await?.0)
    }

    /// The rows as [`rows`](Self::rows) gives them, and the migration that is half done.
    ///
    /// # Errors
    /// [`Error`] when they cannot be read.
    pub async fn state(
        &self,
        database: impl Into<Database<'_>>,
    ) -> Result<(Vec<String>, Option<HalfDone>), Error> {
        let Opened::Live(mut open) = self.open(database, false).await? else {
            return Ok((Vec::new(), None));
        };
        let state = self.look_at_all(&mut open.db()).await;
        open.close().await;
        state
    }

    async fn look_at_all(&self, db: &mut Db<'_>) -> Result<(Vec<String>, Option<HalfDone>), Error> {
        let (table, found) = self.look(db).await?;
        let journal = Journal::read(db, &table, found.journal).await?;
        Ok((found.rows, half_done(&journal.entries)))
    }

    /// Makes the version table where there is none.
    ///
    /// # Errors
    /// [`Error`] when the database cannot be opened or does not take it.
    pub async fn ensure_version(&self, database: impl Into<Database<'_>>) -> Result<(), Error> {
        let Opened::Live(mut open) = self.open(database, true).await? else {
            return Ok(());
        };
        let made = self.make_table(&mut open).await;
        open.close().await;
        made
    }

    async fn make_table(&self, open: &mut Open<'_>) -> Result<(), Error> {
        let mut db = open.db();
        let (mut table, found) = self.look(&mut db).await?;
        if found.exists {
            return Ok(());
        }
        let lock = self.lock(&mut db, &table).await?;
        let made = async {
            if !table.read(&mut db).await?.exists {
                db.execute(&table.create()).await?;
            }
            Ok(())
        };
        let made = made.await;
        lock.release(&mut db).await;
        made
    }

    async fn change(&self, database: Database<'_>, intent: &Intent) -> Result<Report, Error> {
        let history = self.history()?;
        let url = database.url().map(str::to_owned);
        let mut open = match self.open(database, false).await? {
            Opened::Live(open) => open,
            Opened::Missing(database) => {
                // Whatever is wrong is found before a file is made.
                let works = self.works(history, &Found::default(), intent, dialect_of(database.scheme())?)?;
                if works.is_empty() {
                    return Ok(Report::default());
                }
                match self.open(database, true).await? {
                    Opened::Live(open) => open,
                    Opened::Missing(_) => return Ok(Report::default()),
                }
            }
        };
        let changed = self.change_open(history, &mut open, intent).await;
        open.close().await;
        match (changed, url) {
            (Err(Error::Run(error)), Some(url)) => self.settle(&url, *error).await,
            (changed, _) => changed,
        }
    }

    /// When the connection was lost between COMMIT and its answer, a new one tells what became of the migration.
    async fn settle(&self, url: &str, mut failed: RunError) -> Result<Report, Error> {
        let ApplyError::CommitUnknown { error } = &failed.cause else {
            return Err(Box::new(failed).into());
        };
        let error = error.clone();
        if let Ok(rows) = self.rows(url).await {
            let applied = failed.step.heads_after.iter().map(RevisionId::as_str);
            let applied = rows.iter().map(String::as_str).eq(applied);
            if applied && failed.remaining == 0 {
                failed.report.applied.push(failed.settled());
                return Ok(failed.report);
            }
            failed.cause = if applied {
                ApplyError::CommitAnswerLost { error }
            } else {
                ApplyError::Commit { error }
            };
        }
        Err(Box::new(failed).into())
    }

    async fn change_open(
        &self,
        history: &History,
        open: &mut Open<'_>,
        intent: &Intent,
    ) -> Result<Report, Error> {
        let mut db = open.db();
        if db.in_transaction() {
            return Err(Error::InTransaction);
        }
        let (mut table, found) = self.look(&mut db).await?;
        if intent.plan(&history.map, &found.rows)?.steps.is_empty() && !found.journal {
            return Ok(Report::default());
        }
        if !db.lent()
            && let Some(setup) = table.dialect().session().setup
        {
            db.execute(setup).await?;
        }
        let lock = self.lock(&mut db, &table).await?;
        let changed = self.change_locked(history, &mut db, &mut table, intent).await;
        lock.release(&mut db).await;
        changed
    }

    /// Plans from what the database holds now, and does it. Where another program was faster, the rest is planned
    /// anew.
    async fn change_locked(
        &self,
        history: &History,
        db: &mut Db<'_>,
        table: &mut VersionTable,
        intent: &Intent,
    ) -> Result<Report, Error> {
        let mut done = Report::default();
        let mut waiting = None;
        loop {
            let (found, mut journal) = Journal::read_both(db, table).await?;
            let works = self.works(history, &found, intent, table.dialect())?;
            let resume = match self.resume(&journal, &works, intent, table.dialect()) {
                Ok(resume) => resume,
                Err(error) => {
                    if self.waits(&mut waiting, &error, table.dialect()).await {
                        continue;
                    }
                    return Err(Box::new(error).into());
                }
            };
            if works.is_empty() {
                if intent.is_stamp() {
                    journal.clear(db).await?;
                }
                drop(journal.drop_empty(db).await);
                return Ok(done);
            }
            self.tell_redundant(history, &found);
            let ran = self
                .run(db, table, found.exists, &works, &mut journal, resume)
                .await;
            let again = match &ran {
                Ok(_) => false,
                Err(error) => moved(db, table, error, &works, &journal).await,
            };
            // What cannot be dropped now, the next run drops.
            drop(journal.drop_empty(db).await);
            match ran {
                Ok(report) => {
                    done.applied.extend(report.applied);
                    return Ok(done);
                }
                Err(mut error) => {
                    done.applied.append(&mut error.report.applied);
                    if again {
                        continue;
                    }
                    let mut works = works.iter();
                    if let Some(work) = works.find(|work| work.step.revision == error.step.revision) {
                        error.existing =
                            existing(db, table.dialect(), work, &error.cause, &self.settings.arguments).await;
                    }
                    error.report = done;
                    return Err(Box::new(error).into());
                }
            }
        }
    }

    async fn run(
        &self,
        db: &mut Db<'_>,
        table: &VersionTable,
        exists: bool,
        works: &[Work],
        journal: &mut Journal,
        resume: Resume,
    ) -> Result<Report, RunError> {
        let observer = &*self.settings.observer;
        observer.event(&Event::Planned { steps: works.len() });
        // Where making a table commits, it is made before a transaction is opened.
        let exists = if exists || table.dialect().session().transactional_ddl {
            exists
        } else {
            let made = db.execute(&table.create()).await;
            made.map_err(|error| RunError::at(works, 0, Report::default(), error.into()))?;
            true
        };
        match self.settings.transaction {
            TransactionMode::PerMigration => {
                run(
                    works,
                    PerMigration::new(db.reborrow(), table.clone(), exists, journal, resume, observer),
                    observer,
                )
                .await
            }
            TransactionMode::Single => {
                let session = table.dialect().session();
                let failed = |error: DatabaseError| RunError::at(works, 0, Report::default(), error.into());
                let restore = set_up(db, session, works).await.map_err(failed)?;
                let ran = match db.begin(session.begin).await {
                    Ok(transaction) => {
                        let target = Single::new(transaction, table.clone(), exists, journal);
                        run(works, target, observer).await
                    }
                    Err(error) => Err(failed(error)),
                };
                match (ran, restore.give_back(db).await) {
                    (Ok(report), Ok(())) => Ok(report),
                    (Ok(report), Err(error)) => {
                        let last = works.len().saturating_sub(1);
                        Err(RunError::at(works, last, report, error.into()))
                    }
                    // Nothing of a single transaction stays when it fails.
                    (Err(error), _) => Err(RunError {
                        report: Report::default(),
                        ..error
                    }),
                }
            }
        }
    }

    /// The steps from what was found to what is wanted, recorded and compiled.
    fn works(
        &self,
        history: &History,
        found: &Found,
        intent: &Intent,
        dialect: &dyn Dialect,
    ) -> Result<Vec<Work>, Error> {
        let plan = intent.plan(&history.map, &found.rows)?;
        let too_long = found.too_long(&plan, &self.settings.table);
        if !too_long.is_empty() {
            return Err(Error::Prepare(too_long));
        }
        works(
            plan,
            dialect,
            history,
            &self.settings.arguments,
            self.settings.transaction,
        )
    }

    fn tell_redundant(&self, history: &History, found: &Found) {
        if let Ok(heads) = Heads::read(&history.map, &found.rows)
            && !heads.redundant().is_empty()
        {
            let rows = heads.redundant().to_vec();
            self.settings.observer.event(&Event::RedundantRows { rows });
        }
    }

    /// Looks at the version table without touching it.
    pub(super) async fn look(&self, db: &mut Db<'_>) -> Result<(VersionTable, Found), Error> {
        let mut table = self.settings.version_table(dialect_of(db.scheme())?);
        let found = table.read(db).await?;
        Ok((table, found))
    }

    pub(super) async fn lock(&self, db: &mut Db<'_>, table: &VersionTable) -> Result<RunLock, Error> {
        let waiting = |holder| self.settings.observer.event(&Event::LockWaiting { holder });
        Ok(RunLock::acquire(db, table, self.settings.lock_timeout, waiting).await?)
    }
}

/// Whether work failed because another program did it. Where the heads are not read again as a transaction begins,
/// that can be one which knows nothing of the run's lock, such as Alembic; its work is what ours then meets. Where they
/// are, that is the only lock, and between two transactions of a migration another run may have gone on with it.
async fn moved(
    db: &mut Db<'_>,
    table: &mut VersionTable,
    error: &RunError,
    works: &[Work],
    journal: &Journal,
) -> bool {
    let Some(work) = works.get(error.report.applied.len()) else {
        return false;
    };
    let session = table.dialect().session();
    if session.reads_heads_under_begin {
        let one_transaction = matches!(segments(work, session).as_slice(), [] | [Segment::Together(_)]);
        return error.cause.is_moved() || !one_transaction && overtaken(db, table, work, journal).await;
    }
    if !error.cause.leaves_nothing() {
        return error.cause.is_moved();
    }
    let rows = table.read_settled(db).await;
    rows.is_ok_and(|rows| rows != work.rows_before)
}

/// Whether another run wrote what this one does not know of: to the journal, or, when it was done with that, to the
/// version table.
async fn overtaken(db: &mut Db<'_>, table: &mut VersionTable, work: &Work, journal: &Journal) -> bool {
    let now = Journal::read_both(db, table).await;
    now.is_ok_and(|(found, now)| found.rows != work.rows_before || !now.says_the_same(journal))
}
