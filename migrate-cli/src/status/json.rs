//! A [`Status`] as JSON.

use serde::Serialize;

use super::{Next, Status};
use crate::context::Context;
use crate::error::CommandError;
use crate::json::{Asked, ErrorJson, HalfDoneJson, RevisionJson, error_of, half_done_of, ids, list, text};

#[derive(Serialize)]
struct StatusJson<'a> {
    /// Without its password; null when none is configured.
    database: Option<String>,
    /// The rows of the version table by what they are; all null when it could not be asked.
    current: Option<Vec<&'a str>>,
    redundant: Option<Vec<&'a str>>,
    repeated: Option<Vec<&'a str>>,
    unknown: Option<&'a [String]>,
    /// Null when rows are unknown or repeated, too.
    pending: Option<Vec<RevisionJson<'a>>>,
    heads: Vec<RevisionJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    half_done: Option<HalfDoneJson<'a>>,
    /// Commands as a person types them, the best first.
    next: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorJson<'a>>,
}

impl Status<'_> {
    /// All of it, and why it is not all that was asked for.
    pub(crate) fn json(
        &self,
        context: &Context,
        next: &[Next],
        error: Option<&CommandError>,
    ) -> Result<String, CommandError> {
        let rows = self.rows.as_ref();
        let pending = self
            .pending
            .as_ref()
            .map(|pending| context.entries(pending, &[]))
            .transpose()?;
        let heads = context.entries(self.heads.iter().map(|head| &head.id), &[])?;
        Ok(text(&StatusJson {
            database: context.secret().map(ToString::to_string),
            current: rows.map(|rows| ids(&rows.current)),
            redundant: rows.map(|rows| ids(&rows.redundant)),
            repeated: rows.map(|rows| ids(&rows.repeated)),
            unknown: rows.map(|rows| &rows.unknown[..]),
            pending: pending.as_deref().map(|entries| list(entries, Asked::No)),
            heads: list(&heads, Asked::No),
            half_done: self.half_done.as_ref().map(half_done_of),
            next: next
                .iter()
                .filter_map(|next| match next {
                    Next::Command(command) => Some(format!("{} {command}", context.program)),
                    Next::Advice(_) => None,
                })
                .collect(),
            error: error.map(error_of),
        }))
    }
}
