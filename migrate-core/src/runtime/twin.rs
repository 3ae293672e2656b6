//! A database in memory that goes the way of the one which a script is for: it tells what a table is, for alterations
//! that cannot be written without it.
//!
//! It holds no rows. Statements about rows are left out, and so are data steps, but for the SQL form of one.

use crate::connection::{DatabaseError, Db, FromValue};
use crate::dialect::Dialect;
use crate::operation::Place;
use crate::runtime::alteration::present;
use crate::runtime::{Action, Alter, ApplyError, Work};

/// The database, as far as it has come.
#[derive(Debug)]
pub(crate) struct Twin<'c> {
    db: Db<'c>,
    dialect: &'static dyn Dialect,
    restore: Vec<String>,
}

impl<'c> Twin<'c> {
    /// A twin of a database that holds nothing.
    ///
    /// # Errors
    /// What the database answers.
    pub(crate) async fn new(mut db: Db<'c>, dialect: &'static dyn Dialect) -> Result<Self, DatabaseError> {
        let mut restore = Vec::new();
        if let Some(alteration) = &dialect.session().alteration {
            let rows = db.fetch_all(alteration.restore).await?;
            let text = rows
                .first()
                .and_then(|row| String::from_value(row.values().first()?));
            let text = text.unwrap_or_default();
            restore.extend(
                dialect
                    .split(&text)
                    .unwrap_or_default()
                    .into_iter()
                    .map(str::to_owned),
            );
        }
        Ok(Self { db, dialect, restore })
    }

    /// The statements that give a session back what an alteration takes: this database's is as any other of ours, and
    /// as a script's.
    pub(crate) fn restore(&self) -> &[String] {
        &self.restore
    }

    /// Does what a migration did before the script begins.
    ///
    /// # Errors
    /// [`ApplyError::Replay`].
    pub(crate) async fn replay(&mut self, work: &Work) -> Result<(), ApplyError> {
        for action in &work.actions {
            let done = match action {
                Action::Alter(alter) => self.alter(alter).await.map(drop),
                Action::Statement { .. } | Action::Backfill { .. } | Action::Run { .. } => {
                    self.follow(action).await
                }
            };
            done.map_err(ApplyError::in_replay)?;
        }
        Ok(())
    }

    /// Does what was written into the script, unless it is about rows.
    ///
    /// # Errors
    /// [`ApplyError::Replay`].
    pub(crate) async fn follow(&mut self, action: &Action) -> Result<(), ApplyError> {
        let (sql, place) = match action {
            Action::Statement { statement, place, .. } => (&statement.sql, *place),
            Action::Run {
                script: Some(sql),
                place,
                ..
            } => (sql, *place),
            Action::Backfill { .. } | Action::Run { script: None, .. } | Action::Alter(_) => return Ok(()),
        };
        let statements = self.dialect.split(sql).unwrap_or_else(|| vec![sql.as_str()]);
        for statement in statements {
            if !self.dialect.is_about_rows(statement) {
                self.send(statement, place).await?;
            }
        }
        Ok(())
    }

    /// Alters a table, and gives the statements that do so to a database where it is the same table, after those that
    /// make sure of that.
    ///
    /// # Errors
    /// [`ApplyError::Unsupported`] as in a live run, [`ApplyError::Replay`].
    pub(crate) async fn alter(&mut self, alter: &Alter) -> Result<Vec<String>, ApplyError> {
        let present = present(&mut self.db, self.dialect, &alter.table).await?;
        let altered = alter.statements(self.dialect, &present)?;
        if let Some(alteration) = &self.dialect.session().alteration {
            self.send(alteration.prepare, alter.place).await?;
        }
        for statement in &altered {
            self.send(&statement.sql, alter.place).await?;
        }
        let mut statements = self.dialect.guard_table(&alter.table, &present);
        statements.extend(altered.into_iter().map(|statement| statement.sql));
        Ok(statements)
    }

    async fn send(&mut self, sql: &str, place: Place) -> Result<(), ApplyError> {
        let sent = self.db.send(sql).await;
        sent.map(drop).map_err(|failure| {
            let statement = ApplyError::Statement {
                place,
                statement: sql.to_owned(),
                error: failure.error,
            };
            statement.in_replay()
        })
    }
}
