//! A backfill on a live connection: batch after batch, each a transaction in which the journal is told where it ends.
//!
//! What is cut off loses the batch that is under way, and nothing else. Where the opening of a transaction is the only
//! lock, two runs may walk at the same time: each batch begins where the journal says that the last one ended, whosesoever
//! that was.

use super::PerMigration;
use super::send::{opening, send, still_as_planned};
use crate::connection::{DatabaseError, DatabaseErrorKind, Db, FromValue, Value};
use crate::dialect::{Dialect, Statement, Unsupported, Walk};
use crate::operation::{Backfill, Place};
use crate::runtime::backfill::{Reached, course};
use crate::runtime::journal::Entry;
use crate::runtime::message::Envelope;
use crate::runtime::{Action, ApplyError, Event, Filled, Journal, NoWalk, Segment, State, Work};
use crate::schema::Expression;

/// A walk, and where the migration asks for it.
struct Course<'w> {
    walk: Walk<'w>,
    place: Place,
    dialect: &'static dyn Dialect,
}

impl PerMigration<'_> {
    /// A segment that is a backfill.
    pub(super) async fn batches(
        &mut self,
        work: &Work,
        segments: &[Segment],
        index: usize,
        action: usize,
    ) -> Result<(), ApplyError> {
        let (Some(Action::Backfill { backfill, place, .. }), Some(entry)) = (
            work.actions.get(action),
            Journal::entry(work, index + 1, segments),
        ) else {
            return Ok(());
        };
        let done = self.walk(work, backfill, *place, &entry).await;
        if let Err(error) = &done
            && !error.is_lost()
            && !error.is_moved()
            && self.journal.reached(entry.step).is_some()
        {
            // What was refused may be mended. The cause is what counts.
            drop(self.journal.end(&mut self.db, entry.step, State::Failed).await);
        }
        done
    }

    async fn walk(
        &mut self,
        work: &Work,
        backfill: &Backfill,
        place: Place,
        entry: &Entry,
    ) -> Result<(), ApplyError> {
        let dialect = self.table.dialect();
        let refused = |why| no_walk(backfill, place, why);
        let key = key(&mut self.db, dialect, backfill).await?.map_err(refused)?;
        let course = Course {
            walk: Walk { backfill, key: &key },
            place,
            dialect,
        };
        let mut reached = match self.journal.reached(entry.step) {
            Some(text) => course.read(text)?,
            None => course.begin(&mut self.db).await?,
        };
        if !dialect.session().transactional_ddl {
            self.journal.make(&mut self.db).await?;
        }
        let observer = self.observer;
        let tell = |filled: Filled| {
            let what = backfill.to_string();
            observer.event(&Event::Filled { what, filled });
        };
        tell(reached.filled);
        loop {
            let (next, last) = self.batch(work, &course, entry, reached).await?;
            tell(next.filled);
            if last {
                return Ok(());
            }
            reached = next;
        }
    }

    /// One batch; whether it was the last.
    async fn batch(
        &mut self,
        work: &Work,
        course: &Course<'_>,
        entry: &Entry,
        reached: Reached,
    ) -> Result<(Reached, bool), ApplyError> {
        let session = course.dialect.session();
        let mut transaction = self.db.begin(session.begin).await?;
        let sent = async {
            let mut db = transaction.db();
            let mut reached = reached;
            if session.reads_heads_under_begin {
                self.exists = still_as_planned(&mut db, &mut self.table, work).await?;
                self.journal.reread(&mut db).await?;
                match self.journal.state(entry.step) {
                    Some(State::Done) => return Err(ApplyError::Moved),
                    Some(State::Started | State::Failed) => {
                        if let Some(text) = self.journal.reached(entry.step) {
                            reached = course.read(text)?;
                        }
                    }
                    None if reached.key.is_some() => return Err(ApplyError::Moved),
                    None => {}
                }
            }
            let (statement, next) = course.next(&mut db, &reached).await?;
            let state = if next.key.is_some() {
                State::Started
            } else {
                State::Done
            };
            let entry = Entry {
                reached: Some(next.written()),
                ..entry.clone()
            };
            let create = self.journal.create().into_iter();
            let notes: Vec<String> = create.chain(self.journal.put(&entry, state)).collect();
            let part = Work {
                actions: vec![Action::Statement {
                    single: course.dialect.is_single(&statement.sql),
                    statement,
                    place: course.place,
                }],
                ..work.part(0..0, false)
            };
            let opening = opening(&self.table, self.exists);
            let envelope = Envelope {
                opening: &opening,
                notes: &notes,
                closing: None,
            };
            send(&mut db, &self.table, &part, &envelope).await?;
            Ok((entry, state, next))
        };
        let (entry, state, next) = match sent.await {
            Ok(sent) => sent,
            Err(error) => {
                // The cause is what counts; a rollback that fails leaves a transaction that ends with its session.
                drop(transaction.rollback().await);
                return Err(error);
            }
        };
        // Where its answer is lost, the journal knows.
        transaction.commit().await?;
        self.exists = true;
        self.journal.remember(entry, state);
        Ok((next, state == State::Done))
    }
}

