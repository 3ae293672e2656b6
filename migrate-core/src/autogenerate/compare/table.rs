//! Tables: those that come, those that go, and those that stay.

use std::collections::BTreeSet;

use super::order::by_foreign_keys;
use super::{column, constraint, index};
use crate::autogenerate::changes::{Changes, Phase};
use crate::operation::{CommentTable, CreateTable, DropTable, Operation};
use crate::schema::{Constraint, ForeignKey, Metadata, QualifiedName, Table};

pub(in crate::autogenerate) fn tables(present: &Metadata, wanted: &Metadata, changes: &mut Changes) {
    create(present, wanted, changes);
    for (name, after) in &wanted.tables {
        if let Some(before) = present.tables.get(name) {
            stays(present, wanted, before, after, changes);
        }
    }
    drop(present, wanted, changes);
}

/// Each new table with its indexes, after those that it points to. A foreign key to what is not there yet is added when
/// all is there.
fn create(present: &Metadata, wanted: &Metadata, changes: &mut Changes) {
    let new = wanted.tables.values().map(AsRef::as_ref);
    let new = by_foreign_keys(new.filter(|table| !present.tables.contains_key(&table.name)));
    let mut created: BTreeSet<&QualifiedName> = BTreeSet::new();
    for table in new {
        created.insert(&table.name);
        let at_once = |key: &ForeignKey| created.contains(&key.referent) || is_key_of(present, wanted, key);
        let (now, later): (Vec<Constraint>, Vec<Constraint>) = table
            .constraints
            .iter()
            .cloned()
            .partition(|constraint| constraint.foreign_key().is_none_or(at_once));
        let columns = table.columns.iter();
        let create = CreateTable {
            table: Table {
                columns: columns
                    .map(|column| changes.column(&table.name, column))
                    .collect(),
                constraints: now,
                ..table.clone()
            },
            if_not_exists: false,
        };
        changes.push(Phase::Tables, Operation::CreateTable(create));
        for index in wanted.indexes_of(&table.name) {
            changes.push(Phase::Tables, index::create(index));
        }
        for key in &later {
            constraint::add(&table.name, key, changes);
        }
    }
}

/// Whether a foreign key points to a key that is there before and after, in a table whose columns keep their types.
fn is_key_of(present: &Metadata, wanted: &Metadata, key: &ForeignKey) -> bool {
    let (Some(before), Some(after)) = (
        present.tables.get(&key.referent),
        wanted.tables.get(&key.referent),
    ) else {
        return false;
    };
    let types = |table: &Table| -> Vec<_> {
        let columns = key.referent_columns.iter();
        columns
            .map(|name| table.column(name).map(|column| column.ty.clone()))
            .collect()
    };
    let is_key = |constraint: &&Constraint| {
        constraint
            .key_columns()
            .is_some_and(|columns| columns == key.referent_columns)
    };
    let kept = before.constraints.iter().filter(is_key);
    types(before) == types(after)
        && kept
            .into_iter()
            .any(|constraint| after.constraint(constraint.name()) == Some(constraint))
}

fn stays(present: &Metadata, wanted: &Metadata, before: &Table, after: &Table, changes: &mut Changes) {
    constraint::constraints(present, wanted, before, after, changes);
    index::indexes(present, wanted, &after.name, changes);
    column::columns(present, wanted, before, after, changes);
    if before.comment != after.comment {
        let comment = CommentTable {
            table: after.name.clone(),
            comment: after.comment.clone(),
        };
        changes.push(Phase::Comments, Operation::CommentTable(comment));
    }
}

/// Each table that goes, before those that it points to. A foreign key in a circle goes first, and so does one
/// that keeps another table from changing.
fn drop(present: &Metadata, wanted: &Metadata, changes: &mut Changes) {
    let gone = present.tables.values().map(AsRef::as_ref);
    let gone = by_foreign_keys(gone.filter(|table| !wanted.tables.contains_key(&table.name)));
    let mut dropped: BTreeSet<&QualifiedName> = BTreeSet::new();
    for table in gone.into_iter().rev() {
        for constraint in &table.constraints {
            let circle = constraint
                .foreign_key()
                .is_some_and(|key| dropped.contains(&key.referent));
            if circle || constraint::is_shaken(present, wanted, changes.rules, &table.name, constraint) {
                constraint::drop(&table.name, constraint, changes);
            }
        }
        dropped.insert(&table.name);
        let drop = DropTable {
            table: table.name.clone(),
            if_exists: false,
            cascade: false,
        };
        changes.push(Phase::DropTables, Operation::DropTable(drop));
    }
}
