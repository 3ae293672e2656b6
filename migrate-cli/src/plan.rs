//! A plan as text: a line for each step, and under it what it does to the version rows.

use migrate_graph::{Direction, Plan, RevisionId, RevisionMap, Step, VersionChange};

use crate::context::Context;
use crate::error::CommandError;
use crate::format::Format;
use crate::json;
use crate::printable::printable;

/// Prints the plan in the form that was asked for.
pub(crate) fn print(plan: &Plan, context: &Context) -> Result<(), CommandError> {
    let map = context.map()?;
    context.ui.data(&match context.format {
        Format::Json => json::plan(plan, |id| context.page(id).message),
        Format::Text => plan.steps.iter().map(|step| text(step, map, context)).collect(),
    })?;
    context.say_if_idle(plan.steps.len());
    Ok(())
}

fn text(step: &Step, map: &RevisionMap, context: &Context) -> String {
    let revision = step.revision.as_ref().map_or("<base>", |id| id.as_str());
    let node = map.get(revision);
    let downs = node.map_or(&[][..], |node| &node.down_revisions);
    let downs: Vec<&str> = downs.iter().map(RevisionId::as_str).collect();
    let downs = if downs.is_empty() {
        "<base>".into()
    } else {
        downs.join(", ")
    };
    let message = node.map_or("", |node| context.page(&node.id).message);
    let purge = matches!(step.changes[..], [VersionChange::Clear { .. }]);
    let head = match step.direction {
        Direction::Upgrade => format!("upgrade {downs} -> {revision}, {message}\n"),
        Direction::Downgrade => format!("downgrade {revision} -> {downs}, {message}\n"),
        Direction::Stamp if purge => "purge\n".into(),
        Direction::Stamp => format!("stamp {revision}\n"),
    };
    step.changes.iter().fold(head, |text, change| text + &row(change))
}

fn row(change: &VersionChange) -> String {
    match change {
        VersionChange::Insert(id) => format!("    insert {id}\n"),
        VersionChange::Delete(id) => format!("    delete {id}\n"),
        VersionChange::Update { from, to } => format!("    update {from} to {to}\n"),
        VersionChange::Clear { rows } => rows
            .iter()
            .map(|id| format!("    delete {}\n", printable(id)))
            .collect(),
    }
}
