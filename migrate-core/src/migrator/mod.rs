//! The facade: what an application, and the command line, call.
//!
//! A [`Migrator`] is values only: it holds no connection, and every call is given its database. It prints nothing;
//! what happens is told to its [`Observer`](crate::runtime::Observer), what was done is its report.

mod adopt;
mod check;
mod existing;
mod half_done;
mod offline;
mod online;
mod open;
mod planning;
mod reading;
mod settings;
mod twin;
mod wishes;

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use migrate_graph::{RevisionId, RevisionMap};

pub use adopt::Adopted;
pub use check::{Check, Remark};
pub use half_done::Resolution;
pub use online::Current;
use settings::Settings;
pub use settings::{TransactionMode, Warning};

use crate::error::Error;
use crate::history::{History, HistoryProblem};
use crate::migration::{Migration, MigrationSet};
use crate::runtime::Observer;

/// All migrations of an application, ready to be run on a database.
///
/// `migrations!` makes one: `migrations::migrator()`. The settings have Alembic's defaults, but for a transaction
/// around each migration.
pub struct Migrator {
    sets: Vec<&'static MigrationSet>,
    settings: Settings,
    history: OnceLock<Result<History, Vec<HistoryProblem>>>,
}

impl Migrator {
    /// The migrator of one set and of other crates' migrators.
    pub(crate) fn new(set: &'static MigrationSet, with: Vec<Self>) -> Self {
        let mut sets = vec![set];
        for set in with.into_iter().flat_map(|other| other.sets) {
            if !sets.iter().any(|known| std::ptr::eq(*known, set)) {
                sets.push(set);
            }
        }
        Self {
            sets,
            settings: Settings::default(),
            history: OnceLock::new(),
        }
    }

    /// A migrator that knows how revisions hang together, and not what they do: it stamps, plans, and tells where a
    /// database is. An upgrade or downgrade that has a step to take is refused. It is for tools that read the source
    /// of migrations instead of compiling it.
    ///
    /// ```
    /// use migrate_core::{Migrator, graph::{Heads, Revision, RevisionMap}};
    ///
    /// let users = Revision {
    ///     id: "a1".parse()?,
    ///     down_revisions: vec![],
    ///     depends_on: vec![],
    ///     branch_labels: vec![],
    /// };
    /// let map = RevisionMap::new(vec![users]).map_err(|problems| format!("{problems:?}"))?;
    /// let plan = Migrator::of_revisions(map).plan_upgrade(&Heads::default(), "head")?;
    /// assert_eq!(plan.to[0].as_str(), "a1");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of_revisions(map: RevisionMap) -> Self {
        Self {
            sets: Vec::new(),
            settings: Settings::default(),
            history: OnceLock::from(Ok(History::of_map(map))),
        }
    }

    /// Keeps the state in a table of another name, or in a given schema. The default is Alembic's
    /// `alembic_version`, where the database looks for unqualified names.
    #[must_use]
    pub fn version_table(mut self, table: &str, schema: Option<&str>) -> Self {
        (self.settings.table, self.settings.schema) = (table.into(), schema.map(Into::into));
        self
    }

    /// How long a run waits for another that works on the same database. The default is 60 seconds; zero fails at
    /// once.
    #[must_use]
    pub fn lock_timeout(mut self, timeout: Duration) -> Self {
        self.settings.lock_timeout = timeout;
        self
    }

    /// How long a call waits for a server that does not answer yet, or says that it is starting, before it gives up: for
    /// an application that starts beside its database. Whatever else is wrong fails at once. The default is zero. A pool
    /// has a setting of its own.
    #[must_use]
    pub fn wait(mut self, patience: Duration) -> Self {
        self.settings.wait = patience;
        self
    }

    /// What one transaction spans. The default is one migration and its version row.
    #[must_use]
    pub fn transaction(mut self, mode: TransactionMode) -> Self {
        self.settings.transaction = mode;
        self
    }

    /// Tells the migrations something, which they ask for with [`Op::argument`](crate::operation::Op::argument): which tenant
    /// is meant, whether test data is wanted. The last value of a name counts.
    #[must_use]
    pub fn argument(mut self, name: &str, value: &str) -> Self {
        self.settings.arguments.set(name, value);
        self
    }

    /// Who is told what happens. The default is nobody.
    #[must_use]
    pub fn observer(mut self, observer: impl Observer + 'static) -> Self {
        self.settings.observer = Arc::new(observer);
        self
    }

    /// The sets that it contains: its own first, then those of `with`.
    #[must_use]
    pub fn sets(&self) -> &[&'static MigrationSet] {
        &self.sets
    }

    /// The checked graph of all its migrations.
    ///
    /// # Errors
    /// [`Error::Empty`] when there is none; [`Error::History`] with every problem of the union.
    pub fn revisions(&self) -> Result<&RevisionMap, Error> {
        Ok(&self.history()?.map)
    }

    /// The migration of a revision.
    #[must_use]
    pub fn migration(&self, id: &RevisionId) -> Option<&'static Migration> {
        self.history().ok()?.migration(id.as_str())
    }

    /// What is probably not meant. Revisions alone are no linked sets, and miss none.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        if self.sets.is_empty() {
            return Vec::new();
        }
        settings::not_contained(&self.sets)
    }

    fn history(&self) -> Result<&History, Error> {
        if let Some(set) = self.sets.first()
            && self.sets.iter().all(|set| set.migrations.is_empty())
        {
            return Err(Error::Empty {
                package: set.package,
                directory: set.directory,
            });
        }
        self.any_history()
    }

    /// The same where there may be no migrations yet.
    fn any_history(&self) -> Result<&History, Error> {
        let history = self.history.get_or_init(|| History::new(&self.sets));
        history
            .as_ref()
            .map_err(|problems| Error::History(problems.clone()))
    }
}

impl fmt::Debug for Migrator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Migrator")
            .field("sets", &self.sets)
            .finish_non_exhaustive()
    }
}
