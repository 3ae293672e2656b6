//! What stands beside tables: schemas, enum types, sequences, views, triggers, functions and extensions.

use super::column::counting;
use super::literal::{name, say, text};
use crate::operation::{
    AddEnumValue, AlterSequence, CreateExtension, CreateFunction, CreateSequence, CreateTrigger, CreateView,
    DropExtension, DropView, EnumPosition,
};
use crate::schema::{Event, QualifiedName, Timing};

/// `op.drop_x("name")`, which can be gone already.
pub(super) fn drop(directive: &str, subject: &str, if_exists: bool) -> String {
    let if_exists = if if_exists { ".if_exists()" } else { "" };
    format!("op.{directive}({subject}){if_exists};")
}

pub(super) fn add_enum_value(add: &AddEnumValue) -> String {
    let position = match &add.position {
        Some(EnumPosition::Before(value)) => format!(".before({})", text(value)),
        Some(EnumPosition::After(value)) => format!(".after({})", text(value)),
        None => String::new(),
    };
    let if_not_exists = if add.if_not_exists { ".if_not_exists()" } else { "" };
    format!(
        "op.add_enum_value({}, {}){position}{if_not_exists};",
        name(&add.name),
        text(&add.value)
    )
}

pub(super) fn create_sequence(create: &CreateSequence) -> String {
    let sequence = &create.sequence;
    let owner = sequence
        .owned_by
        .as_ref()
        .map(|(table, column)| owned_by(table, column));
    let if_not_exists = if create.if_not_exists {
        ".if_not_exists()"
    } else {
        ""
    };
    format!(
        "op.create_sequence({}){}{}{if_not_exists};",
        name(&sequence.name),
        counting(&sequence.counting),
        owner.unwrap_or_default(),
    )
}

fn owned_by(table: &QualifiedName, column: &str) -> String {
    format!(".owned_by({}, {})", name(table), text(column))
}

pub(super) fn alter_sequence(alter: &AlterSequence) -> String {
    let restart = alter.restart.map(|value| format!(".restart({value})"));
    format!(
        "op.alter_sequence({}){}{};",
        name(&alter.name),
        counting(&alter.counting),
        restart.unwrap_or_default()
    )
}

pub(super) fn create_view(create: &CreateView) -> String {
    let view = &create.view;
    format!(
        "op.{}_view({}, {}){};",
        verb(create.replace),
        name(&view.name),
        text(&view.query),
        if view.materialized { ".materialized()" } else { "" },
    )
}

pub(super) fn drop_view(drop: &DropView) -> String {
    format!(
        "op.drop_view({}){}{}{};",
        name(&drop.name),
        if drop.materialized { ".materialized()" } else { "" },
        if drop.if_exists { ".if_exists()" } else { "" },
        if drop.cascade { ".cascade()" } else { "" },
    )
}

pub(super) fn create_trigger(create: &CreateTrigger) -> String {
    let trigger = &create.trigger;
    let timing = match trigger.timing {
        Timing::Before => "Before",
        Timing::After => "After",
        Timing::InsteadOf => "InsteadOf",
    };
    let events: Vec<String> = trigger.events.iter().map(event).collect();
    let when = trigger
        .when
        .as_ref()
        .map(|condition| format!(".when({})", text(condition)));
    format!(
        "op.{}_trigger({}, {}, {timing}, [{}], {}){}{};",
        verb(create.replace),
        text(&trigger.name),
        name(&trigger.table),
        events.join(", "),
        text(&trigger.body),
        when.unwrap_or_default(),
        if trigger.for_each_statement {
            ".for_each_statement()"
        } else {
            ""
        },
    )
}

fn event(event: &Event) -> String {
    match event {
        Event::Insert => "Insert".into(),
        Event::Update => "Update".into(),
        Event::UpdateOf(columns) => {
            let columns: Vec<String> = columns
                .iter()
                .map(|column| format!("{}.into()", text(column)))
                .collect();
            format!("UpdateOf(vec![{}])", columns.join(", "))
        }
        Event::Delete => "Delete".into(),
    }
}

pub(super) fn create_function(create: &CreateFunction) -> String {
    let function = &create.function;
    format!(
        "op.{}_function({}, {}, {});",
        verb(create.replace),
        name(&function.name),
        text(&function.arguments),
        text(&function.definition),
    )
}

fn verb(replace: bool) -> &'static str {
    if replace { "replace" } else { "create" }
}

pub(super) fn create_extension(create: &CreateExtension) -> String {
    let extension = &create.extension;
    let mut out = format!("op.create_extension({})", text(&extension.name));
    for (method, value) in [("schema", &extension.schema), ("version", &extension.version)] {
        if let Some(value) = value {
            say(&mut out, method, &text(value));
        }
    }
    if create.if_not_exists {
        out.push_str(".if_not_exists()");
    }
    out.push(';');
    out
}

pub(super) fn drop_extension(drop: &DropExtension) -> String {
    format!(
        "op.drop_extension({}){}{};",
        text(&drop.name),
        if drop.if_exists { ".if_exists()" } else { "" },
        if drop.cascade { ".cascade()" } else { "" },
    )
}
