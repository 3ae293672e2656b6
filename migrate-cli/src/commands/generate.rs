//! `generate`

use std::io;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use migrate_core::dialect::Scope;

use crate::authoring::write;
use crate::context::Context;
use crate::error::{CommandError, Kind, Outcome};
use crate::format::Format;

/// Write models for a database that is there
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  generate models                            print a struct for each table
  generate models --output src/models.rs     write them to a file
  generate models --schema auth --schema app   of these schemas, instead of the current one
  generate models -o src/models.rs --force   again, over what is there

Nothing is written to the database.")]
pub(crate) struct Generate {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Models(GenerateModels),
}

/// A struct for each table, and an enum for each enum type
///
/// They derive `Table` and `Enumeration` beside what sqlx reads rows by, and say all that models can say of the database;
/// what they cannot say stands at the top of the file. The tool's own tables are left out. `check` finds no difference
/// between the database and them.
///
/// `--format json` gives `source`, `features` (of migrate-core, which the types need) and `unsaid`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  generate models                            print them
  generate models --output src/models.rs     write them to a file
  generate models --schema auth --schema app   of these schemas, instead of the current one")]
struct GenerateModels {
    /// Write them to this file, which must not be there
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the file whatever is there
    #[arg(long, requires = "output")]
    force: bool,
    /// Schema to read, instead of the one in which a table would be made; may be given several times
    #[arg(long, value_name = "SCHEMA")]
    schema: Vec<String>,
}

impl Generate {
    pub(crate) async fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        match &self.what {
            What::Models(models) => models.run(context).await,
        }
    }
}

impl GenerateModels {
    async fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        let database = context.database()?;
        let adopted = context.migrator().adopt(database, &scope(&self.schema)).await?;
        let ui = &context.ui;
        if adopted.tables == 0 {
            ui.say("The database has no tables; nothing is written");
            return Ok(Outcome::No);
        }
        let file = adopted.models;
        for line in &file.unsaid {
            ui.warn(&format!("not said by the models: {line}"));
        }
        match (&self.output, context.format) {
            (Some(path), _) => {
                write::put(path, &file.source, self.force).map_err(|error| {
                    if error.kind() == io::ErrorKind::AlreadyExists {
                        let message = format!("`{}` is there already", path.display());
                        return CommandError::usage(message).hint("`--force` writes over it");
                    }
                    let message = format_args!("cannot write `{}`: {error}", path.display());
                    CommandError::new(Kind::Io, message)
                })?;
                let ending = if adopted.tables == 1 { "" } else { "s" };
                ui.say(&format!("Wrote the models of {} table{ending}", adopted.tables));
                ui.data(&format!("{}\n", path.display()))?;
            }
            (None, Format::Json) => {
                let data = serde_json::json!({
                    "source": file.source,
                    "features": file.features,
                    "unsaid": file.unsaid,
                });
                ui.data(&format!("{data:#}\n"))?;
            }
            (None, Format::Text) => ui.data(&file.source)?,
        }
        Ok(Outcome::Done)
    }
}

/// What of a database is read.
pub(super) fn scope(schemas: &[String]) -> Scope {
    if schemas.is_empty() {
        Scope::Current
    } else {
        Scope::Schemas(schemas.to_vec())
    }
}
