//! `current`

use clap::Args;

use crate::context::Context;
use crate::entry::Line;
use crate::error::{CommandError, Outcome};
use crate::format::Format;
use crate::json::Asked;

/// Show where the database is
///
/// Rows of the version table, and what these imply by `depends_on`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  current                           the revisions
  current -v                        all that is known of them
  current --check-heads             and exit with 1 unless all is applied")]
pub(crate) struct Current {
    /// Show all that is known of each revision
    #[arg(short, long)]
    verbose: bool,
    /// Exit with 1 unless the database is at all heads
    #[arg(short, long)]
    check_heads: bool,
}

impl Current {
    pub(crate) async fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        let current = context.migrator().current(context.database()?).await?;
        let mut entries = context.entries(&current.tips, &current.rows)?;
        if context.format == Format::Text {
            if self.verbose
                && let Some(url) = context.secret()
            {
                context.ui.data(&format!("Current revision(s) for {url}:\n"))?;
            }
            // Alembic marks current revisions where others are listed with them.
            for entry in &mut entries {
                entry.current = false;
            }
        }
        context.print(&entries, self.verbose, Line::Current, Asked::Yes)?;
        if let Some(half) = &current.half_done {
            context.ui.warn(&half.to_string());
        }
        if !self.check_heads || current.at_heads {
            return Ok(Outcome::Done);
        }
        context.ui.say("Database is not on all head revisions");
        Ok(Outcome::No)
    }
}
