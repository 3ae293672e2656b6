//! `resolve`

use clap::{Args, ValueEnum};
use migrate_core::{HalfDone, Resolution};

use crate::context::Context;
use crate::error::{CommandError, Outcome};
use crate::format::Format;
use crate::json;
use crate::printable::printable;

/// Say what became of the step that a run was cut off at
///
/// A migration with a statement that refuses a transaction is more than one step. A run that was killed at such a
/// statement leaves in doubt whether it was done. Of most statements the next run finds that out by itself; of SQL of
/// one's own and of data steps it cannot, and refuses. See what is there, and say so here; then run it again.
///
/// Without `--as` it shows what is half done, and changes nothing. Where somebody finished the migration by hand, or took
/// it back, `stamp` says where the database is.
///
/// `--format json` gives what is half done (afterwards), or `null`: `revision`, `direction`, how many of its `steps` are
/// `done`, and as `open` the step that was begun and did not end: `step`, `place`, `statement`, `started_at`, `who` and
/// `failed`, which is true when it was not done and will be run again, and false when nobody knows what became of it. Of
/// a backfill nothing is in doubt: `filled` says how many `rows` of how many (`of`) are filled, and the next run goes on
/// there.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  resolve                           what is half done
  resolve --as done                 the step was done: go on after it
  resolve --as retry                it was not, or is taken back: run it again")]
pub(crate) struct Resolve {
    /// What became of the step
    #[arg(long = "as", value_name = "WHAT")]
    resolution: Option<Became>,
}

/// What became of a step.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Became {
    /// It was done
    Done,
    /// It was not, or was taken back
    Retry,
}

impl Resolve {
    pub(crate) async fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        let (migrator, database) = (context.migrator(), context.database()?);
        let half = match self.resolution {
            None => migrator.state(database).await?.1,
            Some(Became::Done) => migrator.resolve(database, Resolution::Done).await?,
            Some(Became::Retry) => migrator.resolve(database, Resolution::Retry).await?,
        };
        match (context.format, half) {
            (Format::Json, half) => context.ui.data(&json::half_done(half.as_ref()))?,
            (Format::Text, None) => context.ui.say("Nothing is half done"),
            (Format::Text, Some(half)) if self.resolution.is_none() => {
                context.ui.data(&shown(&half, &context.program))?;
            }
            (Format::Text, Some(half)) => {
                context
                    .ui
                    .say(&format!("{half}: the next {} goes on there", half.direction));
            }
        }
        Ok(Outcome::Done)
    }
}

/// What is half done, and what a person can do.
fn shown(half: &HalfDone, program: &str) -> String {
    let direction = &half.direction;
    let what = printable(&half.to_string());
    let statement = half.open.as_ref().map_or_else(String::new, |open| {
        format!("  in the statement: {}\n", printable(&open.statement))
    });
    let next = match &half.open {
        None => format!("The next {direction} goes on there.\n"),
        Some(open) if open.filled.is_some() => format!("The next {direction} goes on there.\n"),
        Some(open) if open.failed => format!(
            "The next {direction} runs that step again; if it is done by now, say so:\n  \
             {program} resolve --as done\n"
        ),
        Some(_) => format!(
            "The next {direction} finds out by itself whether it was done, or refuses. Then see, and say so:\n  \
             {program} resolve --as done     it was: go on after it\n  \
             {program} resolve --as retry    it was not, or is taken back: run it again\n"
        ),
    };
    format!("{what}\n{statement}{next}")
}
