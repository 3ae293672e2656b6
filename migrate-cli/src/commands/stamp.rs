//! `stamp`

use clap::Args;
use migrate_graph::{ErrorKind, Heads, Plan, RevisionSpec};

use super::offline::Offline;
use crate::context::Context;
use crate::error::{CommandError, Kind, Outcome};
use crate::plan;
use crate::start::{self, Target};

/// Write revisions into the version table, and run no migration
///
/// For a database that has the tables already, such as one that another tool made, or for a version table that is
/// wrong. Where a migration is half done, a stamp says that somebody finished it or took it back: a run then begins with
/// its first step again, or goes on after it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  stamp head                        it has everything
  stamp 1f3c                        it is there
  stamp --purge 1f3c                the same, whatever the table holds now
  stamp base                        nothing is applied")]
pub(crate) struct Stamp {
    /// What to write: `head`, `heads`, `base`, revisions, labels, `+1`, `-1`; with `--sql` also `A:B`
    #[arg(required = true, value_name = "REVISION", allow_negative_numbers = true)]
    revisions: Vec<String>,
    /// Empty the version table first, whatever it holds
    #[arg(long)]
    purge: bool,
    #[command(flatten)]
    offline: Offline,
}

impl Stamp {
    pub(crate) async fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        self.stamp(context).await.map_err(in_alembic_s_words)
    }

    async fn stamp(&self, context: &Context) -> Result<Outcome, CommandError> {
        let migrator = context.migrator();
        if self.offline.sql && self.purge {
            return Err(CommandError::usage("Can't use --purge with --sql mode")
                .hint("a script cannot know which rows there are; `--purge --plan` asks the database"));
        }
        if self.offline.sql {
            let (start, targets) = self.script(context)?;
            let targets: Vec<&str> = targets.iter().map(String::as_str).collect();
            let script = migrator
                .script_stamp(context.database()?, &start, &targets)
                .await?;
            context.ui.data(&script)?;
            return Ok(Outcome::Done);
        }
        for revision in &self.revisions {
            Target::read(revision, false)?;
        }
        let targets: Vec<&str> = self.revisions.iter().map(String::as_str).collect();
        if self.offline.plan {
            let plan = self.plan(context, &targets).await?;
            plan::print(&plan, context)?;
        } else {
            let database = context.database()?;
            let report = if self.purge {
                migrator.stamp_purged(database, &targets).await?
            } else {
                migrator.stamp(database, &targets).await?
            };
            context.say_if_idle(report.applied.len());
        }
        Ok(Outcome::Done)
    }

    async fn plan(&self, context: &Context, targets: &[&str]) -> Result<Plan, CommandError> {
        let migrator = context.migrator();
        if !self.purge {
            return Ok(migrator.plan_stamp(&context.heads(&self.offline.from).await?, targets)?);
        }
        let rows = if self.offline.from.is_empty() {
            // As they are: rows that no revision has as its id are what a purge is for.
            migrator.rows(context.database()?).await?
        } else {
            let heads = start::given(context.map()?, &self.offline.from)?;
            heads.rows().iter().map(ToString::to_string).collect()
        };
        Ok(migrator.plan_purge(&rows, targets)?)
    }

    /// Where a script starts, and what it writes. As in Alembic all ranges must start at one place.
    fn script(&self, context: &Context) -> Result<(Heads, Vec<String>), CommandError> {
        let mut starts: Vec<RevisionSpec> = Vec::new();
        let mut targets = Vec::new();
        for revision in &self.revisions {
            match Target::read(revision, true)? {
                Target::One(target) => targets.push(target),
                Target::Range(range) => {
                    start::only_one(&self.offline.from)?;
                    starts.extend(range.start);
                    targets.push(range.end.map_or_else(|| "heads".to_owned(), |end| end.text));
                }
            }
        }
        starts.dedup();
        if starts.len() > 1 {
            return Err(CommandError::usage(
                "Stamp operation with --sql only supports a single starting revision at a time",
            ));
        }
        let map = context.map()?;
        let start = match starts.first() {
            Some(start) => start::heads(map, [start])?,
            None => start::given(map, &self.offline.from)?,
        };
        Ok((start, targets))
    }
}

/// Several heads where one is meant: Alembic's `stamp` has a sentence of its own for that.
fn in_alembic_s_words(error: CommandError) -> CommandError {
    if error.kind != Kind::Revision(ErrorKind::MultipleHeads) {
        return error;
    }
    CommandError {
        message: "Multiple heads are present; please specify a single target revision".to_owned(),
        ..error
    }
}
