//! [`Context`]: what a command receives.

use std::sync::Arc;

use migrate_core::{HalfDone, Migrator};
use migrate_graph::{Heads, Revision, RevisionId, RevisionMap, RevisionSpec, Symbol};

use crate::catalogue::{Catalogue, Page};
use crate::config::{Comparing, ConfigError};
use crate::entry::{Entry, Line};
use crate::error::CommandError;
use crate::format::Format;
use crate::json::{self, Asked};
use crate::secret::Secret;
use crate::start;
use crate::ui::Ui;

/// The revisions with their settings, and where output goes.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    catalogue: Arc<dyn Catalogue>,
    pub(crate) format: Format,
    pub(crate) ui: Arc<Ui>,
    database: Result<Secret, ConfigError>,
    comparing: Comparing,
    /// How this command line is called, for the same project: what comes before the name of a command.
    pub(crate) program: String,
}

impl Context {
    pub(crate) fn new(
        catalogue: Arc<dyn Catalogue>,
        database: Result<Secret, ConfigError>,
        comparing: Comparing,
        format: Format,
        ui: Arc<Ui>,
        program: String,
    ) -> Self {
        let context = Self {
            catalogue,
            format,
            ui,
            database,
            comparing,
            program,
        };
        context.warned()
    }

    /// The same with revisions from elsewhere.
    #[cfg(feature = "authoring")]
    pub(crate) fn of(&self, catalogue: Arc<dyn Catalogue>) -> Self {
        let context = Self {
            catalogue,
            ..self.clone()
        };
        context.warned()
    }

    fn warned(self) -> Self {
        for warning in self.migrator().warnings() {
            self.ui.warn(&warning.to_string());
        }
        self
    }

    /// What asks databases, and runs the migrations that are compiled in.
    pub(crate) fn migrator(&self) -> &Migrator {
        self.catalogue.migrator()
    }

    /// What the file of a revision says.
    pub(crate) fn page(&self, id: &RevisionId) -> Page<'_> {
        self.catalogue.page(id)
    }

    /// The database's URL, which a command that needs none never asks for.
    pub(crate) fn database(&self) -> Result<&str, CommandError> {
        match &self.database {
            Ok(url) => Ok(url.reveal()),
            Err(error) => Err(error.clone().into()),
        }
    }

    /// The same without its password; none when no database is configured.
    pub(crate) fn secret(&self) -> Option<&Secret> {
        self.configured().ok()
    }

    /// The database, or why none is configured.
    pub(crate) fn configured(&self) -> Result<&Secret, &ConfigError> {
        self.database.as_ref()
    }

    /// What the configuration says of comparing models with the database.
    pub(crate) fn comparing(&self) -> &Comparing {
        &self.comparing
    }

    /// Whether the revisions are migrations that are compiled in.
    pub(crate) fn is_compiled(&self) -> bool {
        !self.migrator().sets().is_empty()
    }

    pub(crate) fn map(&self) -> Result<&RevisionMap, CommandError> {
        Ok(self.migrator().revisions()?)
    }

    /// The rows of the version table, and the migration that is half done, for a command that works without them too;
    /// none when no database is configured.
    ///
    /// # Errors
    /// Why a database that is configured cannot be asked.
    pub(crate) async fn known_state(&self) -> Result<Option<(Vec<String>, Option<HalfDone>)>, CommandError> {
        match &self.database {
            Ok(url) => Ok(Some(self.migrator().state(url.reveal()).await?)),
            Err(ConfigError::NoDatabase { .. }) => Ok(None),
            Err(error) => Err(error.clone().into()),
        }
    }

    /// Where a plan starts: at the heads given, else where the database is.
    pub(crate) async fn heads(&self, from: &[String]) -> Result<Heads, CommandError> {
        let map = self.map()?;
        if !from.is_empty() {
            return start::given(map, from);
        }
        let rows = self.migrator().rows(self.database()?).await?;
        Ok(Heads::read(map, &rows)?)
    }

    /// The revisions that a target means; only one that says where the database is asks it.
    pub(crate) async fn resolve(&self, target: &RevisionSpec) -> Result<Vec<RevisionId>, CommandError> {
        let heads = if target.symbol == Some(Symbol::Current) {
            self.heads(&[]).await?
        } else {
            Heads::default()
        };
        Ok(self.map()?.resolve(target, &heads)?)
    }

    /// A revision as it is printed; `current` holds the rows of the version table.
    pub(crate) fn entry<'a>(
        &'a self,
        revision: &'a Revision,
        current: &[RevisionId],
    ) -> Result<Entry<'a>, CommandError> {
        Ok(Entry {
            map: self.map()?,
            revision,
            page: self.page(&revision.id),
            current: current.contains(&revision.id),
        })
    }

    /// The revisions of these ids as they are printed.
    pub(crate) fn entries<'a>(
        &'a self,
        ids: impl IntoIterator<Item = &'a RevisionId>,
        current: &[RevisionId],
    ) -> Result<Vec<Entry<'a>>, CommandError> {
        let map = self.map()?;
        let revisions = ids.into_iter().filter_map(|id| map.get(id.as_str()));
        revisions.map(|revision| self.entry(revision, current)).collect()
    }

    /// Prints revisions in the form that was asked for.
    pub(crate) fn print(
        &self,
        entries: &[Entry<'_>],
        verbose: bool,
        form: Line,
        asked: Asked,
    ) -> Result<(), CommandError> {
        match self.format {
            Format::Json => self.ui.data(&json::revisions(entries, asked)),
            Format::Text => self
                .ui
                .stream(entries.iter().map(|entry| entry.text(verbose, form))),
        }
    }

    /// Says so when there is nothing to do.
    pub(crate) fn say_if_idle(&self, steps: usize) {
        if steps == 0 {
            self.ui.say("Nothing to do: the database is there already");
        }
    }
}
