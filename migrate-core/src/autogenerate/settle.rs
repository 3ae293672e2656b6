//! What is there, in the words of what is wanted: so that a comparison finds what is different, and not what is spelled
//! otherwise, and what it finds is in the author's words.
//!
//! Which spellings mean the same is the dialect's business.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::dialect::Dialect;
use crate::schema::{Column, Constraint, ConstraintKind, Metadata, QualifiedName, Table};

/// The same as `present`, but where the dialect makes no difference between it and `wanted`, as `wanted` says it. What the
/// dialect cannot compare is taken to be as it is wanted.
///
/// ```
/// use migrate_core::autogenerate::{compare, settle};
/// use migrate_core::dialect::for_scheme;
/// use migrate_core::prelude::*;
/// use migrate_core::schema::Metadata;
///
/// let described = |condition: &str| {
///     let (mut op, mut metadata) = (Op::new(), Metadata::default());
///     op.create_table("users", |t| {
///         t.column("age", integer());
///         t.check(condition);
///     });
///     for recorded in op.finish() {
///         metadata.apply(&recorded.operation).unwrap();
///     }
///     metadata
/// };
/// let (present, wanted) = (described("((age > 17) AND (age <> 99))"), described("age > 17 AND age != 99"));
/// let dialect = for_scheme("postgres").unwrap();
/// assert_eq!(compare(&settle(dialect, &present, &wanted), &wanted).operations, []);
/// ```
#[must_use]
pub fn settle(dialect: &dyn Dialect, present: &Metadata, wanted: &Metadata) -> Metadata {
    let (is, should_be) = (dialect.normal(present), dialect.normal(wanted));
    settled_as(present, wanted, &is, &should_be)
}

/// The same, and what is wanted with the numbering said that this database takes for granted where it begins or ends: what
/// is not said could not be undone.
pub(super) fn both(dialect: &dyn Dialect, present: &Metadata, wanted: &Metadata) -> (Metadata, Metadata) {
    let (is, should_be) = (dialect.normal(present), dialect.normal(wanted));
    let mut spoken = wanted.clone();
    for (name, before) in &present.tables {
        let normal = (is.tables.get(name), should_be.tables.get(name));
        let (Some(is), Some(should_be)) = normal else {
            continue;
        };
        if is == should_be {
            continue;
        }
        for column in spoken
            .table_mut(name)
            .into_iter()
            .flat_map(|table| &mut table.columns)
        {
            let numbers = |table: &Table| Some(table.column(&column.name)?.autoincrement);
            let wanted = numbers(should_be);
            if let Some(wanted) = wanted
                && numbers(before) == Some(column.autoincrement)
                && numbers(is) == Some(!wanted)
            {
                column.autoincrement = wanted;
            }
        }
    }
    (settled_as(present, wanted, &is, &should_be), spoken)
}

fn settled_as(present: &Metadata, wanted: &Metadata, is: &Metadata, should_be: &Metadata) -> Metadata {
    let mut tables = settled(&present.tables, &wanted.tables, &is.tables, &should_be.tables);
    for (name, table) in &mut tables {
        let normal = (is.tables.get(name), should_be.tables.get(name));
        if let ((Some(is), Some(should_be)), Some(wanted)) = (normal, wanted.tables.get(name))
            && is != should_be
        {
            *table = Arc::new(settled_table(table, wanted, is, should_be));
        }
    }
    Metadata {
        schemas: present.schemas.clone(),
        tables,
        indexes: settled_by(&present.indexes, &wanted.indexes, |(table, name)| {
            let key = (table.clone(), name.clone());
            is.indexes.get(&key) == should_be.indexes.get(&key)
                && constraint(is, table, name) == constraint(should_be, table, name)
        }),
        views: settled(&present.views, &wanted.views, &is.views, &should_be.views),
        triggers: settled(
            &present.triggers,
            &wanted.triggers,
            &is.triggers,
            &should_be.triggers,
        ),
        functions: settled(
            &present.functions,
            &wanted.functions,
            &is.functions,
            &should_be.functions,
        ),
        sequences: settled(
            &present.sequences,
            &wanted.sequences,
            &is.sequences,
            &should_be.sequences,
        ),
        enumerations: settled(
            &present.enumerations,
            &wanted.enumerations,
            &is.enumerations,
            &should_be.enumerations,
        ),
        extensions: settled(
            &present.extensions,
            &wanted.extensions,
            &is.extensions,
            &should_be.extensions,
        ),
    }
}

