//! The calls that tell what the models have and the migrations have not.

use std::collections::BTreeSet;

use migrate_graph::Heads;

use super::Migrator;
use super::planning::dialect_of;
use crate::autogenerate::{Comparison, Draft, difference, draft};
use crate::connection::{Database, Db, Opened, scheme_of};
use crate::dialect::Scope;
use crate::error::Error;
use crate::model::Models;
use crate::runtime::{reflect, replay};
use crate::schema::{Metadata, QualifiedName};

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

    /// The body of the migration that brings it there, and of its way back.
    #[must_use]
    pub fn draft(&self) -> Draft {
        draft(&self.comparison)
    }
}

impl Migrator {
    /// Compares the models with what a database holds, which is read and not written to. It has to be where the
    /// migrations end, for what they have not done yet is no difference.
    ///
    /// Left alone are the tool's own tables, what models need not describe (views, triggers, functions, sequences,
    /// extensions, schemas), and the tables that neither a model describes nor a migration made.
    ///
    /// # Errors
    /// [`Error::NotUpToDate`]; [`Error::Models`] when the models make no sense; what keeps the database from being read.
    pub async fn check(&self, database: impl Into<Database<'_>>, models: &Models) -> Result<Check, Error> {
        let wanted = models.metadata().map_err(Error::Models)?;
        let database = database.into();
        let scheme = database.scheme().to_owned();
        let Opened::Live(mut open) = database.open(self.open_options(false)).await? else {
            return self.check_missing(&scheme, &wanted);
        };
        let checked = self.check_open(&mut open.db(), &wanted).await;
        open.close().await;
        checked
    }

    /// A file that is not there is at head where there are no migrations yet.
    fn check_missing(&self, scheme: &str, wanted: &Metadata) -> Result<Check, Error> {
        if !self.any_history()?.map.is_empty() {
            return Err(Error::NotUpToDate);
        }
        Ok(Check {
            comparison: difference(
                dialect_of(scheme)?,
                &Metadata::default(),
                wanted,
                &BTreeSet::new(),
            ),
            doubted: Vec::new(),
        })
    }

    async fn check_open(&self, db: &mut Db<'_>, wanted: &Metadata) -> Result<Check, Error> {
        let dialect = dialect_of(db.scheme())?;
        let history = self.any_history()?;
        let (_, found) = self.look(db).await?;
        let heads = Heads::read(&history.map, &found.rows)?;
        let effective = history.map.effective_heads().map(|revision| &revision.id);
        if !effective.eq(heads.rows()) {
            return Err(Error::NotUpToDate);
        }
        let mut present = reflect(db, dialect, &Scope::Current).await?.metadata;
        let schemas = schemas(wanted);
        if !schemas.is_empty() {
            let others = reflect(db, dialect, &Scope::Schemas(schemas)).await?;
            present.extend(others.metadata);
        }
        let replayed = replay(&found.rows, &BTreeSet::new(), dialect, history);
        let made = replayed.known.metadata();
        present
            .tables
            .retain(|name, _| wanted.tables.contains_key(name) || made.tables.contains_key(name));
        present
            .indexes
            .retain(|(table, _), _| present.tables.contains_key(table));
        let enums = made.enumerations.keys().cloned().collect();
        Ok(Check {
            comparison: difference(dialect, &present, wanted, &enums),
            doubted: Vec::new(),
        })
    }

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
        let history = self.any_history()?;
        let wanted = models.metadata().map_err(Error::Models)?;
        let heads: Vec<String> = history.map.heads().map(|head| head.id.to_string()).collect();
        let replayed = replay(&heads, &BTreeSet::new(), dialect, history);
        if !replayed.errors.is_empty() {
            return Err(Error::Prepare(replayed.errors));
        }
        let present = replayed.known.metadata();
        let enums = present.enumerations.keys().cloned().collect();
        Ok(Check {
            comparison: difference(dialect, present, &wanted, &enums),
            doubted: replayed.known.doubted().cloned().collect(),
        })
    }
}

/// The schemas that models name.
fn schemas(wanted: &Metadata) -> Vec<String> {
    let names = wanted.tables.keys().chain(wanted.enumerations.keys());
    let schemas: BTreeSet<String> = names.filter_map(|name| name.schema.clone()).collect();
    schemas.into_iter().collect()
}
