//! `edit`

use std::path::Path;

use clap::Args;
use migrate_graph::{ErrorKind, RevisionSpec, Symbol};

use crate::authoring::editor;
use crate::error::{CommandError, Kind, Outcome};
use crate::project::Sources;
use crate::workshop::Workshop;

/// Open the file of a revision in your editor
///
/// The editor is `$EDITOR`, else `$VISUAL`, each with its arguments (`code --wait`), else a well-known one that is
/// installed. When it is done, the files are read again, and what is wrong with them now is said.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  edit head                         the last one
  edit 1f3c                         one by the beginning of its id
  edit current                      where the database is")]
pub(crate) struct Edit {
    /// Which: a revision or the beginning of one, `head`, `heads`, a label, `-1` (one below the head), `current`
    #[arg(allow_negative_numbers = true)]
    revision: String,
}

impl Edit {
    pub(crate) async fn run(&self, workshop: &Workshop) -> Result<Outcome, CommandError> {
        let context = &workshop.context;
        let spec = RevisionSpec::parse(&self.revision)?;
        let ids = context.resolve(&spec).await?;
        let sources = ids.iter().filter_map(|id| workshop.sources.source(id));
        let files: Vec<&Path> = sources.map(|source| &*source.file.path).collect();
        if files.is_empty() {
            return Err(nothing(&spec));
        }
        editor::open(&workshop.environment, &files)?;
        if let Err(error) = Sources::read(&workshop.project, &workshop.environment.folder) {
            let error = CommandError::from(error);
            context.ui.warn(&error.message);
            for hint in &error.hints {
                context.ui.say(hint);
            }
        }
        Ok(Outcome::Done)
    }
}

/// There is no file to open, in Alembic's words.
fn nothing(spec: &RevisionSpec) -> CommandError {
    let message = if spec.symbol == Some(Symbol::Current) {
        "No current revisions".to_owned()
    } else {
        format!("No revision files indicated by symbol '{}'", spec.text)
    };
    CommandError::new(Kind::Revision(ErrorKind::CantLocate), message)
}
