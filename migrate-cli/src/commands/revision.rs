//! `revision`

use std::path::{Path, PathBuf};

use clap::Args;
use migrate_core::autogenerate::Draft as Statements;

use super::new_revision::{NewRevision, location, refused};
use super::renames;
use crate::comparison::{ComparisonOptions, FoundRename};
use crate::error::{CommandError, Outcome};
use crate::format::Format;
use crate::printable::listed;
use crate::project::{normal, shown};
use crate::workshop::{Compiled, Workshop};

/// Create a new migration
///
/// With `--autogenerate` it says what leads from the database to the models that are linked into the project's program,
/// as `check` shows it, and how to come back. Read it before you run it: what loses data, and what could not be said, stands
/// in comments. With `--offline` no database is asked: the models are compared with what the migrations come to. When
/// there is nothing to do, no file is written.
///
/// What goes and what comes may be one thing under two names: `renamed_from` on the model says so, or `--rename`. Where it is
/// likely, it is asked on a terminal, and a comment elsewhere.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  revision -m \"create users\"                     after the only head
  revision --autogenerate -m \"add full_name\"  what the models have and the database has not
  revision --autogenerate -m \"call it so\" --rename users.name:users.full_name
  revision -m \"create carts\" --head shop@head    after the head of a labelled line
  revision --head base --branch-label audit      the first of a new line
  revision -m \"add prices\" --depends-on audit    and only when that is applied")]
pub(crate) struct Revision {
    #[command(flatten)]
    new: NewRevision,
    /// Write what leads to the models: compare them with the database, which has to be at head
    #[arg(long)]
    autogenerate: bool,
    #[command(flatten)]
    comparison: ComparisonOptions,
    /// What it revises: a revision, `LABEL@head`, or `base` for the first of a new line
    #[arg(long, value_name = "REVISION", default_value = "head")]
    head: String,
    /// Revision or label that must be applied before it; may be given several times
    #[arg(long, value_name = "REVISION")]
    depends_on: Vec<String>,
    /// Folder of migrations to write it into, where there are several
    #[arg(long, value_name = "FOLDER")]
    version_path: Option<PathBuf>,
}

/// Why a model may not have been compared.
const NOT_LINKED: &str =
    "hint: a model counts once it is compiled in: its file needs a `mod`, and its crate a `use`";

impl Revision {
    pub(crate) async fn run(
        &self,
        workshop: &Workshop,
        compiled: &dyn Compiled,
    ) -> Result<Outcome, CommandError> {
        if let (false, [first, ..]) = (self.autogenerate, self.comparison.arguments().as_slice()) {
            let message = format!("`{}` is for `--autogenerate`", first.display());
            return Err(CommandError::usage(message));
        }
        let draft = self
            .new
            .draft(std::slice::from_ref(&self.head), &self.depends_on)?;
        let revision = workshop.context.map()?.draft(&draft);
        let revision = revision.map_err(|errors| refused(errors, &workshop.context.program))?;
        let location = match &self.version_path {
            Some(path) => named(workshop, path)?,
            None => location(workshop, &revision)?,
        };
        let message = self.new.message.as_deref().unwrap_or_default();
        let statements = if self.autogenerate {
            match self.found(workshop, compiled).await? {
                Ok(statements) => statements,
                Err(outcome) => return Ok(outcome),
            }
        } else {
            Statements::default()
        };
        NewRevision::write(workshop, &revision, message, location, &statements)
    }

    /// What the models have and the database has not, after it was told; or how the command ends where there is nothing.
    async fn found(
        &self,
        workshop: &Workshop,
        compiled: &dyn Compiled,
    ) -> Result<Result<Statements, Outcome>, CommandError> {
        let context = &workshop.context;
        let found = match renames::compared(workshop, compiled, &self.comparison).await? {
            Ok(found) => found,
            Err(outcome) => return Ok(Err(outcome)),
        };
        for operation in &found.operations {
            context.ui.say(&format!("Detected {}", operation.words));
        }
        let likely = found.likely.iter().map(FoundRename::told);
        for left in found.open.iter().chain(&found.notes).cloned().chain(likely) {
            context.ui.warn(&left);
        }
        if found.operations.is_empty() {
            let (outcome, said) = if found.open.is_empty() {
                (
                    Outcome::Done,
                    "Nothing to do: the models say what is there already",
                )
            } else {
                (Outcome::No, "No operation does that")
            };
            context.ui.say(&format!("{said}; no file is written"));
            if found.open.is_empty() {
                // Whoever asked for a migration has changed a model, or thinks so.
                context.ui.say(NOT_LINKED);
            }
            if context.format == Format::Json {
                context.ui.data("null\n")?;
            }
            return Ok(Err(outcome));
        }
        Ok(Ok(Statements {
            upgrade: found.upgrade,
            downgrade: found.downgrade,
        }))
    }
}

/// The folder of migrations that a path from the current folder means.
fn named<'a>(workshop: &'a Workshop, path: &Path) -> Result<&'a Path, CommandError> {
    let current = &workshop.environment.folder;
    let wanted = normal(&current.join(path));
    let known = &workshop.project.locations;
    if let Some(location) = known.iter().find(|location| **location == wanted) {
        return Ok(location);
    }
    let message = format!(
        "Path {} is not represented in current version locations",
        path.display()
    );
    let known = listed(known.iter().map(|folder| shown(folder, current)));
    Err(CommandError::usage(message).hint(format!("`script_location` has {known}")))
}
