//! `__ids`: what a binary has compiled in, for `cargo migrate`, which compares it with the sources.

use std::fmt::Write;

use clap::Args;

use crate::context::Context;
use crate::error::{CommandError, Outcome};

/// Print the compiled-in revisions, each with its file
#[derive(Debug, Args)]
pub(crate) struct Ids {}

impl Ids {
    /// A line for each: the id, a tab, and the file as it was when it was compiled. An id has no tab in it.
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        let mut lines = String::new();
        for set in context.migrator().sets() {
            for migration in set.migrations {
                // Writing to a string cannot fail.
                _ = writeln!(
                    lines,
                    "{}\t{}/{}",
                    migration.revision, set.manifest_dir, migration.path
                );
            }
        }
        context.ui.data(&lines)?;
        Ok(Outcome::Done)
    }
}
