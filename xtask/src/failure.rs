//! [`Failure`]: why a task could not be done, for a person to read.

use std::fmt;

/// Why a task could not be done, and what to do about it.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    hints: Vec<String>,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hints: Vec::new(),
        }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

/// What the operating system did not do.
pub(crate) fn io_failure(what: &str, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot {what}: {error}"))
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
        for hint in &self.hints {
            write!(f, "\nhint: {hint}")?;
        }
        Ok(())
    }
}
