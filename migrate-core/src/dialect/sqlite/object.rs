//! SQLite's views and triggers. There is no `OR REPLACE`: the old one is dropped first.

use crate::dialect::sql::Writer;
use crate::dialect::sqlite::Sqlite;
use crate::dialect::{Statement, Unsupported, ddl};
use crate::operation::{CreateTrigger, CreateView, DropTrigger, DropView};

pub(super) fn create_view(dialect: &Sqlite, create: &CreateView) -> Result<Vec<Statement>, Unsupported> {
    let view = &create.view;
    let mut statements = Vec::new();
    if create.replace {
        statements.push(drop_view(
            dialect,
            &DropView {
                name: view.name.clone(),
                materialized: view.materialized,
                if_exists: false,
                cascade: false,
            },
        )?);
    }
    refuse_materialized(dialect, view.materialized)?;
    statements.push(ddl::create_view(dialect, "CREATE VIEW", view)?);
    Ok(statements)
}

pub(super) fn drop_view(dialect: &Sqlite, drop: &DropView) -> Result<Statement, Unsupported> {
    refuse_materialized(dialect, drop.materialized)?;
    let mut writer = Writer::new(dialect);
    if drop.cascade {
        writer.refuse("`cascade` for a view", "drop what refers to it first");
    }
    writer
        .raw("DROP VIEW ")
        .raw_if(drop.if_exists, "IF EXISTS ")
        .qualified(&drop.name)
        .finish()
}

fn refuse_materialized(dialect: &Sqlite, materialized: bool) -> Result<(), Unsupported> {
    let mut writer = Writer::new(dialect);
    if materialized {
        writer.refuse(
            "materialized views",
            "make it a plain view, or a table that the application fills",
        );
    }
    writer.finish().map(drop)
}

/// The trigger stands in its table's schema. Whatever the body, it is one statement: `BEGIN .. END`.
pub(super) fn create_trigger(
    dialect: &Sqlite,
    create: &CreateTrigger,
) -> Result<Vec<Statement>, Unsupported> {
    let trigger = &create.trigger;
    let mut statements = Vec::new();
    if let Some(old) = &create.replaced() {
        statements.push(drop_trigger(dialect, old)?);
    }
    let mut writer = Writer::new(dialect);
    writer
        .raw("CREATE TRIGGER ")
        .qualified(&trigger.table.sibling(&trigger.name))
        .raw(" ")
        .raw(ddl::timing(trigger))
        .raw(" ");
    if trigger.events.len() > 1 {
        writer.refuse(
            format!("the trigger `{}` on several events", trigger.name),
            "make one for each event",
        );
    }
    if trigger.for_each_statement {
        writer.refuse(
            format!("the trigger `{}` for each statement", trigger.name),
            "leave `.for_each_statement()` out: here it fires for each row",
        );
    }
    ddl::events(&mut writer, trigger, " ");
    writer.raw(" ON ").name(&trigger.table.name).raw(" FOR EACH ROW ");
    if let Some(condition) = &trigger.when {
        writer.raw("WHEN ").parenthesised(condition).raw(" ");
    }
    statements.push(writer.raw(&trigger.body).finish()?);
    Ok(statements)
}

pub(super) fn drop_trigger(dialect: &Sqlite, drop: &DropTrigger) -> Result<Statement, Unsupported> {
    Writer::new(dialect)
        .raw("DROP TRIGGER ")
        .raw_if(drop.if_exists, "IF EXISTS ")
        .qualified(&drop.table.sibling(&drop.name))
        .finish()
}
