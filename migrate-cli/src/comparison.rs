//! How models are compared with a database: what the command line says about it, and what was found.
//!
//! Only a program that has the models compiled in can compare. The installed one asks it, and reads back what it writes.

#[cfg(feature = "authoring")]
use std::ffi::OsString;

use clap::Args;
use migrate_core::Check;
use migrate_core::autogenerate::{Draft, render, words};
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

    #[command(flatten)]
    filter: FilterArgs,
}

impl ComparisonOptions {
    /// Compares.
    pub(crate) async fn check(&self, context: &Context) -> Result<Check, CommandError> {
        let (migrator, models) = (context.migrator(), self.filter.models(context));
        let database = context.database()?;
        Ok(if self.offline {
            migrator.check_offline(database, &models)?
        } else {
            migrator.check(database, &models).await?
        })
    }

    /// The same as a command line has it.
    #[cfg(feature = "authoring")]
    pub(crate) fn arguments(&self) -> Vec<OsString> {
        let offline = self.offline.then(|| OsString::from("--offline"));
        offline.into_iter().chain(self.filter.arguments()).collect()
    }
}

/// What was found, as text.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Found {
    pub(crate) operations: Vec<FoundOperation>,
    /// What is different, and no operation can change.
    pub(crate) open: Vec<String>,
    /// The tables that SQL by hand may have changed.
    pub(crate) doubted: Vec<String>,
    /// What was not compared, and what was said to no effect.
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
            doubted: check.doubted.iter().map(ToString::to_string).collect(),
            notes: check.remarks.iter().map(ToString::to_string).collect(),
            upgrade,
            downgrade,
        }
    }
}

impl Found {
    /// What no migration that is made of it changes: SQL by hand may have.
    pub(crate) fn doubts(&self) -> impl Iterator<Item = String> {
        self.doubted.iter().map(|table| {
            format!("SQL by hand may have changed `{table}`: what the migrations make of it is a guess")
        })
    }
}
