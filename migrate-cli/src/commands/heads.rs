//! `heads`

use clap::Args;

use crate::context::Context;
use crate::entry::Line;
use crate::error::{CommandError, Outcome};
use crate::json::Asked;

/// List the heads
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  heads                             the last revisions of all lines
  heads -v                          with their files
  heads --format json               the same for programs")]
pub(crate) struct Heads {
    /// Show all that is known of each revision
    #[arg(short, long)]
    verbose: bool,
    /// Leave out heads that another revision depends on
    #[arg(long)]
    resolve_dependencies: bool,
}

impl Heads {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        let map = context.map()?;
        let ids: Vec<_> = if self.resolve_dependencies {
            map.effective_heads().map(|head| &head.id).collect()
        } else {
            map.heads().map(|head| &head.id).collect()
        };
        let entries = context.entries(ids, &[])?;
        context.print(&entries, self.verbose, Line::Head, Asked::No)?;
        Ok(Outcome::Done)
    }
}
