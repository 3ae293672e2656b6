//! The operation model: what a migration asks for, as plain values.
//!
//! [`Op`] records operations; dialects turn them into SQL. Nothing here writes SQL or touches a database.

mod op;
mod place;
mod step;

use std::fmt;
use std::sync::Arc;

pub use op::Op;
pub use place::{Place, Recorded};
pub use step::{DataStep, StepFn};

/// One thing that a migration does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Operation {
    /// SQL as its author wrote it.
    Execute(Execute),
    /// A data step.
    Run(Run),
}

/// See [`Operation::Execute`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Execute {
    /// The text, which goes to the database as it is.
    pub sql: String,
}

/// See [`Operation::Run`].
#[derive(Clone)]
pub struct Run {
    /// The step's name.
    pub name: String,
    /// The step.
    pub step: Arc<dyn DataStep>,
    /// Its SQL form for offline mode.
    pub script: Option<String>,
}

/// Two steps are the same when their names are; what a function does cannot be compared. Their places stand beside
/// them, in [`Recorded`].
impl PartialEq for Run {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.script) == (&other.name, &other.script)
    }
}

impl Eq for Run {}

impl fmt::Debug for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run")
            .field("name", &self.name)
            .field("script", &self.script)
            .finish_non_exhaustive()
    }
}
