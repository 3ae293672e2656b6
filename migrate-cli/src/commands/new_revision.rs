//! What `revision` and `merge` share: the options that say what is new, and the way from a revision to its file.

use std::path::Path;

use clap::Args;
use migrate_core::autogenerate::Draft as Statements;
use migrate_graph::{BranchLabel, Draft, DraftError, Revision, RevisionId, RevisionSpec};

use crate::authoring::body::Body;
use crate::authoring::file_name::{DEFAULT_FILE_TEMPLATE, FileName};
use crate::authoring::moment::{DEFAULT_TIME_ZONE, Moment, SOURCE_DATE_EPOCH};
use crate::authoring::new_migration::NewMigration;
use crate::authoring::slug::{DEFAULT_SLUG_LENGTH, slug};
use crate::authoring::template::Template;
use crate::authoring::{hooks, id, write};
use crate::catalogue::Catalogue;
use crate::entry::Entry;
use crate::error::{CommandError, Kind, Outcome, hint};
use crate::format::Format;
use crate::json::{self, Asked};
use crate::printable::listed;
use crate::project::{Sources, shown};
use crate::workshop::Workshop;

/// The options of `revision` and `merge`.
#[derive(Debug, Args)]
pub(super) struct NewRevision {
    /// What it does, in one line
    #[arg(short, long, value_name = "TEXT")]
    pub(super) message: Option<String>,
    /// Let it revise what another revision revises already: a new branch begins there
    #[arg(long)]
    splice: bool,
    /// Label of the line that goes on from here; may be given several times
    #[arg(long, value_name = "LABEL")]
    branch_label: Vec<String>,
    /// Its id, instead of a random one
    #[arg(long, value_name = "ID")]
    rev_id: Option<String>,
}

impl NewRevision {
    /// The first of a project, of which nothing more is said.
    pub(super) fn first() -> Self {
        Self {
            message: None,
            splice: false,
            branch_label: Vec::new(),
            rev_id: None,
        }
    }

    /// What these options ask for.
    ///
    /// # Errors
    /// Every name and every target that cannot be one.
    pub(super) fn draft(&self, heads: &[String], depends_on: &[String]) -> Result<Draft, CommandError> {
        let id = self.rev_id.clone().unwrap_or_else(id::random);
        let id = RevisionId::new(&id).map_err(CommandError::from);
        let mut refused = Vec::new();
        let branch_labels = all(&self.branch_label, BranchLabel::new, &mut refused);
        let heads = all(heads, RevisionSpec::parse, &mut refused);
        let depends_on = all(depends_on, RevisionSpec::parse, &mut refused);
        match (id, refused.into_iter().reduce(CommandError::and)) {
            (Ok(id), None) => Ok(Draft {
                id,
                heads,
                splice: self.splice,
                branch_labels,
                depends_on,
            }),
            (Ok(_), Some(error)) | (Err(error), None) => Err(error),
            (Err(error), Some(others)) => Err(error.and(others)),
        }
    }

    /// Writes the file of a revision into a folder of migrations, runs the hooks on it, and prints where it is. What it
    /// does is `statements`.
    pub(super) fn write(
        workshop: &Workshop,
        revision: &Revision,
        message: &str,
        location: &Path,
        statements: &Statements,
    ) -> Result<Outcome, CommandError> {
        let (project, ui) = (&workshop.project, &workshop.context.ui);
        let settings = &project.settings;
        let zone = settings.timezone.as_deref().unwrap_or(DEFAULT_TIME_ZONE);
        let moment = Moment::now(zone, workshop.environment.variable(SOURCE_DATE_EPOCH))?;
        let slug = slug(
            message,
            settings.truncate_slug_length.unwrap_or(DEFAULT_SLUG_LENGTH),
        );
        let name = settings.file_template.as_deref().unwrap_or(DEFAULT_FILE_TEMPLATE);
        let name = FileName::render(name, &revision.id, &slug, &moment)?;
        let new = NewMigration {
            revision,
            message,
            moment: &moment,
            upgrade: Body(&statements.upgrade),
            downgrade: Body(&statements.downgrade),
        };
        let text = new.render(&Template::of(location, &project.folder)?)?;

        let path = location.join(name.as_str());
        let path = shown(&path, &workshop.environment.folder);
        ui.begin(&format!("Generating {path} ..."));
        let file = write::create(location, &name, &text)?;
        ui.finish("done");
        let stays = |error: CommandError| match file.exists() {
            true => error.hint(format!("`{path}` is written, and stays")),
            false => error,
        };
        let hooks = settings.post_write_hooks.as_deref();
        hooks::run(hooks, &project.folder, &file, ui).map_err(|error| stays(error.into()))?;
        Self::print(workshop, &revision.id, &path).map_err(stays)?;
        Ok(Outcome::Done)
    }

    /// Prints what every other command will read from now on, whatever the hooks made of it.
    fn print(workshop: &Workshop, id: &RevisionId, path: &str) -> Result<(), CommandError> {
        let context = &workshop.context;
        let sources = Sources::read(&workshop.project, &workshop.environment.folder)?;
        let map = sources.migrator().revisions()?;
        let revision = map.get(id.as_str()).ok_or_else(|| {
            let lost = format_args!("`{path}` does not have revision {id} any more, now that the hooks ran");
            CommandError::new(Kind::Source, lost).hint("see `post_write_hooks` in the configuration")
        })?;
        let data = match context.format {
            Format::Json => {
                let entry = Entry {
                    map,
                    revision,
                    page: sources.page(id),
                    current: false,
                };
                json::text(&json::revision(&entry, Asked::No))
            }
            Format::Text => format!("{path}\n"),
        };
        context.ui.data(&data)
    }
}

/// The values that can be read; why the others cannot is kept.
fn all<T, E: Into<CommandError>>(
    texts: impl IntoIterator<Item = impl AsRef<str>>,
    read: impl Fn(&str) -> Result<T, E>,
    refused: &mut Vec<CommandError>,
) -> Vec<T> {
    let mut values = Vec::new();
    for text in texts {
        match read(text.as_ref()) {
            Ok(value) => values.push(value),
            Err(error) => refused.push(error.into()),
        }
    }
    values
}

/// Why there is no such revision, and what the command line knows to do about it.
pub(super) fn refused(errors: Vec<DraftError>, program: &str) -> CommandError {
    let advised = |error: DraftError| {
        let several = matches!(error, DraftError::MultipleHeads { .. });
        let error = CommandError::from(error);
        if several {
            return error.hint(format!(
                "`--head ID` takes one of them; `{program} merge heads` joins them"
            ));
        }
        match hint(error.kind) {
            Some(advice) => error.hint(advice),
            None => error,
        }
    };
    let errors = errors.into_iter().map(advised).reduce(CommandError::and);
    errors.unwrap_or_else(|| CommandError::usage("there is no such revision"))
}

/// The folder of migrations in which a revision goes on from what it revises; of several, none says where a new line
/// begins.
pub(super) fn location<'a>(workshop: &'a Workshop, revision: &Revision) -> Result<&'a Path, CommandError> {
    let first = revision.down_revisions.first();
    let source = first.and_then(|id| workshop.sources.source(id));
    match (workshop.project.locations.as_slice(), source) {
        (_, Some(source)) => Ok(&source.location),
        ([only], None) => Ok(only),
        (several, None) => {
            let several = several
                .iter()
                .map(|folder| shown(folder, &workshop.environment.folder));
            let options = several.map(|folder| format!("--version-path {folder}"));
            Err(
                CommandError::usage("Multiple version locations present, please specify --version-path")
                    .hint(listed(options)),
            )
        }
    }
}
