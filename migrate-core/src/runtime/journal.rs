//! The journal: how far a migration of more than one transaction got. The only place that writes SQL about its table.
//!
//! The table stands beside the version table, is made when a migration first needs it, and is gone at the end of a run
//! that left nothing half done: Alembic's autogenerate would propose to drop it. It is never told to the version table,
//! whose rows are Alembic's. What its rows mean to the next run is decided in [`resume`](mod@super::resume).

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use crate::connection::{DatabaseError, Db, Row, Value};
use crate::operation::Backfill;
use crate::runtime::backfill::Reached;
use crate::runtime::hash::fnv1a;
use crate::runtime::{Action, ApplyError, Filled, Found, Segment, VersionTable, Work};

/// How far a step got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// It was begun. Unless its run still lives, nobody knows what became of it.
    Started,
    /// It is committed.
    Done,
    /// The database refused it.
    Failed,
}

impl State {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

/// One step of a migration that is half done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The migration's revision.
    pub(crate) revision: String,
    /// `upgrade` or `downgrade`.
    pub(crate) direction: String,
    /// Which step it is, from 1.
    pub(crate) step: usize,
    /// How many there are.
    pub(crate) steps: usize,
    /// What it does, as [`mark`].
    pub(crate) hash: String,
    /// How far it got.
    pub(crate) state: State,
    /// Where the migration asks for it.
    pub(crate) place: String,
    /// The statement, or what else it is, where it stands alone; cut off where it is long.
    pub(crate) statement: String,
    /// When it was begun, by the database's clock.
    pub(crate) started_at: String,
    /// By whom.
    pub(crate) who: String,
    /// How far a backfill is, as [`Reached`](super::backfill::Reached) writes it.
    pub(crate) reached: Option<String>,
}

impl Entry {
    /// How much of it is filled, where it is a backfill.
    pub(crate) fn filled(&self) -> Option<Filled> {
        Some(Reached::read(self.reached.as_deref()?)?.filled)
    }
}

/// What tells a step from one that does something else.
pub(crate) fn mark(actions: &[Action]) -> String {
    let text = |action: &Action| match action {
        Action::Statement { .. } => action.subject(),
        Action::Alter(alter) => format!("{} {:?}", action.subject(), alter.operations()),
        // How large a batch is does not matter.
        Action::Backfill { backfill, .. } => {
            let Backfill { set, filter, by, .. } = backfill;
            format!("{} {:?}", action.subject(), (set, filter, by))
        }
        Action::Run { script, .. } => format!("{} {script:?}", action.subject()),
    };
    let texts: Vec<String> = actions.iter().map(text).collect();
    format!("{:016x}", fnv1a(&texts.join("\0")))
}

/// The journal of one version table, and what it holds.
#[derive(Debug, Clone)]
pub(crate) struct Journal {
    table: VersionTable,
    exists: bool,
    /// Tells this run from others.
    run: String,
    /// Its rows, by their steps.
    pub(crate) entries: Vec<Entry>,
}

const COLUMNS: [&str; 11] = [
    "revision",
    "direction",
    "step",
    "steps",
    "hash",
    "state",
    "place",
    "statement",
    "started_at",
    "who",
    "reached",
];

impl Journal {
    /// Reads the journal; nothing is asked where [`Found`] says that there is none. Where a run has no lock but its
    /// transactions, another one may drop it meanwhile.
    pub(crate) async fn read(
        db: &mut Db<'_>,
        table: &VersionTable,
        exists: bool,
    ) -> Result<Self, DatabaseError> {
        let mut journal = Self {
            table: table.clone(),
            exists,
            run: format!("run {:016x}", RandomState::new().build_hasher().finish()),
            entries: Vec::new(),
        };
        if exists {
            let rows = match db.fetch_all(&journal.select()).await {
                Ok(rows) => rows,
                Err(error) => {
                    journal.exists = table.clone().read(db).await?.journal;
                    if journal.exists {
                        return Err(error);
                    }
                    Vec::new()
                }
            };
            journal.entries = rows.iter().filter_map(entry).collect();
        }
        Ok(journal)
    }

    /// Reads both tables as they are at one moment.
    pub(crate) async fn read_both(
        db: &mut Db<'_>,
        table: &mut VersionTable,
    ) -> Result<(Found, Self), DatabaseError> {
        let session = table.dialect().session();
        let found = table.read(db).await?;
        if !found.journal || !session.reads_heads_under_begin {
            let journal = Self::read(db, table, found.journal).await?;
            return Ok((found, journal));
        }
        let mut transaction = db.begin(session.begin).await?;
        let found = table.read(&mut transaction.db()).await?;
        let journal = Self::read(&mut transaction.db(), table, found.journal).await?;
        transaction.rollback().await?;
        Ok((found, journal))
    }

