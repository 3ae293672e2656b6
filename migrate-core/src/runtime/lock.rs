//! The lock of a run: one upgrade, downgrade or stamp of a database at a time.
//!
//! Waiting is polling. A session that blocks in `pg_advisory_lock` holds a snapshot, for which `CREATE INDEX
//! CONCURRENTLY` of the run that has the lock waits in turn: a deadlock. Where a database locks as it opens a
//! transaction (SQLite), there is no such lock and nothing to do here. Some locks are the whole server's (MySQL): the key
//! has the schema in it.

use std::time::{Duration, Instant};

use crate::connection::{DatabaseError, DatabaseErrorKind, Db, FromValue, Value};
use crate::dialect::AdvisoryLock;
use crate::runtime::VersionTable;
use crate::runtime::hash::fnv1a;

/// Between two polls: short at first, for a run that has just ended, and never longer than this.
const LONGEST_PAUSE: Duration = Duration::from_millis(500);
const FIRST_PAUSE: Duration = Duration::from_millis(25);

/// Who holds the lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockHolder {
    /// What the database tells of that session, in its own words.
    pub description: String,
}

/// Why the lock was not to be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LockError {
    /// Another run held it for the whole time.
    #[error("another run holds the lock and did not finish within {}s{}", waited.as_secs_f32().round(), held_by(holder.as_ref()))]
    Timeout {
        /// How long this run waited.
        waited: Duration,
        /// Who holds it, as far as the database tells.
        holder: Option<LockHolder>,
    },
    /// The database did not answer.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

fn held_by(holder: Option<&LockHolder>) -> String {
    holder
        .map(|holder| format!(": {}", holder.description))
        .unwrap_or_default()
}

/// The lock, held. It ends with [`release`](Self::release) or with its session, whichever comes first.
#[derive(Debug)]
pub(crate) struct RunLock {
    statements: Option<AdvisoryLock>,
}

impl RunLock {
    /// Takes the lock, and tells once when it has to wait for it.
    pub(crate) async fn acquire(
        db: &mut Db<'_>,
        table: &VersionTable,
        timeout: Duration,
        mut waiting: impl FnMut(Option<LockHolder>),
    ) -> Result<Self, LockError> {
        let Some(statements) = table.dialect().advisory_lock(key(&table.lock_name())) else {
            return Ok(Self { statements: None });
        };
        let started = Instant::now();
        let mut pause = FIRST_PAUSE;
        let mut told = false;
        loop {
            if answered_yes(db, &statements.try_lock).await? {
                return Ok(Self {
                    statements: Some(statements),
                });
            }
            if started.elapsed() >= timeout {
                let holder = holder(db, &statements).await?;
                return Err(LockError::Timeout {
                    waited: started.elapsed(),
                    holder,
                });
            }
            if !told {
                waiting(holder(db, &statements).await?);
                told = true;
            }
            tokio::time::sleep(pause.min(timeout.saturating_sub(started.elapsed()))).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Gives the lock back. An error here is of no consequence to what was done: the session ends next, and the
    /// lock with it.
    pub(crate) async fn release(self, db: &mut Db<'_>) {
        if let Some(statements) = &self.statements {
            drop(answered_yes(db, &statements.unlock).await);
        }
    }
}

async fn answered_yes(db: &mut Db<'_>, sql: &str) -> Result<bool, DatabaseError> {
    let rows = db.fetch_all(sql).await?;
    match rows.first().and_then(|row| row.values().first()) {
        None | Some(Value::Null) => Err(DatabaseError::plain(
            DatabaseErrorKind::Statement,
            "the database could not handle the lock of the run",
        )),
        Some(value) => Ok(bool::from_value(value) == Some(true)),
    }
}

async fn holder(db: &mut Db<'_>, statements: &AdvisoryLock) -> Result<Option<LockHolder>, DatabaseError> {
    let rows = db.fetch_all(&statements.holder).await?;
    Ok(rows
        .first()
        .and_then(|row| row.values().first())
        .map(|value| LockHolder {
            description: value.to_string(),
        }))
}

/// The key space is one database's own.
fn key(name: &str) -> i64 {
    fnv1a(&format!("migrate-core\0{name}")).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_tables_of_two_schemas_have_two_keys() {
        assert_ne!(key("a\0alembic_version"), key("b\0alembic_version"));
        assert_eq!(key("\0alembic_version"), key("\0alembic_version"));
    }
}
