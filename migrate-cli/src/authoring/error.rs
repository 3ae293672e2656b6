//! What the pieces' errors are to the command line: a kind, and what to do next.

use super::write::WriteError;
use crate::error::{CommandError, Kind};

impl From<WriteError> for CommandError {
    fn from(error: WriteError) -> Self {
        Self {
            kind: Kind::Io,
            message: error.to_string(),
            hints: Vec::new(),
        }
    }
}
