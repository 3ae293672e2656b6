//! From recorded operations to groups: what is written by itself, and what is written together, because it takes what
//! its table is now.
//!
//! Only operations that stand next to each other on one table are put together: their order is never changed.

use crate::dialect::{Dialect, Way};
use crate::operation::Recorded;
use crate::schema::QualifiedName;

/// Operations that are written together.
#[derive(Debug)]
pub(crate) enum Group {
    /// One operation, by itself.
    One(Box<Recorded>),
    /// Alterations of one table, given what it is now; at least one.
    Alter {
        /// The table.
        table: QualifiedName,
        /// The alterations, in order.
        operations: Vec<Recorded>,
    },
}

/// Groups what is for this dialect's database, and leaves out what is not.
pub(crate) fn groups(recorded: Vec<Recorded>, dialect: &dyn Dialect) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut run = Run::default();
    for recorded in recorded {
        if !recorded.is_for(dialect.backend()) {
            continue;
        }
        let way = dialect.way(&recorded.operation);
        match recorded.operation.altered_table() {
            Some(table) if way != Way::Direct => {
                if run.table.as_ref() != Some(table) {
                    let table = table.clone();
                    run.end(&mut groups);
                    run.table = Some(table);
                }
                run.needs_present |= way == Way::WithPresent;
                run.operations.push(recorded);
            }
            Some(_) | None => {
                run.end(&mut groups);
                groups.push(Group::One(Box::new(recorded)));
            }
        }
    }
    run.end(&mut groups);
    groups
}

/// Neighbours on one table.
#[derive(Default)]
struct Run {
    table: Option<QualifiedName>,
    operations: Vec<Recorded>,
    needs_present: bool,
}

impl Run {
    fn end(&mut self, groups: &mut Vec<Group>) {
        let Self {
            table,
            operations,
            needs_present,
        } = std::mem::take(self);
        match table {
            Some(table) if needs_present => groups.push(Group::Alter { table, operations }),
            Some(_) | None => groups.extend(operations.into_iter().map(|one| Group::One(Box::new(one)))),
        }
    }
}
