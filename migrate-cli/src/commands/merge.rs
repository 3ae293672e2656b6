//! `merge`

use clap::Args;
use migrate_core::autogenerate::Draft as Statements;
use migrate_graph::RevisionId;

use super::new_revision::{NewRevision, location, refused};
use crate::error::{CommandError, Outcome};
use crate::workshop::Workshop;

/// Create a migration that joins several heads into one
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  merge heads                     all of them
  merge 1f3c cart@head -m \"both\"  two of them")]
pub(crate) struct Merge {
    /// What it joins: revisions, labels, or all `heads`
    #[arg(value_name = "REVISION", default_value = "heads")]
    revisions: Vec<String>,
    #[command(flatten)]
    new: NewRevision,
}

impl Merge {
    pub(crate) fn run(&self, workshop: &Workshop) -> Result<Outcome, CommandError> {
        let draft = self.new.draft(&self.revisions, &[])?;
        let revision = workshop.context.map()?.draft_merge(&draft);
        let revision = revision.map_err(|errors| refused(errors, &workshop.context.program))?;
        let message = match &self.new.message {
            Some(message) => message.clone(),
            None => format!("merge {}", listed(&revision.down_revisions)),
        };
        let location = location(workshop, &revision)?;
        NewRevision::write(workshop, &revision, &message, location, &Statements::default())
    }
}

/// `a, b and c`
fn listed(ids: &[RevisionId]) -> String {
    let ids: Vec<&str> = ids.iter().map(RevisionId::as_str).collect();
    match ids.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some(_) | None => ids.concat(),
    }
}
