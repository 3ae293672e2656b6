//! What a migration file imports, and nothing else.

pub use crate::connection::{Db, StepError};
pub use crate::operation::Op;
pub use migrate_macros::migration;

/// What a data step, and a migration that can fail, returns.
pub type Result<T = (), E = StepError> = std::result::Result<T, E>;
