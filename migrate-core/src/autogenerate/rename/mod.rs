//! New names: what is there is only called otherwise, before anything else is compared.
//!
//! What somebody said is done first, and then what hangs on it is called as it is wanted. The comparison knows none of
//! this: what was renamed is there under its new name. What nobody said is at most [`likely`].

mod likely;
mod names;

use std::collections::BTreeSet;

pub(super) use likely::likely;
pub(super) use names::names;

use crate::model::Rename;
use crate::operation::{Op, Operation, reverse};
use crate::schema::{Metadata, QualifiedName, Table};

/// What is there under its new names, and the operations that give it these: tables first, then columns.
///
/// A table or column is renamed where the old name is there and the new one is not. Where both are, or neither is, there
/// is nothing to rename: an attribute may stay on its model for ever.
///
/// ```
/// use migrate_core::autogenerate::renamed;
/// use migrate_core::model::Rename;
/// use migrate_core::prelude::*;
/// use migrate_core::schema::Metadata;
///
/// let (mut op, mut present) = (Op::new(), Metadata::default());
/// op.create_table("users", |t| {
///     t.column("name", text());
/// });
/// for recorded in op.finish() {
///     present.apply(&recorded.operation).unwrap();
/// }
/// let renames = [
///     Rename::Column {
///         table: "accounts".into(),
///         from: "name".into(),
///         to: "full_name".into(),
///     },
///     Rename::Table {
///         from: "users".into(),
///         to: "accounts".into(),
///     },
/// ];
/// let (present, operations) = renamed(&present, &renames);
/// let operations: Vec<String> = operations.iter().map(ToString::to_string).collect();
/// assert_eq!(operations, ["rename_table users to accounts", "alter_column accounts.name"]);
/// assert!(present.tables[&"accounts".into()].column("full_name").is_some());
/// assert_eq!(renamed(&present, &renames).1, []);
/// ```
#[must_use]
pub fn renamed(present: &Metadata, renames: &[Rename]) -> (Metadata, Vec<Operation>) {
    let mut metadata = present.clone();
    let mut operations = Vec::new();
    let (tables, columns): (Vec<&Rename>, Vec<&Rename>) = renames
        .iter()
        .partition(|rename| matches!(rename, Rename::Table { .. }));
    for mut left in [tables, columns] {
        // Something has one name from before to after: what was just renamed is not renamed again.
        let before = metadata.clone();
        let is_due = |now: &Metadata, rename: &Rename| {
            has_old(&before, rename) && has_old(now, rename) && !has_new(now, rename)
        };
        // The name that one takes may be the one that another has yet to give up.
        while let Some(position) = left.iter().position(|rename| is_due(&metadata, rename)) {
            let operation = left.remove(position).operation();
            if metadata.apply(&operation).is_ok() {
                operations.push(operation);
            }
        }
    }
    (metadata, operations)
}

/// The same under the names that it had in `before`, ere these operations gave it others.
pub(super) fn undone(mut metadata: Metadata, operations: &[Operation], before: &Metadata) -> Metadata {
    let mut op = Op::new();
    op.extend(operations.iter().cloned());
    // Each name has its way back, and is there to be given up.
    for back in reverse(&op.finish(), before).unwrap_or_default() {
        drop(metadata.apply(&back.operation));
    }
    metadata
}

fn has_old(metadata: &Metadata, rename: &Rename) -> bool {
    match rename {
        Rename::Table { from, .. } => metadata.tables.contains_key(from),
        Rename::Column { table, from, .. } => has_column(metadata, table, from),
    }
}

fn has_new(metadata: &Metadata, rename: &Rename) -> bool {
    match rename {
        Rename::Table { from, to } => metadata.tables.contains_key(&from.sibling(to)),
        Rename::Column { table, to, .. } => has_column(metadata, table, to),
    }
}

fn has_column(metadata: &Metadata, table: &QualifiedName, column: &str) -> bool {
    let table: Option<&Table> = metadata.tables.get(table).map(AsRef::as_ref);
    table.is_some_and(|table| table.column(column).is_some())
}

/// Only these tables, with what is needed to tell what they are.
fn part(metadata: &Metadata, tables: &BTreeSet<&QualifiedName>) -> Metadata {
    let mut part = Metadata {
        schemas: metadata.schemas.clone(),
        enumerations: metadata.enumerations.clone(),
        ..Metadata::default()
    };
    for name in tables {
        let table = metadata.tables.get_key_value(*name);
        part.tables
            .extend(table.map(|(name, table)| (name.clone(), table.clone())));
        let indexes = metadata.indexes_of(name);
        part.indexes
            .extend(indexes.map(|index| (((*name).clone(), index.name.clone()), index.clone())));
    }
    part
}
