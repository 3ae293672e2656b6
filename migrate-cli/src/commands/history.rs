//! `history`

use clap::Args;

use super::shown::Shown;
use crate::context::Context;
#[cfg(feature = "authoring")]
use crate::drawing::{Drawing, log};
use crate::entry::Line;
use crate::error::{CommandError, Outcome};
#[cfg(feature = "authoring")]
use crate::format::Format;

/// List revisions, newest first
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  history                           all of it, newest first
  history -r 1f3c:head              from one to the other
  history -r-3:                     the last four
  history -i                        with a mark where the database is
  history --graph                   as a drawing")]
pub(crate) struct History {
    #[command(flatten)]
    shown: Shown,
    /// Show all that is known of each revision
    #[arg(short, long)]
    verbose: bool,
    /// Draw how they hang together beside them: what a revision revises as a line, what it depends on dotted
    #[cfg(feature = "authoring")]
    #[arg(long)]
    graph: bool,
    /// Draw with ASCII alone, as where the locale is not UTF-8
    #[cfg(feature = "authoring")]
    #[arg(long, requires = "graph")]
    ascii: bool,
}

impl History {
    pub(crate) async fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        let entries = self.shown.entries(context).await?;
        #[cfg(feature = "authoring")]
        if self.graph && context.format == Format::Text {
            let drawing = Drawing::new(&entries);
            let characters = log::Characters::of(&context.ui, self.ascii);
            let form = if self.verbose { None } else { Some(Line::History) };
            context.ui.stream(log::lines(&drawing, characters, form))?;
            return Ok(Outcome::Done);
        }
        context.print(&entries, self.verbose, Line::History, self.shown.asked())?;
        Ok(Outcome::Done)
    }
}
