//! How models are compared with a database: what the command line says about it, and what was found.
//!
//! Only a program that has the models compiled in can compare. The installed one asks it, and reads back what it writes.

#[cfg(feature = "authoring")]
use std::ffi::OsString;

use clap::Args;
use migrate_core::autogenerate::{Draft, render, words};
use migrate_core::model::{Models, Rename};
use migrate_core::{Check, Error, Remark};
use serde::{Deserialize, Serialize};

use crate::context::Context;
use crate::error::CommandError;
use crate::filter::FilterArgs;

/// What is compared with what.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct ComparisonOptions {
    /// Compare with what the migrations come to, and ask no database
    #[arg(long)]
    offline: bool,

    /// What had another name before: `users:accounts`, `users.name:users.full_name`; may be given several times
    #[arg(long = "rename", value_name = "OLD:NEW")]
    renames: Vec<String>,

    #[command(flatten)]
    filter: FilterArgs,
}

impl ComparisonOptions {
    /// Compares.
    pub(crate) async fn check(&self, context: &Context) -> Result<Check, CommandError> {
        let (migrator, models) = (context.migrator(), self.renaming(self.filter.models(context))?);
        let database = context.database()?;
        Ok(if self.offline {
            migrator.check_offline(database, &models)?
        } else {
            migrator.check(database, &models).await?
        })
    }

    /// The models with the new names that somebody says.
    fn renaming(&self, models: Models) -> Result<Models, CommandError> {
        if self.renames.is_empty() {
            return Ok(models);
        }
        let wanted = models.metadata().map_err(Error::Models)?;
        let renames = self.renames.iter().map(|text| Rename::read(text, &wanted));
        let renames: Result<Vec<Rename>, _> = renames.collect();
        Ok(models.renaming(renames.map_err(CommandError::usage)?))
    }

    /// The same, with one more new name.
    #[cfg(feature = "authoring")]
    pub(crate) fn with(&self, rename: &FoundRename) -> Self {
        let mut with = self.clone();
        with.renames.push(rename.rename.clone());
        with
    }

    /// The same as a command line has it.
    #[cfg(feature = "authoring")]
    pub(crate) fn arguments(&self) -> Vec<OsString> {
        let offline = self.offline.then(|| OsString::from("--offline"));
        let renames = self
            .renames
            .iter()
            .map(|rename| format!("--rename={rename}").into());
        offline
            .into_iter()
            .chain(renames)
            .chain(self.filter.arguments())
            .collect()
    }
}

/// What was found, as text.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Found {
    pub(crate) operations: Vec<FoundOperation>,
    /// What is different, and no operation can change.
    pub(crate) open: Vec<String>,
    /// What may only have another name, and nobody says so.
    pub(crate) likely: Vec<FoundRename>,
    /// What was not compared, what was said to no effect, and SQL by hand that is not understood.
    pub(crate) notes: Vec<String>,
    /// The statements of the migration that brings it there.
    pub(crate) upgrade: Vec<String>,
    /// Those of its way back.
    pub(crate) downgrade: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FoundOperation {
    /// What it is and to what: `add_column users.email`.
    pub(crate) operation: String,
    /// The same for people.
    pub(crate) words: String,
    /// As a migration says it.
    pub(crate) code: String,
}

/// A new name, as likely as not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FoundRename {
    /// The old name, of a column with its table.
    pub(crate) from: String,
    /// The new one.
    pub(crate) to: String,
    /// Both, as `--rename` takes them.
    pub(crate) rename: String,
}

impl From<&Rename> for FoundRename {
    fn from(rename: &Rename) -> Self {
        Self {
            from: rename.old(),
            to: rename.new_name(),
            rename: rename.to_string(),
        }
    }
}

impl From<&Check> for Found {
    fn from(check: &Check) -> Self {
        let found = &check.comparison;
        let operations = found.operations.iter().map(|operation| FoundOperation {
            operation: operation.to_string(),
            words: words(operation, &found.before),
            code: render(operation).join("\n"),
        });
        let Draft { upgrade, downgrade } = check.draft();
        Self {
            operations: operations.collect(),
            open: found.open.iter().map(ToString::to_string).collect(),
            likely: found.likely.iter().map(FoundRename::from).collect(),
            notes: check.remarks.iter().map(note).collect(),
            upgrade,
            downgrade,
        }
    }
}

impl FoundRename {
    /// What a person is told.
    pub(crate) fn told(&self) -> String {
        let Self { from, to, rename } = self;
        format!(
            "maybe `{from}` is only called `{to}` now: say so by `renamed_from` on the model, or by `--rename {rename}`"
        )
    }
}

/// A remark for people; nothing that is written by hand is understood without what reads it.
fn note(remark: &Remark) -> String {
    if matches!(remark, Remark::Unread(_)) && !cfg!(feature = "sqlparser") {
        format!("{remark} (`migrate-cli` has a feature for that, `sqlparser`)")
    } else {
        remark.to_string()
    }
}