impl Course<'_> {
    /// What the journal says.
    fn read(&self, text: &str) -> Result<Reached, ApplyError> {
        let reached = Reached::read(text).filter(|reached| {
            let key = reached.key.as_ref();
            reached.course == course(self.walk) && key.is_none_or(|key| key.len() == self.walk.key.len())
        });
        reached.ok_or_else(|| self.refused(NoWalk::Changed))
    }

    /// Counts the rows, and looks whether each has a key.
    async fn begin(&self, db: &mut Db<'_>) -> Result<Reached, ApplyError> {
        let rows = self.ask(db, self.walk.count(self.dialect)).await?;
        let counts = rows.into_iter().next().unwrap_or_default();
        let counts = counts.iter().map(|count| {
            let count = i64::from_value(count).and_then(|count| u64::try_from(count).ok());
            count.unwrap_or_default()
        });
        let counts: Vec<u64> = counts.collect();
        let of = counts.first().copied().unwrap_or_default();
        let keys = self.walk.key.iter().zip(counts.iter().skip(1));
        for (column, count) in keys {
            if *count != of {
                let column = column.clone();
                return Err(self.refused(NoWalk::Null { column }));
            }
        }
        Ok(Reached {
            course: course(self.walk),
            filled: Filled { rows: 0, of },
            key: None,
        })
    }

    /// The statement of the next batch, and where the walk stands after it: at no key where it was the last.
    async fn next(&self, db: &mut Db<'_>, reached: &Reached) -> Result<(Statement, Reached), ApplyError> {
        let after = reached.key.as_deref();
        let batch = self.walk.backfill.batch;
        // They were counted just now.
        let fits = after.is_none() && reached.filled.of <= u64::from(batch);
        let end = if fits { None } else { self.end(db, after).await? };
        if after.is_some() && end.as_deref() == after {
            return Err(self.refused(NoWalk::Stands));
        }
        let statement = self.walk.batch(self.dialect, after, end.as_deref());
        let filled = match end {
            Some(_) => reached.filled.and(batch),
            None => reached.filled.whole(),
        };
        let next = Reached {
            course: reached.course.clone(),
            filled,
            key: end,
        };
        Ok((self.possible(statement)?, next))
    }

    /// The key at which the next batch ends; none where all that is left is one.
    async fn end(
        &self,
        db: &mut Db<'_>,
        after: Option<&[Expression]>,
    ) -> Result<Option<Vec<Expression>>, ApplyError> {
        let rows = self.ask(db, self.walk.end(self.dialect, after)).await?;
        let Some(row) = rows.into_iter().next() else {
            return Ok(None);
        };
        let values = row.into_iter().zip(self.walk.key).map(|(value, column)| {
            let null = || {
                self.refused(NoWalk::Null {
                    column: column.clone(),
                })
            };
            expression(value).ok_or_else(null)
        });
        values.collect::<Result<_, _>>().map(Some)
    }

    async fn ask(
        &self,
        db: &mut Db<'_>,
        query: Result<Statement, Unsupported>,
    ) -> Result<Vec<Vec<Value>>, ApplyError> {
        let query = self.possible(query)?;
        let rows = db.fetch_all(&query.sql).await;
        let rows = rows.map_err(|error| match error.kind {
            DatabaseErrorKind::Connection => ApplyError::Database(error),
            DatabaseErrorKind::Busy | DatabaseErrorKind::Statement => ApplyError::Statement {
                place: self.place,
                statement: query.sql,
                error,
            },
        })?;
        Ok(rows.iter().map(|row| row.values().to_vec()).collect())
    }

    fn possible<T>(&self, written: Result<T, Unsupported>) -> Result<T, ApplyError> {
        let place = self.place;
        written.map_err(|unsupported| ApplyError::Unsupported { place, unsupported })
    }

    fn refused(&self, why: NoWalk) -> ApplyError {
        no_walk(self.walk.backfill, self.place, why)
    }
}

