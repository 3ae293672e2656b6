//! `ensure-version`

use clap::Args;

use crate::context::Context;
use crate::error::{CommandError, Outcome};

/// Create the version table if it is not there
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ensure-version                    create it
  ensure-version --sql              print the SQL instead")]
pub(crate) struct EnsureVersion {
    /// Print the SQL instead of running it; connects to nothing
    #[arg(long)]
    sql: bool,
}

impl EnsureVersion {
    pub(crate) async fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        let database = context.database()?;
        if self.sql {
            context
                .ui
                .data(&context.migrator().script_ensure_version(database)?)?;
        } else {
            context.migrator().ensure_version(database).await?;
        }
        Ok(Outcome::Done)
    }
}
