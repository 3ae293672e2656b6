//! The call that tells what a database holds as a project that begins with it: its models, and the migration that would
//! have made it.

use super::Migrator;
use super::planning::dialect_of;
use crate::autogenerate::{Draft, ModelFile, creation, draft, models, remark};
use crate::connection::Database;
use crate::dialect::Scope;
use crate::error::Error;

/// A database as the beginning of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Adopted {
    /// How many tables it has, the tool's own left out.
    pub tables: usize,
    /// Its models.
    pub models: ModelFile,
    /// The body of the first migration: from nothing to what it holds, and back to nothing. What the database holds and
    /// the migration does not make stands there in comments.
    pub baseline: Draft,
}

impl Migrator {
    /// Reads a database that is there, and tells the models and the first migration that say the same. It writes nothing,
    /// in the database or elsewhere. The tables of this tool, whose state they keep, are left out.
    ///
    /// # Errors
    /// [`Error`] when the database cannot be read.
    pub async fn adopt(&self, database: impl Into<Database<'_>>, scope: &Scope) -> Result<Adopted, Error> {
        let database = database.into();
        let dialect = dialect_of(database.scheme())?;
        let reading = self.without_own(self.reflect(database, scope).await?, dialect);
        let found = creation(dialect, &reading.metadata);
        let mut baseline = draft(&found);
        let left = reading.notes.iter();
        let left = left.map(|note| remark(&format!("Not made here: {note}.")));
        baseline.upgrade.splice(0..0, left);
        Ok(Adopted {
            tables: reading.metadata.tables.len(),
            models: models(dialect, &reading),
            baseline,
        })
    }
}
