//! [`Workshop`]: what a command receives that reads or writes the source of migrations.

use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;

use migrate_core::MigrationSet;

use crate::comparison::{ComparisonOptions, Found};
use crate::config::{Environment, Settings};
use crate::context::Context;
use crate::error::{CommandError, Outcome};
use crate::project::{Project, Sources};
use crate::session::Session;

/// A project with its sources as they are now, and all that other commands have.
#[derive(Debug)]
pub(crate) struct Workshop {
    pub(crate) project: Project,
    pub(crate) sources: Arc<Sources>,
    /// Speaks of the same sources.
    pub(crate) context: Context,
    pub(crate) environment: Environment,
}

/// What was found, or how the program ended that was asked, and that said why it did not find it.
pub(crate) type Answer = Result<Result<Found, Outcome>, CommandError>;

/// Whatever has the project's models and migrations compiled in: this program itself, or one that it builds.
pub(crate) trait Compiled {
    /// Compares the models with the database, with the migrations that the workshop's sources are, or says that it has
    /// others.
    fn compare<'a>(
        &'a self,
        workshop: &'a Workshop,
        options: &'a ComparisonOptions,
    ) -> Pin<Box<dyn Future<Output = Answer> + 'a>>;
}

impl Workshop {
    /// Reads the project. Without a configuration file it is the package that a binary was compiled from, when that
    /// is still there.
    pub(crate) fn open(
        session: &Session,
        settings: Settings,
        compiled: Option<&MigrationSet>,
    ) -> Result<Self, CommandError> {
        let current = &session.environment.folder;
        let project = match (&settings.file, compiled) {
            (None, Some(set)) if Path::new(set.manifest_dir).is_dir() => {
                Project::of_package(Path::new(set.manifest_dir), set.directory)
            }
            (Some(_) | None, _) => Project::of(&settings, current)?,
        };
        let sources = Sources::read(&project, current)?;
        let sources = Arc::new(sources.configured(|migrator| settings.apply(migrator, session.observer())));
        Ok(Self {
            project,
            context: session.context(Arc::<Sources>::clone(&sources), settings),
            sources,
            environment: session.environment.clone(),
        })
    }
}