    /// Reads it once more: another run may have written to it.
    pub(crate) async fn reread(&mut self, db: &mut Db<'_>) -> Result<(), DatabaseError> {
        let exists = self.table.clone().read(db).await?.journal;
        let Self { exists, entries, .. } = Self::read(db, &self.table, exists).await?;
        (self.exists, self.entries) = (exists, entries);
        Ok(())
    }

    /// The state of a step.
    pub(crate) fn state(&self, step: usize) -> Option<State> {
        self.entry_of(step).map(|entry| entry.state)
    }

    /// How far a step is that is a backfill.
    pub(crate) fn reached(&self, step: usize) -> Option<&str> {
        self.entry_of(step)?.reached.as_deref()
    }

    /// How much of it a backfill has filled.
    pub(crate) fn filled(&self, step: usize) -> Option<Filled> {
        self.entry_of(step)?.filled()
    }

    fn entry_of(&self, step: usize) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.step == step)
    }

    fn quoted(&self) -> String {
        self.table.journal()
    }

    fn select(&self) -> String {
        format!(
            "SELECT {} FROM {} ORDER BY step",
            COLUMNS.join(", "),
            self.quoted()
        )
    }

    /// What makes the table, where it is not there.
    pub(crate) fn create(&self) -> Option<String> {
        let session = self.table.dialect().session();
        let sql = format!(
            "CREATE TABLE IF NOT EXISTS {} (\n    revision VARCHAR(32) NOT NULL,\n    direction VARCHAR(16) NOT NULL,\n    \
             step INTEGER NOT NULL,\n    steps INTEGER NOT NULL,\n    hash VARCHAR(16) NOT NULL,\n    \
             state VARCHAR(16) NOT NULL,\n    place VARCHAR(1000) NOT NULL,\n    \
             statement VARCHAR(1000) NOT NULL,\n    started_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,\n    who VARCHAR(100) NOT NULL,\n    \
             reached TEXT,\n    \
             PRIMARY KEY (step)\n){}{}",
            self.quoted(),
            session.table_options,
            session.any_text
        );
        (!self.exists).then_some(sql)
    }

    /// The step of a migration that this segment is.
    pub(crate) fn entry(work: &Work, step: usize, segments: &[Segment]) -> Option<Entry> {
        let segment = segments.get(step.checked_sub(1)?)?;
        let actions = work.actions.get(segment.range())?;
        let first = actions.first();
        let place = first.map(|action| action.place().to_string());
        let statement = match segment {
            Segment::Together(_) => None,
            Segment::Alone(_) | Segment::Batches(_) => first.map(Action::subject),
        };
        let beginning = |text: Option<String>| text.unwrap_or_default().chars().take(1000).collect();
        Some(Entry {
            revision: work.step.revision.as_ref()?.to_string(),
            direction: work.step.direction.as_str().into(),
            step,
            steps: segments.len(),
            hash: mark(actions),
            state: State::Started,
            place: beginning(place),
            statement: beginning(statement),
            started_at: String::new(),
            who: String::new(),
            reached: None,
        })
    }

    /// What writes a step in this state, in the place of what was known of it.
    pub(crate) fn put(&self, entry: &Entry, state: State) -> Vec<String> {
        let literal = |text: &str| self.table.dialect().literal(text);
        let table = self.quoted();
        let known = self.entries.iter().any(|other| other.step == entry.step);
        let forget = known.then(|| format!("DELETE FROM {table} WHERE step = {}", entry.step));
        let insert = format!(
            "INSERT INTO {table} (revision, direction, step, steps, hash, state, place, statement, who, reached) \
             VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {})",
            literal(&entry.revision),
            literal(&entry.direction),
            entry.step,
            entry.steps,
            literal(&entry.hash),
            literal(state.as_str()),
            literal(&entry.place),
            literal(&entry.statement),
            literal(&self.run),
            entry
                .reached
                .as_deref()
                .map_or_else(|| "NULL".to_owned(), literal),
        );
        forget.into_iter().chain([insert]).collect()
    }

    /// What a transaction says of itself within itself: that it is done.
    pub(crate) fn done_with(&self, entry: &Entry) -> Vec<String> {
        self.put(entry, State::Done)
    }

    /// What takes all rows out, where there are any.
    pub(crate) fn cleared(&self) -> Vec<String> {
        let clear = (!self.entries.is_empty()).then(|| format!("DELETE FROM {}", self.quoted()));
        clear.into_iter().collect()
    }

    /// A transaction did so: [`done_with`](Self::done_with) or [`cleared`](Self::cleared) is committed.
    pub(crate) fn committed(&mut self, done: Option<Entry>) {
        match done {
            Some(entry) => self.remember(entry, State::Done),
            None => self.entries.clear(),
        }
    }

    /// Such a row is committed.
    pub(crate) fn remember(&mut self, entry: Entry, state: State) {
        self.exists = true;
        self.entries.retain(|other| other.step != entry.step);
        let who = self.run.clone();
        self.entries.push(Entry { state, who, ..entry });
    }

    /// Makes the table, where it is not there, in a transaction of its own.
    pub(crate) async fn make(&mut self, db: &mut Db<'_>) -> Result<(), DatabaseError> {
        if let Some(create) = self.create() {
            db.execute(&create).await?;
            self.exists = true;
        }
        Ok(())
    }

    /// Says that a step begins, which no transaction can tell of. Where the heads are read again as a transaction begins,
    /// they are here.
    pub(crate) async fn begin(
        &mut self,
        db: &mut Db<'_>,
        work: &Work,
        entry: &Entry,
    ) -> Result<(), ApplyError> {
        let rows = self.put(entry, State::Started);
        let session = self.table.dialect().session();
        if self.exists && !session.reads_heads_under_begin {
            db.execute(&self.message(&rows)).await?;
        } else {
            // Together: another run may drop the table as long as it is empty.
            let mut transaction = db.begin(session.begin).await?;
            if session.reads_heads_under_begin
                && self.table.clone().read(&mut transaction.db()).await?.rows != work.rows_before
            {
                return Err(ApplyError::Moved);
            }
            for sql in self.create().iter().chain(&rows) {
                transaction.db().execute(sql).await?;
            }
            transaction.commit().await?;
        }
        self.remember(entry.clone(), State::Started);
        Ok(())
    }

    /// Says what became of a step that was begun.
    pub(crate) async fn end(
        &mut self,
        db: &mut Db<'_>,
        step: usize,
        state: State,
    ) -> Result<(), DatabaseError> {
        let sql = format!(
            "UPDATE {} SET state = {} WHERE step = {step}",
            self.quoted(),
            self.table.dialect().literal(state.as_str())
        );
        db.execute(&sql).await?;
        for entry in &mut self.entries {
            if entry.step == step {
                entry.state = state;
            }
        }
        Ok(())
    }

    /// Takes all rows out.
    pub(crate) async fn clear(&mut self, db: &mut Db<'_>) -> Result<(), DatabaseError> {
        for sql in self.cleared() {
            db.execute(&sql).await?;
        }
        self.entries.clear();
        Ok(())
    }

    /// Drops the table when nothing is half done. Where the run's lock is no more than its transactions, another run may
    /// have written to it.
    pub(crate) async fn drop_empty(&mut self, db: &mut Db<'_>) -> Result<(), DatabaseError> {
        if !self.exists || !self.entries.is_empty() {
            return Ok(());
        }
        let mut transaction = db.begin(self.table.dialect().session().begin).await?;
        let rows = transaction.db().fetch_all(&self.select()).await?;
        if rows.is_empty() {
            let sql = format!("DROP TABLE {}", self.quoted());
            transaction.db().execute(&sql).await?;
        }
        transaction.commit().await?;
        self.exists = !rows.is_empty();
        Ok(())
    }

    /// Whether another reading of it found the same steps, in the same states.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        let said = |entry: &Entry| {
            let Entry {
                revision,
                direction,
                step,
                hash,
                state,
                who,
                reached,
                ..
            } = entry.clone();
            (revision, direction, step, hash, state, who, reached)
        };
        self.entries.iter().map(said).eq(other.entries.iter().map(said))
    }

    fn message(&self, statements: &[String]) -> String {
        let statements = statements.iter().map(|sql| self.table.dialect().terminated(sql));
        statements.collect::<Vec<_>>().join("\n")
    }
}

/// A row of the table; none where somebody wrote something else into it.
fn entry(row: &Row) -> Option<Entry> {
    let text = |index: usize| row.values().get(index).map(ToString::to_string);
    let number = |index: usize| match row.values().get(index) {
        Some(Value::Integer(number)) => usize::try_from(*number).ok(),
        Some(Value::Null | Value::Bool(_) | Value::Real(_) | Value::Text(_) | Value::Bytes(_)) | None => None,
    };
    let state = text(5)?;
    let states = [State::Started, State::Done, State::Failed];
    Some(Entry {
        revision: text(0)?,
        direction: text(1)?,
        step: number(2)?,
        steps: number(3)?,
        hash: text(4)?,
        // What cannot be read is in doubt.
        state: states
            .into_iter()
            .find(|known| known.as_str() == state)
            .unwrap_or(State::Started),
        place: text(6)?,
        statement: text(7)?,
        started_at: text(8)?,
        who: text(9)?,
        reached: match row.values().get(10) {
            Some(Value::Text(text)) => Some(text.clone()),
            Some(Value::Null | Value::Bool(_) | Value::Integer(_) | Value::Real(_) | Value::Bytes(_))
            | None => None,
        },
    })
}
