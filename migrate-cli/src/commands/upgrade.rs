//! `upgrade`

use clap::Args;
use migrate_graph::Heads;

use super::offline::Offline;
use crate::context::Context;
use crate::error::{CommandError, Outcome};
use crate::plan;
use crate::start::{self, Target};

/// Upgrade to a later revision
///
/// Each migration runs in a transaction of its own, with its row of the version table; `transaction = "single"` in the
/// configuration puts all into one. At its target already, a database is neither locked nor written to.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  upgrade head                      all that is pending
  upgrade +1                        the next one
  upgrade cart@head                 one line, where there are several
  upgrade head --plan               what would be done
  upgrade 1f3c:head --sql > up.sql  the SQL of it, to be run by hand")]
pub(crate) struct Upgrade {
    /// Where to go: `head`, `heads`, a revision or the beginning of one, a label, `+1`, `LABEL@head`, `REV+2`; with
    /// `--sql` also `A:B`
    #[arg(allow_negative_numbers = true)]
    revision: String,
    #[command(flatten)]
    offline: Offline,
}

impl Upgrade {
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
                .script_upgrade(context.database()?, &start, &target);
            context.ui.data(&script.await?)?;
        } else if *plan {
            let start = context.heads(from).await?;
            let plan = context.migrator().plan_upgrade(&start, &self.revision)?;
            plan::print(&plan, context)?;
        } else {
            let report = context
                .migrator()
                .upgrade(context.database()?, &self.revision)
                .await?;
            context.say_if_idle(report.applied.len());
        }
        Ok(Outcome::Done)
    }

    /// Where a script starts, and where it leads: from base to the heads where nothing else is said.
    fn script(&self, context: &Context, target: Target) -> Result<(Heads, String), CommandError> {
        let map = context.map()?;
        match target {
            Target::One(target) => Ok((start::given(map, &self.offline.from)?, target)),
            Target::Range(range) => {
                start::only_one(&self.offline.from)?;
                let end = range.end.map_or_else(|| "heads".to_owned(), |end| end.text);
                Ok((start::heads(map, &range.start)?, end))
            }
        }
    }
}
