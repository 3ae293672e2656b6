//! What the pieces' errors are to the command line: a kind, and what to do next.

use super::editor::EditorError;
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

impl From<EditorError> for CommandError {
    fn from(error: EditorError) -> Self {
        Self {
            kind: match error {
                EditorError::None | EditorError::Unreadable { .. } | EditorError::NotRun { .. } => {
                    Kind::Config
                }
                EditorError::Failed { .. } => Kind::Io,
            },
            message: error.to_string(),
            hints: Vec::new(),
        }
    }
}
