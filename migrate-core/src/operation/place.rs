//! Where an operation was asked for.

use std::{fmt, panic::Location};

use crate::operation::Operation;

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

/// An operation and the line that asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// What is to be done.
    pub operation: Operation,
    /// The directive that asked for it.
    pub place: Place,
}
