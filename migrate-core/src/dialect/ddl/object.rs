//! Views and triggers.

use crate::dialect::sql::Writer;
use crate::dialect::{Dialect, Statement, Unsupported};
use crate::schema::{Event, Timing, Trigger, View};

/// `CREATE VIEW`, `verb` being what it begins with.
pub(crate) fn create_view(dialect: &dyn Dialect, verb: &str, view: &View) -> Result<Statement, Unsupported> {
    Writer::new(dialect)
        .raw(verb)
        .raw(" ")
        .qualified(&view.name)
        .raw(" AS ")
        .raw(view.query.trim_end().trim_end_matches(';'))
        .finish()
}

/// The changes that fire a trigger, with `or` between them.
pub(crate) fn events(writer: &mut Writer<'_>, trigger: &Trigger, or: &str) {
    if trigger.events.is_empty() {
        writer.refuse(
            "a trigger that nothing fires",
            "name what does, as in `[Insert, Update]`",
        );
    }
    for (position, event) in trigger.events.iter().enumerate() {
        writer.raw_if(position > 0, or);
        match event {
            Event::Insert => writer.raw("INSERT"),
            Event::Update => writer.raw("UPDATE"),
            Event::Delete => writer.raw("DELETE"),
            Event::UpdateOf(columns) => writer.raw("UPDATE OF ").list(columns, |writer, column| {
                writer.name(column);
            }),
        };
    }
}

/// When a trigger fires.
pub(crate) fn timing(trigger: &Trigger) -> &'static str {
    match trigger.timing {
        Timing::Before => "BEFORE",
        Timing::After => "AFTER",
        Timing::InsteadOf => "INSTEAD OF",
    }
}
