//! A status as text: a few aligned lines.

use migrate_graph::RevisionId;

use super::{Next, Status};
use crate::config::ConfigError;
use crate::context::Context;
use crate::entry::{Entry, Line};
use crate::error::CommandError;
use crate::printable::one_line;

/// Of longer lists only the beginning is shown.
const MOST: usize = 10;

impl Status<'_> {
    /// The lines; what the next commands are called with stands in the context.
    pub(crate) fn text(&self, context: &Context, next: &[Next]) -> Result<String, CommandError> {
        let mut text = Fields(String::new());
        text.field(
            "Database",
            match context.configured() {
                Ok(url) => vec![url.to_string()],
                Err(ConfigError::NoDatabase { .. }) => vec!["none is configured".to_owned()],
                Err(_) => Vec::new(),
            },
        );
        let summaries = |ids: &[RevisionId]| -> Result<Vec<String>, CommandError> {
            let entries = context.entries(ids, &[])?;
            let line = |entry: &Entry<'_>| entry.line(Line::Summary).trim_end().to_owned();
            Ok(entries.iter().map(line).collect())
        };
        if let Some(rows) = &self.rows {
            let mut current = summaries(&rows.current)?;
            if current.is_empty() && rows.unknown.is_empty() {
                current.push("nothing is applied".to_owned());
            }
            text.field("Current", current);
            text.field("Redundant", marked(&rows.redundant, "other rows imply it"));
            text.field("Repeated", marked(&rows.repeated, "it has more than one row"));
            text.field(
                "Unknown",
                rows.unknown.iter().map(|row| self.unknown(row)).collect(),
            );
        }
        if let Some(half) = &self.half_done {
            let statement = half.open.as_ref().map(|open| one_line(&open.statement));
            let statement = statement.map(|statement| format!("in the statement: {statement}"));
            text.field(
                "Unfinished",
                std::iter::once(one_line(&half.to_string()))
                    .chain(statement)
                    .collect(),
            );
        }
        if let Some(pending) = &self.pending {
            let mut lines = vec![count(pending.len())];
            lines.extend(summaries(pending)?);
            text.field("Pending", lines);
        }
        let heads = self.heads.iter().map(|head| &head.id);
        let width = heads
            .clone()
            .map(|id| id.as_str().len())
            .max()
            .unwrap_or_default();
        let lines = heads.map(|id| format!("{:width$}  {}", id.as_str(), context.page(id).path));
        let lines: Vec<String> = lines.collect();
        let name = if lines.len() == 1 { "Head" } else { "Heads" };
        text.field(
            name,
            if lines.is_empty() {
                vec!["none".to_owned()]
            } else {
                lines
            },
        );
        let mut next = steps(next, &context.program);
        if next.is_empty() && self.pending.is_some() {
            next.push("nothing to do".to_owned());
        }
        text.field("Next", next);
        Ok(text.0)
    }

    fn unknown(&self, row: &str) -> String {
        let same = |id: &&RevisionId| row.trim().eq_ignore_ascii_case(id.as_str());
        let alike = self.rows.iter().flat_map(|rows| &rows.alike).find(same);
        match alike {
            Some(id) => format!("'{row}', which is {id} but for case or white space"),
            None if RevisionId::new(row).is_ok() => {
                format!("{row}, which no revision here has: of a newer deployment, or of another branch")
            }
            None => format!("'{row}', which no revision can have as its id"),
        }
    }
}

/// The alternatives, each on its line.
fn steps(next: &[Next], program: &str) -> Vec<String> {
    let step = |(at, next): (usize, &Next)| {
        let or = if at > 0 { "or " } else { "" };
        match next {
            Next::Command(command) => format!("{or}{program} {command}"),
            Next::Advice(advice) => format!("{or}{advice}"),
        }
    };
    next.iter().enumerate().map(step).collect()
}

fn marked(ids: &[RevisionId], mark: &str) -> Vec<String> {
    ids.iter().map(|id| format!("{id}, {mark}")).collect()
}

fn count(number: usize) -> String {
    match number {
        0 => "nothing".to_owned(),
        1 => "1 revision".to_owned(),
        _ => format!("{number} revisions"),
    }
}

/// Lines of a name and what it has: further values stand below the first.
struct Fields(String);

impl Fields {
    /// A name without a value is left out.
    fn field(&mut self, name: &str, values: Vec<String>) {
        let more = values.len().saturating_sub(MOST + 1);
        let shown = values.len() - if more > 1 { more } else { 0 };
        let rest = (more > 1).then(|| format!("... and {more} more"));
        for (at, value) in values.into_iter().take(shown).chain(rest).enumerate() {
            let name = if at == 0 { name } else { "" };
            self.0 += format!("{name:<11}{value}").trim_end();
            self.0.push('\n');
        }
    }
}
