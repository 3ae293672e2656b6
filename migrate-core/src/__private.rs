//! What the macros' expansions may name. Nobody else should: it changes without notice.

pub use inventory;

pub use crate::connection::StepError;
pub use crate::migration::{Downgrade, Migration, MigrationSet, Outcome, Registration};
pub use crate::migrator::Migrator;
pub use crate::model;
pub use crate::operation::{Op, Place};
pub use crate::prelude;
pub use crate::schema;

/// The migrator of one `migrations!` call.
#[must_use]
pub fn migrator(set: &'static MigrationSet, with: Vec<Migrator>) -> Migrator {
    Migrator::new(set, with)
}
