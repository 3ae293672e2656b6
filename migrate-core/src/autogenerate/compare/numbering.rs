//! Columns that number the rows, where the database has each of them begin a key at every moment.
//!
//! Elsewhere there is nothing to do: a column starts and stops numbering like it changes its type.

use std::slice;

use crate::autogenerate::changes::{Changes, Phase};
use crate::autogenerate::compare::index;
use crate::dialect::Rules;
use crate::operation::{AlterColumn, Operation};
use crate::schema::{Constraint, Metadata, Table};

/// Stops each numbering whose key goes, and gives the table as it is then.
pub(super) fn pause(present: &Metadata, wanted: &Metadata, before: &Table, changes: &mut Changes) -> Table {
    let mut paused = before.clone();
    if !changes.rules.numbering_needs_key {
        return paused;
    }
    for column in paused.columns.iter_mut().filter(|column| column.autoincrement) {
        if index::is_lost(present, wanted, &before.name, slice::from_ref(&column.name)) {
            column.autoincrement = false;
            let stop = AlterColumn {
                autoincrement: Some(false),
                ..AlterColumn::new(&before.name, &column.name)
            };
            changes.push(Phase::StopNumbering, Operation::AlterColumn(stop));
        }
    }
    paused
}

/// Alters a column; its numbering starts when its key is there.
pub(super) fn alter(mut alter: AlterColumn, changes: &mut Changes) {
    let unchanged = AlterColumn::new(&alter.table, &alter.column);
    if changes.rules.numbering_needs_key && alter.autoincrement == Some(true) {
        let start = AlterColumn {
            autoincrement: alter.autoincrement.take(),
            ..unchanged.clone()
        };
        changes.push(Phase::StartNumbering, Operation::AlterColumn(start));
    }
    if alter != unchanged {
        changes.push(Phase::AlterColumns, Operation::AlterColumn(alter));
    }
}

/// Whether a key has to come with its column, which is new.
pub(super) fn comes_with_column(
    rules: Rules,
    before: &Table,
    after: &Table,
    constraint: &Constraint,
) -> bool {
    let Some([name]) = constraint.key_columns() else {
        return false;
    };
    let numbers = after.column(name).is_some_and(|column| column.autoincrement);
    rules.numbering_needs_key && numbers && before.column(name).is_none()
}
