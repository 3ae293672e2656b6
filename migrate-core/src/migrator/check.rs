//! The calls that tell what the models have and the migrations have not.

use std::collections::BTreeSet;

use super::Migrator;
use super::planning::dialect_of;
use crate::autogenerate::{Comparison, difference};
use crate::connection::scheme_of;
use crate::error::Error;
use crate::model::Models;
use crate::runtime::replay;
use crate::schema::QualifiedName;

/// How models and migrations differ.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Check {
    /// What the next migration would do.
    pub comparison: Comparison,
    /// The tables that SQL of an author's own may have changed: what the migrations make of them is a guess.
    pub doubted: Vec<QualifiedName>,
}

impl Check {
    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.comparison.operations.is_empty() && self.comparison.open.is_empty()
    }
}

impl Migrator {
    /// Compares the models with what all migrations come to, on paper: no database is asked. `database` says which one
    /// it is about, by its URL or its name.
    ///
    /// # Errors
    /// [`Error::Models`] when the models make no sense; [`Error::Prepare`] when a migration cannot be recorded.
    pub fn check_offline(&self, database: &str, models: &Models) -> Result<Check, Error> {
        let scheme = if database.contains(':') {
            scheme_of(database)
        } else {
            database
        };
        let dialect = dialect_of(scheme)?;
        let history = self.history()?;
        let wanted = models.metadata().map_err(Error::Models)?;
        let heads: Vec<String> = history.map.heads().map(|head| head.id.to_string()).collect();
        let replayed = replay(&heads, &BTreeSet::new(), dialect, history);
        if !replayed.errors.is_empty() {
            return Err(Error::Prepare(replayed.errors));
        }
        Ok(Check {
            comparison: difference(replayed.known.metadata(), &wanted),
            doubted: replayed.known.doubted().cloned().collect(),
        })
    }
}
