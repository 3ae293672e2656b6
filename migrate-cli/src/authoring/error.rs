//! What the pieces' errors are to the command line: a kind, and what to do next.

use std::collections::BTreeSet;

use migrate_graph::visible::visible;
use migrate_graph::{DraftError, InvalidName, InvalidNameReason, NameKind, RevisionId};

use super::editor::EditorError;
use super::file_name::FileNameError;
use super::hooks::HookError;
use super::moment::MomentError;
use super::new_migration::RenderError;
use super::template::TemplateError;
use super::write::WriteError;
use crate::error::{CommandError, Kind};

impl From<DraftError> for CommandError {
    fn from(error: DraftError) -> Self {
        Self::new(error.kind().map_or(Kind::Graph, Kind::Revision), &error).hints(error.hints())
    }
}

/// A name of Alembic's well-known refusal has its sentence, and the rule as a hint.
impl From<InvalidName> for CommandError {
    fn from(error: InvalidName) -> Self {
        let (InvalidNameReason::Character(_), NameKind::Revision) = (&error.reason, error.kind) else {
            return Self::usage(error.to_string());
        };
        let characters = error.name.chars().map(|character| character.to_string());
        let refused: BTreeSet<String> = characters.filter(|one| RevisionId::new(one).is_err()).collect();
        let refused: Vec<String> = refused.into_iter().collect();
        Self::usage(format!(
            "Character(s) '{}' not allowed in revision identifier '{}'",
            visible(&refused.join(", ")),
            visible(&error.name)
        ))
        .hint("an id has ASCII letters, digits, `_` and `.`")
    }
}

impl From<FileNameError> for CommandError {
    fn from(error: FileNameError) -> Self {
        Self::new(Kind::Config, &error).hints(error.hints())
    }
}

impl From<MomentError> for CommandError {
    fn from(error: MomentError) -> Self {
        Self::new(Kind::Config, &error).hints(error.hints())
    }
}

impl From<TemplateError> for CommandError {
    fn from(error: TemplateError) -> Self {
        Self::new(Kind::Source, error)
    }
}

impl From<RenderError> for CommandError {
    fn from(error: RenderError) -> Self {
        Self::new(Kind::Source, &error).hints(error.hints())
    }
}

impl From<WriteError> for CommandError {
    fn from(error: WriteError) -> Self {
        Self::new(Kind::Io, error)
    }
}

impl From<EditorError> for CommandError {
    fn from(error: EditorError) -> Self {
        let kind = match error {
            EditorError::None | EditorError::Unreadable { .. } | EditorError::NotRun { .. } => Kind::Config,
            EditorError::Failed { .. } => Kind::Io,
        };
        Self::new(kind, error)
    }
}

impl From<HookError> for CommandError {
    fn from(error: HookError) -> Self {
        Self::new(Kind::Io, error)
    }
}
