//! Where an operation was asked for.

use std::{fmt, panic::Location};

use crate::operation::Operation;
use crate::schema::Backend;

/// A line of a source file, as the compiler names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, as it was given to the compiler.
    pub file: &'static str,
    /// The line, from 1.
    pub line: u32,
}

impl Place {
    /// The line that called the `#[track_caller]` function that asks.
    #[track_caller]
    pub(crate) fn caller() -> Self {
        let location = Location::caller();
        Self {
            file: location.file(),
            line: location.line(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// An operation, and how it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// What is to be done.
    pub operation: Operation,
    /// The directive that asked for it.
    pub place: Place,
    /// The databases that it is for; all of them when there is none.
    pub only: Vec<Backend>,
    /// Whether it stands outside of the migration's transaction, as a step of its own.
    pub autocommit: bool,
}

impl Recorded {
    /// Whether it is for this database.
    #[must_use]
    pub fn is_for(&self, backend: Backend) -> bool {
        self.only.is_empty() || self.only.contains(&backend)
    }
}