type Things<K, T> = BTreeMap<K, Arc<T>>;

fn settled<K: Ord + Clone, T: PartialEq>(
    present: &Things<K, T>,
    wanted: &Things<K, T>,
    is: &Things<K, T>,
    should_be: &Things<K, T>,
) -> Things<K, T> {
    settled_by(present, wanted, |key| is.get(key) == should_be.get(key))
}

fn settled_by<K: Ord + Clone, T>(
    present: &Things<K, T>,
    wanted: &Things<K, T>,
    same: impl Fn(&K) -> bool,
) -> Things<K, T> {
    let keys: BTreeSet<&K> = present.keys().chain(wanted.keys()).collect();
    let things = keys.into_iter().filter_map(|key| {
        let thing = if same(key) { wanted } else { present }.get(key)?;
        Some((key.clone(), Arc::clone(thing)))
    });
    things.collect()
}

/// The constraint that an index may be where a database keeps no difference.
fn constraint<'m>(metadata: &'m Metadata, table: &QualifiedName, name: &str) -> Option<&'m Constraint> {
    metadata.tables.get(table)?.constraint(name)
}

/// A table that is different: what of it is the same.
fn settled_table(present: &Table, wanted: &Table, is: &Table, should_be: &Table) -> Table {
    let columns = present.columns.iter().map(|column| {
        let name = &column.name;
        let normal = (is.column(name), should_be.column(name));
        match (wanted.column(name), normal) {
            (Some(wanted), (Some(is), Some(should_be))) => settled_column(column, wanted, is, should_be),
            _ => column.clone(),
        }
    });
    // What is the same is as it is wanted, even if that is no constraint there, or one that was not said so here: a database
    // may keep no difference between a unique index and a unique constraint, and no name of a primary key.
    let same = |constraint: &&Constraint| {
        let is = counterpart(is, constraint);
        is.is_some() && is == counterpart(should_be, constraint)
    };
    let differ = present.constraints.iter().filter(|constraint| !same(constraint));
    let constraints = differ.chain(wanted.constraints.iter().filter(same)).cloned();
    Table {
        name: present.name.clone(),
        columns: columns.collect(),
        constraints: constraints.collect(),
        comment: either(is.comment == should_be.comment, &wanted.comment, &present.comment),
        options: either(is.options == should_be.options, &wanted.options, &present.options),
    }
}

/// A table has one primary key, whatever it is called.
fn counterpart<'t>(table: &'t Table, constraint: &Constraint) -> Option<&'t Constraint> {
    let is_key = |constraint: &Constraint| constraint.kind() == ConstraintKind::PrimaryKey;
    table
        .constraints
        .iter()
        .find(|other| (is_key(constraint) && is_key(other)) || other.name() == constraint.name())
}

/// In each respect by itself, so that nothing is altered that is the same.
fn settled_column(present: &Column, wanted: &Column, is: &Column, should_be: &Column) -> Column {
    let numbering = |column: &Column| (column.autoincrement, column.identity.clone());
    let same = numbering(is) == numbering(should_be);
    Column {
        name: present.name.clone(),
        ty: either(is.ty == should_be.ty, &wanted.ty, &present.ty),
        nullable: either(
            is.nullable == should_be.nullable,
            &wanted.nullable,
            &present.nullable,
        ),
        server_default: either(
            is.server_default == should_be.server_default,
            &wanted.server_default,
            &present.server_default,
        ),
        autoincrement: either(same, &wanted.autoincrement, &present.autoincrement),
        identity: either(same, &wanted.identity, &present.identity),
        generated: either(
            is.generated == should_be.generated,
            &wanted.generated,
            &present.generated,
        ),
        collation: either(
            is.collation == should_be.collation,
            &wanted.collation,
            &present.collation,
        ),
        comment: either(is.comment == should_be.comment, &wanted.comment, &present.comment),
    }
}

fn either<T: Clone>(same: bool, wanted: &T, present: &T) -> T {
    if same { wanted } else { present }.clone()
}
