//! `check`

use clap::Args;
use migrate_core::Check;

use crate::comparison::{ComparisonOptions, Found};
use crate::context::Context;
use crate::error::{CommandError, Outcome};
use crate::format::Format;
use crate::json;

/// Tell whether the models and the database say the same
///
/// Compares the models that are linked into the program with what the database holds, which has to be at head, and prints
/// what a migration would have to do. It writes nothing, and exits 1 when there is something to do. With `--offline` no
/// database is asked: the models are compared with what the migrations come to.
///
/// `--format json` gives `operations`, each with what it does, the same in `words` and the `code` that a migration would
/// have, `open` (what is different and no operation can change), `likely` (what may only have another name: `from`, `to`, and
/// `rename` as `--rename` takes it), `notes` (what was not compared, filters that match nothing, SQL by hand that is not
/// understood), and the statements of the migration that `revision --autogenerate` would write, `upgrade` and `downgrade`.
///
/// What models need not describe is left alone, and so is a table that neither a model nor a migration knows.
/// `--include`, `--exclude` and `--schema` take the place of what `[autogenerate]` in the configuration says.
#[derive(Debug, Args)]
#[command(
    name = "check",
    after_help = "\
Examples:
  check                             is a migration missing?
  check --offline                   the same without a database, as for CI
  check --offline --database-url postgres:  for this kind, where no database is configured
  check --exclude 'legacy_*'        these tables are somebody else's
  check --include 'shop_*' --schema audit   nothing but these
  check --rename users:accounts     a table that is only called otherwise
  check --unknown-tables            also what nobody describes any more"
)]
pub(crate) struct CheckCommand {
    #[command(flatten)]
    comparison: ComparisonOptions,
}

impl CheckCommand {
    pub(crate) async fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        let check = self.comparison.check(context).await?;
        let found = Found::from(&check);
        match context.format {
            Format::Json => context.ui.data(&json::text(&found))?,
            Format::Text => context.ui.data(&shown(&check, &found))?,
        }
        Ok(if check.is_clean() {
            Outcome::Done
        } else {
            Outcome::No
        })
    }
}

/// What a migration would have to do, in Alembic's words and in the code of one.
fn shown(check: &Check, found: &Found) -> String {
    let mut out = if check.is_clean() {
        "No new upgrade operations detected.\n".to_owned()
    } else {
        "New upgrade operations detected:\n".to_owned()
    };
    let statements = found.operations.iter().map(|operation| operation.code.clone());
    let open = found.open.iter().map(|open| format!("# {open}"));
    for entry in statements.chain(open) {
        for line in entry.lines() {
            out.extend(["    ", line, "\n"]);
        }
    }
    out.extend(found.likely.iter().map(|rename| rename.told() + "\n"));
    out.extend(found.notes.iter().map(|note| format!("note: {note}\n")));
    out
}
