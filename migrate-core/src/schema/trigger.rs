//! A trigger.
//!
//! When it fires is typed; what it does is SQL, and differs between databases.

use crate::schema::QualifiedName;

/// What happens when a table's rows change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// Its name.
    pub name: String,
    /// The table or view whose changes fire it, and in whose schema it lives.
    pub table: QualifiedName,
    /// When it fires.
    pub timing: Timing,
    /// The changes that fire it; at least one.
    pub events: Vec<Event>,
    /// Whether it fires once for a statement instead of once for each row.
    pub for_each_statement: bool,
    /// The condition, in SQL, under which it fires.
    pub when: Option<String>,
    /// What it does: on PostgreSQL the call of a function (`EXECUTE FUNCTION touch()`), elsewhere the statements
    /// (`BEGIN .. END`).
    pub body: String,
}

/// When a trigger fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// Before the change.
    Before,
    /// After the change.
    After,
    /// In place of the change of a view.
    InsteadOf,
}

/// A change that fires a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A new row.
    Insert,
    /// A changed row.
    Update,
    /// A row in which one of these columns is set.
    UpdateOf(Vec<String>),
    /// A deleted row.
    Delete,
}

impl Trigger {
    /// A trigger for each row, under no condition.
    #[must_use]
    pub fn of(
        name: impl Into<String>,
        table: impl Into<QualifiedName>,
        timing: Timing,
        events: impl IntoIterator<Item = Event>,
        body: impl Into<String>,
    ) -> Self {
        Self {
            name: name.into(),
            table: table.into(),
            timing,
            events: events.into_iter().collect(),
            for_each_statement: false,
            when: None,
            body: body.into(),
        }
    }
}
