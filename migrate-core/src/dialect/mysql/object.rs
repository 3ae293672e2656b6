//! MySQL's schemas, views, triggers and functions. Only views have an `OR REPLACE` on both servers: what else takes
//! the place of another is made after that was dropped.

use crate::dialect::mysql::MySql;
use crate::dialect::sql::{Writer, unsupported};
use crate::dialect::{Statement, Unsupported, ddl};
use crate::operation::{
    CreateFunction, CreateSchema, CreateTrigger, CreateView, DropFunction, DropSchema, DropTrigger, DropView,
};
use crate::schema::{Event, QualifiedName, Timing, Trigger};

/// What to do with what only other databases have.
pub(super) const ELSEWHERE: &str = "keep it to databases that have it, by `op.on(..)`";

pub(super) fn create_schema(dialect: &MySql, create: &CreateSchema) -> Result<Statement, Unsupported> {
    Writer::new(dialect)
        .raw("CREATE SCHEMA ")
        .raw_if(create.if_not_exists, "IF NOT EXISTS ")
        .name(&create.name)
        .finish()
}

/// A schema goes with all that is in it, asked or not.
pub(super) fn drop_schema(dialect: &MySql, drop: &DropSchema) -> Result<Statement, Unsupported> {
    if !drop.cascade {
        return Err(unsupported(
            dialect,
            "dropping a schema only when it is empty",
            "say `.cascade()` if all that is in it may go",
        ));
    }
    Writer::new(dialect)
        .raw("DROP SCHEMA ")
        .raw_if(drop.if_exists, "IF EXISTS ")
        .name(&drop.name)
        .finish()
}

pub(super) fn create_view(dialect: &MySql, create: &CreateView) -> Result<Statement, Unsupported> {
    refuse_materialized(dialect, create.view.materialized)?;
    let verb = if create.replace {
        "CREATE OR REPLACE VIEW"
    } else {
        "CREATE VIEW"
    };
    ddl::create_view(dialect, verb, &create.view)
}

pub(super) fn drop_view(dialect: &MySql, drop: &DropView) -> Result<Statement, Unsupported> {
    refuse_materialized(dialect, drop.materialized)?;
    super::ddl::refuse_cascade(dialect, drop.cascade, "a view")?;
    Writer::new(dialect)
        .raw("DROP VIEW ")
        .raw_if(drop.if_exists, "IF EXISTS ")
        .qualified(&drop.name)
        .finish()
}

fn refuse_materialized(dialect: &MySql, materialized: bool) -> Result<(), Unsupported> {
    if materialized {
        return Err(unsupported(
            dialect,
            "a materialized view",
            "make a table that is filled by `op.execute`, or keep it to another database by `op.on(..)`",
        ));
    }
    Ok(())
}

pub(super) fn create_trigger(dialect: &MySql, create: &CreateTrigger) -> Result<Vec<Statement>, Unsupported> {
    let trigger = &create.trigger;
    check_trigger(dialect, trigger)?;
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
    ddl::events(&mut writer, trigger, " OR ");
    writer
        .raw(" ON ")
        .qualified(&trigger.table)
        .raw(" FOR EACH ROW ")
        .raw(trigger.body.trim_end().trim_end_matches(';'));
    statements.push(writer.finish()?);
    Ok(statements)
}

/// What a trigger is here: one event, each row, before or after.
fn check_trigger(dialect: &MySql, trigger: &Trigger) -> Result<(), Unsupported> {
    let of_columns = trigger
        .events
        .iter()
        .any(|event| matches!(event, Event::UpdateOf(_)));
    let refused = [
        (
            trigger.timing == Timing::InsteadOf,
            "a trigger in place of a change",
            "make the view one that can be updated",
        ),
        (
            trigger.events.len() > 1,
            "a trigger for several events",
            "make one for each",
        ),
        (
            of_columns,
            "a trigger for some columns",
            "compare OLD and NEW in its body",
        ),
        (
            trigger.for_each_statement,
            "a trigger for each statement",
            "make it one for each row",
        ),
        (
            trigger.when.is_some(),
            "a trigger with a condition",
            "say it in its body, by `IF .. THEN .. END IF`",
        ),
    ];
    match refused.into_iter().find(|(asked, ..)| *asked) {
        Some((_, what, hint)) => Err(unsupported(dialect, what, hint)),
        None => Ok(()),
    }
}

pub(super) fn drop_trigger(dialect: &MySql, drop: &DropTrigger) -> Result<Statement, Unsupported> {
    Writer::new(dialect)
        .raw("DROP TRIGGER ")
        .raw_if(drop.if_exists, "IF EXISTS ")
        .qualified(&drop.table.sibling(&drop.name))
        .finish()
}

pub(super) fn create_function(
    dialect: &MySql,
    create: &CreateFunction,
) -> Result<Vec<Statement>, Unsupported> {
    let function = &create.function;
    let mut statements = Vec::new();
    if create.replace {
        statements.push(drop_named_function(dialect, &function.name, false)?);
    }
    let definition = function.definition.trim_end().trim_end_matches(';');
    let mut writer = Writer::new(dialect);
    writer.raw("CREATE FUNCTION ").qualified(&function.name);
    writer.raw(&format!("({}) {definition}", function.arguments));
    statements.push(writer.finish()?);
    Ok(statements)
}

/// There is one of each name, whatever its arguments.
pub(super) fn drop_function(dialect: &MySql, drop: &DropFunction) -> Result<Statement, Unsupported> {
    drop_named_function(dialect, &drop.name, drop.if_exists)
}

fn drop_named_function(
    dialect: &MySql,
    name: &QualifiedName,
    if_exists: bool,
) -> Result<Statement, Unsupported> {
    Writer::new(dialect)
        .raw("DROP FUNCTION ")
        .raw_if(if_exists, "IF EXISTS ")
        .qualified(name)
        .finish()
}
