//! How a migrator runs, as values; where they come from is the caller's business.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::dialect::Dialect;
use crate::migration::{MigrationSet, Registration};
use crate::operation::Arguments;
use crate::runtime::{DEFAULT_VERSION_TABLE, Event, Observer, VersionTable};

/// What one transaction spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TransactionMode {
    /// One migration and its version row: what is done stays done when a later one fails.
    #[default]
    PerMigration,
    /// The whole run: all or nothing.
    Single,
}

#[derive(Clone)]
pub(super) struct Settings {
    pub(super) table: String,
    pub(super) schema: Option<String>,
    pub(super) lock_timeout: Duration,
    pub(super) wait: Duration,
    pub(super) transaction: TransactionMode,
    pub(super) arguments: Arguments,
    pub(super) observer: Arc<dyn Observer>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            table: DEFAULT_VERSION_TABLE.into(),
            schema: None,
            lock_timeout: Duration::from_secs(60),
            wait: Duration::ZERO,
            transaction: TransactionMode::default(),
            arguments: Arguments::default(),
            observer: Arc::new(|_: &Event| {}),
        }
    }
}

impl Settings {
    pub(super) fn version_table(&self, dialect: &'static dyn Dialect) -> VersionTable {
        VersionTable::new(dialect, &self.table, self.schema.as_deref())
    }
}

/// Something about a migrator that is probably not meant.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// A crate with migrations is linked, but this migrator does not contain them.
    NotContained {
        /// The crate's package.
        package: &'static str,
        /// The module that holds its `migrator()`.
        module: &'static str,
        /// How many migrations it has.
        migrations: usize,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotContained {
                package,
                module,
                migrations,
            } => write!(
                f,
                "this migrator does not contain the migrations of the linked crate `{package}`, {migrations} in number; \
                 to contain them, write `migrations!(\"...\", with = [{module}])`"
            ),
        }
    }
}

/// The linked sets of other packages that are not among these, sorted by package and module.
pub(super) fn not_contained(sets: &[&'static MigrationSet]) -> Vec<Warning> {
    let mut missing: Vec<&MigrationSet> = inventory::iter::<Registration>()
        .map(|registration| registration.0)
        .filter(|set| !sets.iter().any(|own| own.package == set.package))
        .collect();
    missing.sort_unstable_by_key(|set| (set.package, set.module));
    let warning = |set: &MigrationSet| Warning::NotContained {
        package: set.package,
        module: set.module,
        migrations: set.migrations.len(),
    };
    missing.into_iter().map(warning).collect()
}