fn no_walk(backfill: &Backfill, place: Place, why: NoWalk) -> ApplyError {
    ApplyError::Walk {
        place,
        what: backfill.to_string(),
        why,
    }
}

/// A value of a key as it is written again; none for `NULL`.
fn expression(value: Value) -> Option<Expression> {
    match value {
        Value::Null => None,
        Value::Bool(value) => Some(value.into()),
        Value::Integer(value) => Some(value.into()),
        Value::Real(value) => Some(value.into()),
        Value::Text(text) => Some(Expression::Text(text)),
        Value::Bytes(bytes) => Some(Expression::Bytes(bytes)),
    }
}

/// The columns of the key, as the database knows them. Of a table that is not there it says so itself, when its rows are
/// counted.
async fn key(
    db: &mut Db<'_>,
    dialect: &dyn Dialect,
    backfill: &Backfill,
) -> Result<Result<Vec<String>, NoWalk>, DatabaseError> {
    let rows = db.fetch_all(&dialect.key_columns(&backfill.table)).await?;
    let columns = rows.iter().filter_map(|row| match row.values() {
        [Value::Text(name), place, unsorted] => Some(Known {
            name: name.clone(),
            place: i64::from_value(place),
            unsorted: bool::from_value(unsorted).unwrap_or(false),
        }),
        _ => None,
    });
    Ok(along(backfill, &columns.collect::<Vec<_>>()))
}

/// A column that the table has.
struct Known {
    name: String,
    /// Its place in the primary key.
    place: Option<i64>,
    unsorted: bool,
}

fn along(backfill: &Backfill, columns: &[Known]) -> Result<Vec<String>, NoWalk> {
    let mut key: Vec<&Known> = Vec::new();
    if backfill.by.is_empty() {
        key.extend(columns.iter().filter(|column| column.place.is_some()));
        key.sort_by_key(|column| column.place);
        if key.is_empty() && !columns.is_empty() {
            return Err(NoWalk::NoKey);
        }
    } else if columns.is_empty() {
        return Ok(backfill.by.clone());
    }
    for name in &backfill.by {
        // Whether case counts, the database knows.
        let mut same = columns.iter();
        let found = same.find(|column| column.name.eq_ignore_ascii_case(name));
        key.push(found.ok_or_else(|| NoWalk::NoColumn { column: name.clone() })?);
    }
    for column in &key {
        let filled = |(name, _): &(String, Expression)| name.eq_ignore_ascii_case(&column.name);
        let column = column.name.clone();
        if backfill.set.iter().any(filled) {
            return Err(NoWalk::FillsKey { column });
        }
    }
    if let Some(column) = key.iter().find(|column| column.unsorted) {
        let column = column.name.clone();
        return Err(NoWalk::Unsorted { column });
    }
    if backfill.by.is_empty() {
        Ok(key.into_iter().map(|column| column.name.clone()).collect())
    } else {
        Ok(backfill.by.clone())
    }
}
