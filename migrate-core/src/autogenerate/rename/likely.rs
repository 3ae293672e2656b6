//! Evidence that what goes and what comes are one thing under two names.
//!
//! It is never acted upon: somebody is told, and says so or not.

use std::collections::BTreeSet;

use super::part;
use crate::dialect::Dialect;
use crate::model::Rename;
use crate::schema::{Column, Metadata, QualifiedName, Table, Type};

/// The tables and columns that go, each with the one that comes and is like it. Where there are several, it is none.
pub(in crate::autogenerate) fn likely(
    dialect: &dyn Dialect,
    present: &Metadata,
    wanted: &Metadata,
) -> Vec<Rename> {
    let (gone, new) = (without(present, wanted), without(wanted, present));
    let stay = wanted.tables.values().filter(|after| {
        let before = present.tables.get(&after.name);
        before.is_some_and(|before| {
            !columns_without(before, after).is_empty() && !columns_without(after, before).is_empty()
        })
    });
    let stay: BTreeSet<&QualifiedName> = stay.map(|table| &table.name).collect();
    let of_one: BTreeSet<&QualifiedName> = gone.iter().copied().chain(stay.iter().copied()).collect();
    let of_other: BTreeSet<&QualifiedName> = new.iter().copied().chain(stay.iter().copied()).collect();
    if (gone.is_empty() || new.is_empty()) && stay.is_empty() {
        return Vec::new();
    }
    let is = dialect.normal(&part(present, &of_one));
    let should_be = dialect.normal(&part(wanted, &of_other));
    let table = |metadata: &Metadata, name: &QualifiedName| metadata.tables.get(name).cloned();
    let gone: Vec<_> = gone.into_iter().filter_map(|name| table(&is, name)).collect();
    let new: Vec<_> = new
        .into_iter()
        .filter_map(|name| table(&should_be, name))
        .collect();
    let tables = pairs(&gone, &new, |one, other| are_alike(one, other));
    let tables = tables.into_iter().map(|(one, other)| Rename::Table {
        from: one.name.clone(),
        to: other.name.name.clone(),
    });
    let mut likely: Vec<Rename> = tables.collect();
    for name in stay {
        let (Some(before), Some(after)) = (table(&is, name), table(&should_be, name)) else {
            continue;
        };
        let (gone, new) = (columns_without(&before, &after), columns_without(&after, &before));
        let pairs = pairs(&gone, &new, |one, other| {
            is_same(one, other) && is_of_key(&before, one) == is_of_key(&after, other)
        });
        likely.extend(pairs.into_iter().map(|(one, other)| Rename::Column {
            table: name.clone(),
            from: one.name.clone(),
            to: other.name.clone(),
        }));
    }
    likely
}

/// The tables of one side that the other has not.
fn without<'m>(one: &'m Metadata, other: &Metadata) -> Vec<&'m QualifiedName> {
    let names = one.tables.keys();
    names.filter(|name| !other.tables.contains_key(*name)).collect()
}

/// The columns of one side that the other has not.
fn columns_without<'t>(one: &'t Table, other: &Table) -> Vec<&'t Column> {
    let columns = one.columns.iter();
    columns
        .filter(|column| other.column(&column.name).is_none())
        .collect()
}

/// Each of the one side that is like just one of the other, which is like no more than this one.
fn pairs<'t, T>(gone: &'t [T], new: &'t [T], alike: impl Fn(&T, &T) -> bool) -> Vec<(&'t T, &'t T)> {
    let only = |mut found: Vec<&'t T>| found.pop().filter(|_| found.is_empty());
    let pair = |one: &'t T| {
        let other = only(new.iter().filter(|other| alike(one, other)).collect())?;
        only(gone.iter().filter(|one| alike(one, other)).collect())?;
        Some((one, other))
    };
    gone.iter().filter_map(pair).collect()
}

/// Whether two tables of one schema have at least two columns in common, and no more than a third that are not.
fn are_alike(one: &Table, other: &Table) -> bool {
    let has = |column: &&Column| {
        let there = one.column(&column.name);
        there.is_some_and(|there| is_same_type(&there.ty, &column.ty))
    };
    let same = other.columns.iter().filter(has).count();
    let all = one.columns.len().max(other.columns.len());
    one.name.schema == other.name.schema && same >= 2 && same * 3 >= all * 2
}

/// Whether two columns differ in nothing but their names and comments.
fn is_same(one: &Column, other: &Column) -> bool {
    let plain = |column: &Column| Column {
        name: String::new(),
        comment: None,
        ty: Type::Text,
        ..column.clone()
    };
    is_same_type(&one.ty, &other.ty) && plain(one) == plain(other)
}

/// Some databases have no names of enum types but those of tables and columns.
fn is_same_type(one: &Type, other: &Type) -> bool {
    match (one.enumeration(), other.enumeration()) {
        (Some(one), Some(other)) => one.values == other.values,
        (None, None) => one == other,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

fn is_of_key(table: &Table, column: &Column) -> bool {
    let key = table.primary_key();
    key.is_some_and(|key| key.columns.contains(&column.name))
}
