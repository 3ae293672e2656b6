//! The calls that read what a database holds.

use super::Migrator;
use super::planning::dialect_of;
use crate::connection::{Database, Db, Opened};
use crate::dialect::{Dialect, Reading, Scope};
use crate::error::Error;
use crate::runtime::{ReflectError, reflect};

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

    /// What the database holds besides the tables of this tool, in the schema that is looked in first and in these others.
    pub(crate) async fn application(
        &self,
        database: Database<'_>,
        schemas: &[String],
    ) -> Result<Reading, Error> {
        let Opened::Live(mut open) = self.open(database, false).await? else {
            return Ok(Reading::default());
        };
        let mut db = open.db();
        let dialect = dialect_of(db.scheme())?;
        let read = held(&mut db, dialect, schemas.to_vec()).await;
        open.close().await;
        Ok(self.without_own(read?, dialect))
    }

    /// What was read, without the tables of this tool.
    pub(super) fn without_own(&self, mut reading: Reading, dialect: &'static dyn Dialect) -> Reading {
        let own = self.settings.version_table(dialect);
        let held = &mut reading.metadata;
        held.tables.retain(|name, _| !own.is_own(&name.name));
        held.indexes.retain(|(table, _), _| !own.is_own(&table.name));
        reading
    }
}

/// What a database holds in the schema that is looked in first and in these others.
pub(super) async fn held(
    db: &mut Db<'_>,
    dialect: &dyn Dialect,
    schemas: Vec<String>,
) -> Result<Reading, ReflectError> {
    let mut reading = reflect(db, dialect, &Scope::Current).await?;
    if !schemas.is_empty() {
        let others = reflect(db, dialect, &Scope::Schemas(schemas)).await?;
        reading.metadata.extend(others.metadata);
        reading.undescribed.extend(others.undescribed);
        reading.notes.extend(others.notes);
    }
    Ok(reading)
}
