//! The calls that write a script, and connect to nothing but a database in memory.

use migrate_graph::Heads;

use super::planning::{Intent, dialect_of, works};
use super::{Migrator, TransactionMode};
use crate::connection::scheme_of;
use crate::error::{Error, ScriptError};
use crate::runtime::{Event, Script, Wrap, run};

impl Migrator {
    /// The SQL of an upgrade from these heads, for a database named by its URL, or by `postgres`, `mysql` or `sqlite`.
    ///
    /// # Errors
    /// [`Error`]: as an upgrade, and when a data step has no SQL form.
    pub async fn script_upgrade(&self, database: &str, from: &Heads, target: &str) -> Result<String, Error> {
        self.script(database, from, &Intent::upgrade(target)?).await
    }

    /// The SQL of a downgrade from these heads.
    ///
    /// # Errors
    /// As [`script_upgrade`](Self::script_upgrade).
    pub async fn script_downgrade(
        &self,
        database: &str,
        from: &Heads,
        target: &str,
    ) -> Result<String, Error> {
        self.script(database, from, &Intent::downgrade(target)?).await
    }

    /// The SQL of a stamp from these heads.
    ///
    /// # Errors
    /// As [`script_upgrade`](Self::script_upgrade).
    pub async fn script_stamp(
        &self,
        database: &str,
        from: &Heads,
        targets: &[&str],
    ) -> Result<String, Error> {
        self.script(database, from, &Intent::stamp(targets)?).await
    }

    /// The SQL that makes the version table.
    ///
    /// # Errors
    /// [`Error`] when the database is not known, or its client cannot be given the table's name.
    pub fn script_ensure_version(&self, database: &str) -> Result<String, Error> {
        let dialect = dialect_of(named(database))?;
        let mut out = String::new();
        Script::new(&mut out, self.settings.version_table(dialect), false, Wrap::Each)
            .ensure_table()
            .map_err(|unsupported| ScriptError {
                revision: None,
                cause: unsupported.into(),
            })?;
        Ok(out)
    }

    async fn script(&self, database: &str, from: &Heads, intent: &Intent) -> Result<String, Error> {
        let dialect = dialect_of(named(database))?;
        let history = self.history()?;
        let rows: Vec<String> = from.rows().iter().map(ToString::to_string).collect();
        let plan = intent.plan(&history.map, &rows)?;
        let works = works(
            plan,
            dialect,
            history,
            &self.settings.arguments,
            self.settings.transaction,
        )?;
        let wrap = match self.settings.transaction {
            TransactionMode::PerMigration => Wrap::Each,
            TransactionMode::Single => Wrap::All,
        };
        let mut out = String::new();
        let table = self.settings.version_table(dialect);
        let mut opened = self.twin(dialect, &works).await;
        let mut script = Script::new(&mut out, table, !rows.is_empty(), wrap);
        match &mut opened {
            Some(Ok(open)) => {
                let twin = self.replayed(open.db(), dialect, history, &rows).await?;
                script = script.asking(Ok(twin));
            }
            Some(Err(error)) => script = script.asking(Err(error.clone())),
            None => {}
        }
        let silent = |_: &Event| {};
        run(&works, script, &silent).await.map_err(|error| ScriptError {
            revision: error.step.revision.map(|revision| revision.to_string()),
            cause: error.cause,
        })?;
        Ok(out)
    }
}

/// A database is named by its URL or by its scheme alone.
fn named(database: &str) -> &str {
    if database.contains(':') {
        scheme_of(database)
    } else {
        database
    }
}
