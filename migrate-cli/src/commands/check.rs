//! `check`

use clap::Args;
use migrate_core::Check;
use migrate_core::autogenerate::render;
use migrate_core::model::Models;

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
/// `--format json` gives `operations`, each with what it does and the `code` that a migration would have, `open` (what is
/// different and no operation can change) and `doubted` (the tables that SQL by hand may have changed).
#[derive(Debug, Args)]
#[command(
    name = "check",
    after_help = "\
Examples:
  check                             is a migration missing?
  check --offline                   the same without a database, as for CI
  check --offline --database-url postgres:  for this kind, where no database is configured"
)]
pub(crate) struct CheckCommand {
    /// Compare with what the migrations come to, and ask no database
    #[arg(long)]
    offline: bool,
}

impl CheckCommand {
    pub(crate) async fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        let (migrator, models) = (context.migrator(), Models::linked());
        let database = context.database()?;
        let check = if self.offline {
            migrator.check_offline(database, &models)?
        } else {
            migrator.check(database, &models).await?
        };
        match context.format {
            Format::Json => context.ui.data(&json::check(&check))?,
            Format::Text => context.ui.data(&shown(&check))?,
        }
        Ok(if check.is_clean() {
            Outcome::Done
        } else {
            Outcome::No
        })
    }
}

/// What a migration would have to do, in Alembic's words and in the code of one.
fn shown(check: &Check) -> String {
    let mut out = if check.is_clean() {
        "No new upgrade operations detected.\n".to_owned()
    } else {
        "New upgrade operations detected:\n".to_owned()
    };
    let statements = check.comparison.operations.iter().flat_map(render);
    let open = check.comparison.open.iter().map(|open| format!("# {open}"));
    for entry in statements.chain(open) {
        for line in entry.lines() {
            out.extend(["    ", line, "\n"]);
        }
    }
    for table in &check.doubted {
        let table = table.to_string();
        out.extend([
            "SQL by hand may have changed `",
            &table,
            "`: what the migrations make of it is a guess\n",
        ]);
    }
    out
}
