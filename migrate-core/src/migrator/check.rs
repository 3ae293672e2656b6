//! The calls that tell what the models have and the migrations have not.

use std::collections::{BTreeMap, BTreeSet};

use migrate_graph::Heads;

use super::Migrator;
use super::planning::dialect_of;
use super::reading::held;
use super::wishes::Wishes;
use crate::autogenerate::{Comparison, Draft, draft};
use crate::connection::{Database, Db, Opened, scheme_of};
use crate::dialect::Dialect;
use crate::error::Error;
use crate::model::{Filter, Models};
use crate::runtime::{Unread, replay};
use crate::schema::{Metadata, QualifiedName};

/// How models and migrations differ.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Check {
    /// What the next migration would do.
    pub comparison: Comparison,
    /// What was not compared, and what was said to no effect.
    pub remarks: Vec<Remark>,
}

/// What somebody who asks for differences should know besides.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Remark {
    /// A model's table is there as something that cannot be compared.
    #[error("the table `{table}` is not compared: {why}")]
    NotCompared {
        /// The table.
        table: QualifiedName,
        /// What it is.
        why: String,
    },
    /// A pattern or a schema of the [`Filter`] means no table of the models or of the database.
    #[error("the filter `{pattern}` matches no table")]
    WithoutEffect {
        /// The pattern, or the schema.
        pattern: String,
    },
    /// A statement of an author's own that the migrations have. A database that was asked says what it did; without one, it
    /// is left out.
    #[error("{0}")]
    Unread(Unread),
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
    /// extensions, schemas), the tables that neither a model describes nor a migration made, and what the models'
    /// [`Filter`] leaves out.
    ///
    /// # Errors
    /// [`Error::NotUpToDate`]; [`Error::Models`] when the models make no sense; what keeps the database from being read.
    pub async fn check(&self, database: impl Into<Database<'_>>, models: &Models) -> Result<Check, Error> {
        let wanted = models.metadata().map_err(Error::Models)?;
        let database = database.into();
        let scheme = database.scheme().to_owned();
        let Opened::Live(mut open) = self.open(database, false).await? else {
            return self.check_missing(&scheme, wanted, models);
        };
        let checked = self.check_open(&mut open.db(), wanted, models).await;
        open.close().await;
        checked
    }

    /// A file that is not there is at head where there are no migrations yet.
    fn check_missing(&self, scheme: &str, wanted: Metadata, models: &Models) -> Result<Check, Error> {
        if !self.any_history()?.map.is_empty() {
            return Err(Error::NotUpToDate);
        }
        let (wishes, nothing) = (Wishes::of(models, ""), Metadata::default());
        let remarks = wishes.without_effect(&nothing, &wanted);
        wishes.compared(dialect_of(scheme)?, &nothing, wanted, &BTreeSet::new(), remarks)
    }

    async fn check_open(&self, db: &mut Db<'_>, wanted: Metadata, models: &Models) -> Result<Check, Error> {
        let filter = models.filter();
        let dialect = dialect_of(db.scheme())?;
        let history = self.any_history()?;
        let (version_table, found) = self.look(db).await?;
        let heads = Heads::read(&history.map, &found.rows)?;
        let effective = history.map.effective_heads().map(|revision| &revision.id);
        if !effective.eq(heads.rows()) {
            return Err(Error::NotUpToDate);
        }
        let reading = held(db, dialect, schemas(&wanted, filter)).await?;
        let replayed = replay(
            &found.rows,
            &BTreeSet::new(),
            dialect,
            history,
            &self.settings.arguments,
        );
        let home = reading.schema.unwrap_or_default();
        let (mut wanted, made) = (
            wanted.at_home(&home),
            replayed.known.metadata().clone().at_home(&home),
        );
        let wishes = Wishes::of(models, &home);
        let present = reading.metadata;
        let mut remarks = wishes.without_effect(&present, &wanted);
        remarks.extend(leave_out(&mut wanted, &present, &reading.undescribed));
        let present = known_of(present, |table| {
            wanted.tables.contains_key(table)
                || made.tables.contains_key(table)
                || wishes.renames_table(table)
                || (filter.has_unknown_tables() && !version_table.is_own(&table.name))
        });
        let enums = made.enumerations.keys().cloned().collect();
        wishes.compared(dialect, &present, wanted, &enums, remarks)
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
        let replayed = replay(
            &heads,
            &BTreeSet::new(),
            dialect,
            history,
            &self.settings.arguments,
        );
        if !replayed.errors.is_empty() {
            let errors = replayed.errors.into_iter().map(|(_, error)| error);
            return Err(Error::Prepare(errors.collect()));
        }
        let (present, wishes) = (replayed.known.metadata(), Wishes::of(models, ""));
        let enums = present.enumerations.keys().cloned().collect();
        let mut remarks = wishes.without_effect(present, &wanted);
        remarks.extend(replayed.known.unread().iter().cloned().map(Remark::Unread));
        wishes.compared(dialect, present, wanted, &enums, remarks)
    }
}

impl Migrator {
    /// The schemas that migrations name, as what they come to on paper tells.
    pub(crate) fn schemas(&self, dialect: &'static dyn Dialect) -> Result<Vec<String>, Error> {
        let history = self.history()?;
        let heads: Vec<String> = history.map.heads().map(|head| head.id.to_string()).collect();
        let replayed = replay(
            &heads,
            &BTreeSet::new(),
            dialect,
            history,
            &self.settings.arguments,
        );
        Ok(schemas(replayed.known.metadata(), &Filter::new()))
    }
}

/// The schemas that are read besides the one that is looked in first.
fn schemas(wanted: &Metadata, filter: &Filter) -> Vec<String> {
    let names = wanted.tables.keys().chain(wanted.enumerations.keys());
    let named = names.filter_map(|name| name.schema.clone());
    let schemas: BTreeSet<String> = named.chain(filter.schemas().iter().cloned()).collect();
    schemas.into_iter().collect()
}

/// Takes from what is wanted the tables whose names are there as something else: nobody is told to create them.
fn leave_out(
    wanted: &mut Metadata,
    present: &Metadata,
    undescribed: &BTreeMap<QualifiedName, String>,
) -> Vec<Remark> {
    let why = |table: &QualifiedName| {
        let is_view = present
            .views
            .contains_key(table)
            .then(|| "it is a view".to_owned());
        undescribed.get(table).cloned().or(is_view)
    };
    let remarks: Vec<Remark> = wanted
        .tables
        .keys()
        .filter_map(|table| {
            Some(Remark::NotCompared {
                table: table.clone(),
                why: why(table)?,
            })
        })
        .collect();
    *wanted = known_of(std::mem::take(wanted), |table| why(table).is_none());
    remarks
}

/// What is there, without the tables of which this is not true.
fn known_of(mut metadata: Metadata, is_known: impl Fn(&QualifiedName) -> bool) -> Metadata {
    metadata.tables.retain(|name, _| is_known(name));
    metadata
        .indexes
        .retain(|(table, _), _| metadata.tables.contains_key(table));
    metadata
}
