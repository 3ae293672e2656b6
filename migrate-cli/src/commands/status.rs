//! `status`

use clap::Args;

use crate::context::Context;
use crate::error::{CommandError, Outcome};
use crate::format::Format;
use crate::printable::printable;
use crate::status::{Next, Status};

/// Set where no configuration names a database.
const CONFIGURE: &str =
    "name a database: `DATABASE_URL`, `--database-url`, or `database_url` in `migrate.toml`";

/// Show where the database is, what is pending, and which command comes next
///
/// Several heads are named with their files, and so are rows of the version table that no revision here has. Nothing
/// is changed. Without a database, or with one that does not answer, it says what the revisions alone tell.
///
/// It ends with 0 whatever the answer is, and with 3 when the database does not answer.
///
/// `--format json` gives `database` (without its password), the rows of the version table as `current`, `redundant`,
/// `repeated` and `unknown` (which no revision here has), the revisions `pending` and `heads` as every command prints
/// them, and `next`, a list of commands of which the first is the best; words in capitals in them stand for something.
/// What cannot be told is `null`; why then stands in `error`. `half_done` is there when a migration of more than one step
/// was cut off.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  status                            where it is, and what comes next
  status --format json              the same for programs")]
pub(crate) struct StatusCommand {}

impl StatusCommand {
    pub(crate) async fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        let map = context.map()?;
        let (state, failure) = match context.known_state().await {
            Ok(state) => (state, None),
            Err(error) => (None, Some(error)),
        };
        let (rows, half_done) = state.map_or((None, None), |(rows, half)| (Some(rows), half));
        let status = Status {
            half_done,
            ..Status::new(map, rows.as_deref())?
        };
        let mut next = status.next(context.is_compiled());
        if next.is_empty() && rows.is_none() && failure.is_none() {
            next.push(Next::Advice(CONFIGURE));
        }
        match context.format {
            Format::Text => {
                context.ui.data(&printable(&status.text(context, &next)?))?;
                failure.map_or(Ok(Outcome::Done), Err)
            }
            Format::Json => {
                let kind = failure.as_ref().map(|error| error.kind);
                let failure = failure.map(|error| error.at(context.secret()).scrubbed(context.secret()));
                context.ui.data(&status.json(context, &next, failure.as_ref())?)?;
                Ok(kind.map_or(Outcome::Done, Outcome::Told))
            }
        }
    }
}
