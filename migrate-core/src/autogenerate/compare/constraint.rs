//! Constraints of tables that are there on both sides.

use crate::autogenerate::changes::{Changes, Phase};
use crate::autogenerate::compare::{index, numbering};
use crate::dialect::Rules;
use crate::operation::{AddConstraint, DropConstraint, Operation};
use crate::schema::{Constraint, ForeignKey, Metadata, QualifiedName, Table};

/// The constraints of a table. A foreign key that stays is made anew where what it needs does not stay.
pub(super) fn constraints(
    present: &Metadata,
    wanted: &Metadata,
    before: &Table,
    after: &Table,
    changes: &mut Changes,
) {
    for constraint in &before.constraints {
        let same = after.constraint(constraint.name()) == Some(constraint);
        if !same || is_shaken(present, wanted, changes.rules, &before.name, constraint) {
            drop(&before.name, constraint, changes);
        }
    }
    for constraint in &after.constraints {
        let same = before.constraint(constraint.name()) == Some(constraint);
        let comes_along = numbering::comes_with_column(changes.rules, before, after, constraint);
        if !comes_along && (!same || is_shaken(present, wanted, changes.rules, &before.name, constraint)) {
            add(&after.name, constraint, changes);
        }
    }
}

pub(super) fn drop(table: &QualifiedName, constraint: &Constraint, changes: &mut Changes) {
    let phase = if constraint.foreign_key().is_some() {
        Phase::DropForeignKeys
    } else {
        Phase::DropConstraints
    };
    let drop = DropConstraint {
        table: table.clone(),
        name: constraint.name().to_owned(),
        kind: Some(constraint.kind()),
        if_exists: false,
        cascade: false,
    };
    changes.push(phase, Operation::DropConstraint(drop));
}

pub(super) fn add(table: &QualifiedName, constraint: &Constraint, changes: &mut Changes) {
    let phase = if constraint.foreign_key().is_some() {
        Phase::ForeignKeys
    } else {
        Phase::Constraints
    };
    let add = AddConstraint {
        table: table.clone(),
        constraint: constraint.clone(),
        not_valid: false,
    };
    changes.push(phase, Operation::AddConstraint(add));
}

/// Whether it is a foreign key whose columns get other types, or that points to a key which goes or is made anew: a
/// database keeps it from changing while the foreign key is there. Some keep the index beneath it, too.
pub(super) fn is_shaken(
    present: &Metadata,
    wanted: &Metadata,
    rules: Rules,
    table: &QualifiedName,
    constraint: &Constraint,
) -> bool {
    let Some(key) = constraint.foreign_key() else {
        return false;
    };
    let (Some(before), Some(after)) = (
        present.tables.get(&key.referent),
        wanted.tables.get(&key.referent),
    ) else {
        return false;
    };
    let retyped = |table: &QualifiedName, columns: &[String]| {
        let types = |metadata: &Metadata| -> Vec<_> {
            let table = metadata.tables.get(table);
            let columns = columns
                .iter()
                .map(|name| table?.column(name).map(|column| column.ty.clone()));
            columns.collect()
        };
        types(present) != types(wanted)
    };
    (wanted.tables.contains_key(table) && retyped(table, &key.columns))
        || retyped(&key.referent, &key.referent_columns)
        || loses_key(before, after, key)
        || (rules.foreign_keys_need_indexes
            && (index::is_lost(present, wanted, table, &key.columns)
                || index::is_lost(present, wanted, &key.referent, &key.referent_columns)))
        || index::gone(present, wanted, &key.referent).any(|index| {
            let columns: Option<Vec<&str>> = index.elements.iter().map(|element| element.column()).collect();
            index.unique && columns.is_some_and(|columns| same_columns(&columns, &key.referent_columns))
        })
}

fn loses_key(before: &Table, after: &Table, key: &ForeignKey) -> bool {
    before.constraints.iter().any(|constraint| {
        let columns = constraint.key_columns().unwrap_or_default();
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        after.constraint(constraint.name()) != Some(constraint)
            && same_columns(&columns, &key.referent_columns)
    })
}

fn same_columns(columns: &[&str], others: &[String]) -> bool {
    columns.len() == others.len() && others.iter().all(|other| columns.contains(&other.as_str()))
}
