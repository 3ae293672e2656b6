//! A plan as text: a line for each step, and under it what it does to the version rows.

use migrate_core::{Migration, Migrator};
use migrate_graph::{Direction, Plan, Step, VersionChange};

use crate::args::Format;
use crate::context::Context;
use crate::error::CommandError;
use crate::json;
use crate::ui::printable;

/// Prints the plan in the form that was asked for.
pub(crate) fn print(plan: &Plan, context: &Context) -> Result<(), CommandError> {
    context.ui.data(&shown(plan, &context.migrator, context.format))?;
    context.say_if_idle(plan.steps.len());
    Ok(())
}

fn shown(plan: &Plan, migrator: &Migrator, format: Format) -> String {
    match format {
        Format::Json => json::plan(plan, |id| migrator.migration(id).map_or("", |it| it.message)),
        Format::Text => {
            let step = |step: &Step| {
                let migration = step.revision.as_ref().and_then(|id| migrator.migration(id));
                text(step, migration)
            };
            plan.steps.iter().map(step).collect()
        }
    }
}

fn text(step: &Step, migration: Option<&Migration>) -> String {
    let revision = step.revision.as_ref().map_or("<base>", |id| id.as_str());
    let downs = migration.map_or(&[][..], |migration| migration.down_revisions);
    let downs = if downs.is_empty() {
        "<base>".into()
    } else {
        downs.join(", ")
    };
    let message = migration.map_or("", |migration| migration.message);
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
