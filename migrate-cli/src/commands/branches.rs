//! `branches`

use clap::Args;
use migrate_graph::{Heads, SpecRange};

use crate::context::Context;
use crate::entry::{Entry, Line};
use crate::error::{CommandError, Outcome};
use crate::format::Format;
use crate::json::{self, Asked};

/// List the revisions that branches begin from
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  branches                          where lines part, and into what
  branches -v                       all that is known of them")]
pub(crate) struct Branches {
    /// Show all that is known of each revision
    #[arg(short, long)]
    verbose: bool,
}

impl Branches {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        let map = context.map()?;
        let all = map.history(&SpecRange::parse(":")?, &Heads::default())?;
        let points = all
            .into_iter()
            .filter(|revision| map.is_branch_point(revision.id.as_str()));
        let points = points
            .map(|revision| context.entry(revision, &[]))
            .collect::<Result<Vec<_>, _>>()?;
        let text = match context.format {
            Format::Json => json::revisions(&points, Asked::No),
            Format::Text => points
                .iter()
                .map(|point| self.text(context, point))
                .collect::<Result<_, _>>()?,
        };
        context.ui.data(&text)?;
        Ok(Outcome::Done)
    }

    /// The branch point, and below it what it leads to.
    fn text(&self, context: &Context, point: &Entry<'_>) -> Result<String, CommandError> {
        let (mut text, form) = if self.verbose {
            (point.block(), Line::BranchWithMessage)
        } else {
            (point.line(Line::Branch), Line::Branch)
        };
        for child in point.map.children(point.id()) {
            let line = context.entry(child, &[])?.line(form);
            text.extend([" ".repeat(point.id().len()).as_str(), " -> ", &line]);
        }
        Ok(text + "\n")
    }
}
