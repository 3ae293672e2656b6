//! Constraints and indexes that are what is wanted but for their names: those that the convention gives change with the
//! names of tables and columns, which no database follows.

use std::collections::BTreeSet;

use super::part;
use crate::dialect::Dialect;
use crate::operation::{Operation, RenameConstraint, RenameIndex};
use crate::schema::{Constraint, ConstraintKind, Index, Metadata, QualifiedName};

/// What is there, with constraints and indexes called as they are wanted where that is all that they differ in, and the
/// operations that call them so. Where two are alike, it is not guessed which is which.
pub(in crate::autogenerate) fn names(
    dialect: &dyn Dialect,
    mut present: Metadata,
    wanted: &Metadata,
) -> (Metadata, Vec<Operation>) {
    let tables: BTreeSet<&QualifiedName> = wanted
        .tables
        .keys()
        .filter(|table| present.tables.contains_key(table) && are_called_otherwise(&present, wanted, table))
        .collect();
    let mut operations = Vec::new();
    if tables.is_empty() {
        return (present, operations);
    }
    let mut taken = taken(&present);
    let is = dialect.normal(&part(&present, &tables));
    let should_be = dialect.normal(&part(wanted, &tables));
    for table in tables {
        let constraints = pairs(&constraints(&is, table), &constraints(&should_be, table));
        let indexes = pairs(&indexes(&is, table), &indexes(&should_be, table));
        for (name, to) in constraints.into_iter().chain(indexes) {
            let operation = operation(&present, table, name, to);
            if taken.insert((table.schema.clone(), to.to_owned())) && present.apply(&operation).is_ok() {
                operations.push(operation);
            }
        }
    }
    (present, operations)
}

/// Whether either side has names on this table that the other has not.
fn are_called_otherwise(present: &Metadata, wanted: &Metadata, table: &QualifiedName) -> bool {
    let (is, should_be) = (called(present, table), called(wanted, table));
    !is.is_subset(&should_be) && !should_be.is_subset(&is)
}

/// The names of a table's constraints and indexes.
fn called<'m>(metadata: &'m Metadata, table: &'m QualifiedName) -> BTreeSet<&'m str> {
    let described = metadata.tables.get(table).into_iter();
    let constraints = described.flat_map(|table| table.constraints.iter().map(Constraint::name));
    constraints
        .chain(metadata.indexes_of(table).map(|index| index.name.as_str()))
        .collect()
}

fn constraints<'m>(metadata: &'m Metadata, table: &QualifiedName) -> Vec<(&'m str, Constraint)> {
    let described = metadata.tables.get(table).into_iter();
    let all = described.flat_map(|table| &table.constraints);
    let unnamed = |constraint: &'m Constraint| {
        let mut unnamed = constraint.clone();
        unnamed.name_mut().clear();
        (constraint.name(), unnamed)
    };
    all.map(unnamed).collect()
}

fn indexes<'m>(metadata: &'m Metadata, table: &'m QualifiedName) -> Vec<(&'m str, Index)> {
    let all = metadata.indexes_of(table);
    let unnamed = |index: &'m Index| {
        let mut unnamed = index.clone();
        unnamed.name.clear();
        (index.name.as_str(), unnamed)
    };
    all.map(|index| unnamed(index)).collect()
}

/// The old and the new name of each that is on both sides under another name, and alone in being so.
fn pairs<'m, T: PartialEq>(is: &[(&'m str, T)], should_be: &[(&'m str, T)]) -> Vec<(&'m str, &'m str)> {
    let without = |these: &'_ [(&'m str, T)], those: &[(&'m str, T)]| -> Vec<usize> {
        let is_there = |name: &str| those.iter().any(|(other, _)| *other == name);
        let left = these.iter().enumerate().filter(|(_, (name, _))| !is_there(name));
        left.map(|(position, _)| position).collect()
    };
    let (gone, new) = (without(is, should_be), without(should_be, is));
    let gone: Vec<&(&str, T)> = gone.into_iter().filter_map(|at| is.get(at)).collect();
    let new: Vec<&(&str, T)> = new.into_iter().filter_map(|at| should_be.get(at)).collect();
    let alone = gone.iter().filter_map(|(name, one)| {
        let mut same = new.iter().filter(|(_, other)| other == one);
        let (to, _) = same.next()?;
        let is_alone = same.next().is_none() && gone.iter().filter(|(_, other)| other == one).count() == 1;
        is_alone.then_some((*name, *to))
    });
    alone.collect()
}

/// The names that constraints and indexes have, each with its schema: some databases keep these apart only there.
fn taken(present: &Metadata) -> BTreeSet<(Option<String>, String)> {
    let names = present.tables.keys().flat_map(|table| {
        let called = called(present, table).into_iter();
        called.map(|name| (table.schema.clone(), name.to_owned()))
    });
    names.collect()
}

fn operation(present: &Metadata, table: &QualifiedName, name: &str, to: &str) -> Operation {
    let described = present.tables.get(table);
    match described.and_then(|table| table.constraint(name)) {
        Some(constraint) => Operation::RenameConstraint(RenameConstraint {
            table: table.clone(),
            name: name.to_owned(),
            to: to.to_owned(),
            primary_key: constraint.kind() == ConstraintKind::PrimaryKey,
        }),
        None => Operation::RenameIndex(RenameIndex {
            name: name.to_owned(),
            table: table.clone(),
            to: to.to_owned(),
        }),
    }
}
