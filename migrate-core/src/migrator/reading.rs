//! The calls that read what a database holds.

use super::Migrator;
use super::planning::dialect_of;
use crate::connection::{Database, Opened};
use crate::dialect::{Dialect, Reading, Scope};
use crate::error::Error;
use crate::runtime::reflect;

impl Migrator {
    /// What the database holds, the version table included, as far as the model can say it; the rest is in the notes. It
    /// is asked once, however much that is. Nothing is written; a SQLite file that does not exist holds nothing.
    ///
    /// # Errors
    /// [`Error`] when it cannot be read.
    pub async fn reflect(&self, database: impl Into<Database<'_>>, scope: &Scope) -> Result<Reading, Error> {
        let Opened::Live(mut open) = self.open(database, false).await? else {
            return Ok(Reading::default());
        };
        let mut db = open.db();
        let dialect = dialect_of(db.scheme())?;
        let read = reflect(&mut db, dialect, scope).await;
        open.close().await;
        Ok(read?)
    }

    /// What the database holds besides the tables of this tool.
    pub(crate) async fn application(
        &self,
        database: Database<'_>,
        dialect: &'static dyn Dialect,
        scope: &Scope,
    ) -> Result<Reading, Error> {
        let mut reading = self.reflect(database, scope).await?;
        let own = self.settings.version_table(dialect);
        let held = &mut reading.metadata;
        held.tables.retain(|name, _| !own.is_own(&name.name));
        held.indexes.retain(|(table, _), _| !own.is_own(&table.name));
        Ok(reading)
    }
}
