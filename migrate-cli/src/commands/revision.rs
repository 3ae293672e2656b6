//! `revision`

use std::path::{Path, PathBuf};

use clap::Args;

use super::new_revision::{NewRevision, location, refused};
use crate::error::{CommandError, Outcome};
use crate::printable::listed;
use crate::project::{normal, shown};
use crate::workshop::Workshop;

/// Create a new migration
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  revision -m \"create users\"                     after the only head
  revision -m \"create carts\" --head shop@head    after the head of a labelled line
  revision --head base --branch-label audit      the first of a new line
  revision -m \"add prices\" --depends-on audit    and only when that is applied")]
pub(crate) struct Revision {
    #[command(flatten)]
    new: NewRevision,
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

impl Revision {
    pub(crate) fn run(&self, workshop: &Workshop) -> Result<Outcome, CommandError> {
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
        NewRevision::write(workshop, &revision, message, location)
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
