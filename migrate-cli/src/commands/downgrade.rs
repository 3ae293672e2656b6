//! `downgrade`

use clap::Args;
use migrate_graph::Heads;

use super::offline::Offline;
use crate::context::Context;
use crate::error::{CommandError, Outcome};
use crate::plan;
use crate::start::{self, Target};

/// Revert to an earlier revision
///
/// Takes back what stands above the target, and what depends on that. A migration that is irreversible stops it before
/// anything is done.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  downgrade -1                      the last one
  downgrade 1f3c                    all that stands above it
  downgrade base --plan             what would be taken back
  downgrade head:1f3c --sql         the SQL of it")]
pub(crate) struct Downgrade {
    /// Where to go: `base`, a revision or the beginning of one, a label, `-1`, `LABEL@base`, `REV-2`; with `--sql`
    /// `A:B`
    #[arg(allow_negative_numbers = true)]
    revision: String,
    #[command(flatten)]
    offline: Offline,
}

impl Downgrade {
    /// A plan needs the revisions alone.
    #[cfg(feature = "authoring")]
    pub(super) const fn needs_migrations(&self) -> bool {
        !self.offline.plan
    }

    pub(crate) async fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        let Offline { sql, plan, from } = &self.offline;
        let target = Target::read(&self.revision, *sql)?;
        if *sql {
            let (start, target) = self.script(context, target)?;
            let script = context
                .migrator()
                .script_downgrade(context.database()?, &start, &target);
            context.ui.data(&script.await?)?;
        } else if *plan {
            let start = context.heads(from).await?;
            let plan = context.migrator().plan_downgrade(&start, &self.revision)?;
            plan::print(&plan, context)?;
        } else {
            let report = context
                .migrator()
                .downgrade(context.database()?, &self.revision)
                .await?;
            context.say_if_idle(report.applied.len());
        }
        Ok(Outcome::Done)
    }

    /// Where a script starts, and where it leads: nothing stands for either.
    fn script(&self, context: &Context, target: Target) -> Result<(Heads, String), CommandError> {
        let map = context.map()?;
        match target {
            Target::One(target) if !self.offline.from.is_empty() => {
                Ok((start::given(map, &self.offline.from)?, target))
            }
            Target::Range(range) => {
                start::only_one(&self.offline.from)?;
                let (Some(from), Some(to)) = (range.start, range.end) else {
                    return Err(no_range());
                };
                Ok((start::heads(map, [&from])?, to.text))
            }
            Target::One(_) => Err(no_range()),
        }
    }
}

fn no_range() -> CommandError {
    CommandError::usage("downgrade with --sql requires <fromrev>:<torev>")
}
