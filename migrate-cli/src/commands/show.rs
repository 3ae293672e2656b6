//! `show`

use clap::Args;
use migrate_graph::RevisionSpec;

use crate::context::Context;
use crate::entry::Line;
use crate::error::{CommandError, Outcome};
use crate::json::Asked;

/// Show all that is known of a revision
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  show head                         the last one
  show 1f3c                         one by the beginning of its id
  show current                      where the database is")]
pub(crate) struct Show {
    /// Which: a revision or the beginning of one, `head`, `heads`, a label, `-1` (one below the head), `current`
    #[arg(allow_negative_numbers = true)]
    revision: String,
}

impl Show {
    pub(crate) async fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        let ids = context.resolve(&RevisionSpec::parse(&self.revision)?).await?;
        let entries = context.entries(&ids, &[])?;
        context.print(&entries, true, Line::History, Asked::No)?;
        Ok(Outcome::Done)
    }
}
