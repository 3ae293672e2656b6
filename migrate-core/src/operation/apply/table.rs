//! The simulation of tables, their constraints and their indexes.

use std::sync::Arc;

use super::{follow, is_there, object, was_not_there};
use crate::operation::{
    CommentTable, CreateIndex, CreateTable, DropConstraint, DropIndex, DropTable, Impossible,
    RenameConstraint, RenameIndex, RenameTable,
};
use crate::schema::{Constraint, Element, Index, Metadata, QualifiedName, Table};

pub(super) fn create(metadata: &mut Metadata, create: &CreateTable) -> Result<(), Impossible> {
    let name = &create.table.name;
    if metadata.tables.contains_key(name) {
        return is_there(Element::Table(name.clone()), create.if_not_exists);
    }
    if metadata.views.contains_key(name) {
        return Err(Impossible::Exists(Element::View(name.clone())));
    }
    let mut table = create.table.clone();
    let mut result = Ok(());
    for column in &mut table.columns {
        result = result.and(object::bring_enum(metadata, &mut column.ty));
    }
    metadata.tables.insert(name.clone(), Arc::new(table));
    let table = &create.table;
    for (position, column) in table.columns.iter().enumerate() {
        if table.columns[..position]
            .iter()
            .any(|other| other.name == column.name)
        {
            let column = Element::Column(name.clone(), column.name.clone());
            result = result.and(Err(Impossible::Exists(column)));
        }
    }
    for (position, constraint) in table.constraints.iter().enumerate() {
        let others = &table.constraints[..position];
        result = result
            .and(fits(name, others, constraint))
            .and(refers_to_columns(metadata, name, constraint));
    }
    result
}

/// Whether a constraint can stand beside others of its table.
fn fits(table: &QualifiedName, others: &[Constraint], constraint: &Constraint) -> Result<(), Impossible> {
    if others.iter().any(|other| other.name() == constraint.name()) {
        let constraint = Element::Constraint(table.clone(), constraint.name().to_owned());
        return Err(Impossible::Exists(constraint));
    }
    match constraint {
        Constraint::PrimaryKey(_) => {
            let key = others
                .iter()
                .find(|other| matches!(other, Constraint::PrimaryKey(_)));
            key.map_or(Ok(()), |key| {
                Err(Impossible::SecondPrimaryKey {
                    table: table.clone(),
                    name: key.name().to_owned(),
                })
            })
        }
        Constraint::Unique(_) | Constraint::ForeignKey(_) | Constraint::Check(_) | Constraint::Exclude(_) => {
            Ok(())
        }
    }
}

/// Whether the columns that a constraint lists are there, on both sides of a foreign key.
fn refers_to_columns(
    metadata: &Metadata,
    table: &QualifiedName,
    constraint: &Constraint,
) -> Result<(), Impossible> {
    match constraint {
        Constraint::PrimaryKey(key) => has_columns(metadata, table, &key.columns),
        Constraint::Unique(unique) => has_columns(metadata, table, &unique.columns),
        Constraint::ForeignKey(key) => has_columns(metadata, table, &key.columns)
            .and_then(|()| has_columns(metadata, &key.referent, &key.referent_columns)),
        Constraint::Check(_) | Constraint::Exclude(_) => Ok(()),
    }
}

/// Whether a table is there, with these columns.
pub(super) fn has_columns(
    metadata: &Metadata,
    table: &QualifiedName,
    columns: &[String],
) -> Result<(), Impossible> {
    let described = find(metadata, table)?;
    match columns.iter().find(|name| described.column(name).is_none()) {
        None => Ok(()),
        Some(name) => Err(unknown_column(table, name)),
    }
}

pub(super) fn unknown_column(table: &QualifiedName, name: &str) -> Impossible {
    Impossible::Unknown(Element::Column(table.clone(), name.to_owned()))
}

pub(super) fn unknown_table(table: &QualifiedName) -> Impossible {
    Impossible::Unknown(Element::Table(table.clone()))
}

fn find<'m>(metadata: &'m Metadata, table: &QualifiedName) -> Result<&'m Table, Impossible> {
    let found = metadata.tables.get(table);
    found.map(AsRef::as_ref).ok_or_else(|| unknown_table(table))
}

/// The table goes with its indexes, its triggers and the sequences that are owned by its columns.
pub(super) fn drop(metadata: &mut Metadata, drop: &DropTable) -> Result<(), Impossible> {
    let name = &drop.table;
    let known = metadata.tables.remove(name).is_some();
    metadata.indexes.retain(|(table, _), _| table != name);
    metadata.triggers.retain(|(table, _), _| table != name);
    metadata
        .sequences
        .retain(|_, sequence| sequence.owned_by.as_ref().is_none_or(|(table, _)| table != name));
    if !known {
        return was_not_there(Element::Table(name.clone()), drop.if_exists);
    }
    let referring = metadata
        .foreign_keys_to(name)
        .next()
        .map(|(table, key)| Element::Constraint(table.clone(), key.name.clone()));
    match referring {
        None => Ok(()),
        Some(_) if drop.cascade => {
            let refers = |constraint: &Constraint| {
                let key = constraint.foreign_key();
                key.is_some_and(|key| key.referent == *name)
            };
            for table in metadata.tables_mut(|table| table.constraints.iter().any(refers)) {
                table.constraints.retain(|constraint| !refers(constraint));
            }
            Ok(())
        }
        Some(by) => Err(Impossible::InUse {
            element: Element::Table(name.clone()),
            by,
        }),
    }
}

pub(super) fn rename(metadata: &mut Metadata, rename: &RenameTable) -> Result<(), Impossible> {
    let to = rename.table.sibling(&rename.to);
    if metadata.tables.contains_key(&to) {
        return Err(Impossible::Exists(Element::Table(to)));
    }
    let Some(mut table) = metadata.tables.remove(&rename.table) else {
        return Err(unknown_table(&rename.table));
    };
    Arc::make_mut(&mut table).name.clone_from(&to);
    metadata.tables.insert(to.clone(), table);
    follow::renamed_table(metadata, &rename.table, &to);
    Ok(())
}

pub(super) fn comment(metadata: &mut Metadata, comment: &CommentTable) -> Result<(), Impossible> {
    match metadata.table_mut(&comment.table) {
        Some(table) => {
            table.comment.clone_from(&comment.comment);
            Ok(())
        }
        None => Err(unknown_table(&comment.table)),
    }
}

pub(super) fn create_index(metadata: &mut Metadata, create: &CreateIndex) -> Result<(), Impossible> {
    let Index { name, table, .. } = &create.index;
    let key = (table.clone(), name.clone());
    if metadata.indexes.contains_key(&key) {
        return is_there(Element::Index(table.clone(), name.clone()), create.if_not_exists);
    }
    metadata.indexes.insert(key, Arc::new(create.index.clone()));
    match metadata.tables.get(table) {
        Some(described) => {
            let listed = create
                .index
                .elements
                .iter()
                .filter_map(|element| element.column());
            let mut columns = listed.chain(create.index.include.iter().map(String::as_str));
            match columns.find(|name| described.column(name).is_none()) {
                None => Ok(()),
                Some(name) => Err(unknown_column(table, name)),
            }
        }
        // A materialized view has indexes too; its columns are the query's.
        None if metadata.views.contains_key(table) => Ok(()),
        None => Err(unknown_table(table)),
    }
}

pub(super) fn rename_index(metadata: &mut Metadata, rename: &RenameIndex) -> Result<(), Impossible> {
    let RenameIndex { name, table, to } = rename;
    let key = (table.clone(), to.clone());
    if metadata.indexes.contains_key(&key) {
        return Err(Impossible::Exists(Element::Index(table.clone(), to.clone())));
    }
    match metadata.indexes.remove(&(table.clone(), name.clone())) {
        Some(mut index) => {
            Arc::make_mut(&mut index).name.clone_from(to);
            metadata.indexes.insert(key, index);
            Ok(())
        }
        None => Err(Impossible::Unknown(Element::Index(table.clone(), name.clone()))),
    }
}

pub(super) fn drop_index(metadata: &mut Metadata, drop: &DropIndex) -> Result<(), Impossible> {
    match metadata.indexes.remove(&(drop.table.clone(), drop.name.clone())) {
        Some(_) => Ok(()),
        None => was_not_there(
            Element::Index(drop.table.clone(), drop.name.clone()),
            drop.if_exists,
        ),
    }
}

/// The columns of a primary key can no longer hold `NULL`, also after it is gone.
pub(super) fn add_constraint(
    metadata: &mut Metadata,
    name: &QualifiedName,
    constraint: &Constraint,
) -> Result<(), Impossible> {
    let Some(table) = metadata.table_mut(name) else {
        return Err(unknown_table(name));
    };
    fits(name, &table.constraints, constraint)?;
    table.constraints.push(constraint.clone());
    if let Constraint::PrimaryKey(key) = constraint {
        for column in &mut table.columns {
            column.nullable &= !key.columns.contains(&column.name);
        }
    }
    refers_to_columns(metadata, name, constraint)
}

/// A constraint of a table.
pub(super) fn constraint<'m>(
    metadata: &'m Metadata,
    table: &QualifiedName,
    name: &str,
) -> Result<&'m Constraint, Impossible> {
    let found = find(metadata, table)?.constraint(name);
    found.ok_or_else(|| Impossible::Unknown(Element::Constraint(table.clone(), name.to_owned())))
}

pub(super) fn rename_constraint(
    metadata: &mut Metadata,
    rename: &RenameConstraint,
) -> Result<(), Impossible> {
    let RenameConstraint { table, name, to, .. } = rename;
    constraint(metadata, table, name)?;
    if constraint(metadata, table, to).is_ok() {
        return Err(Impossible::Exists(Element::Constraint(table.clone(), to.clone())));
    }
    let constraints = metadata
        .table_mut(table)
        .map(|table| table.constraints.iter_mut());
    for constraint in constraints.into_iter().flatten().filter(|one| one.name() == name) {
        constraint.name_mut().clone_from(to);
    }
    Ok(())
}

pub(super) fn drop_constraint(metadata: &mut Metadata, drop: &DropConstraint) -> Result<(), Impossible> {
    let DropConstraint { table, name, .. } = drop;
    let element = Element::Constraint(table.clone(), name.clone());
    let dropped = match constraint(metadata, table, name) {
        Ok(dropped) => dropped.clone(),
        Err(error) if drop.if_exists && error == Impossible::Unknown(element.clone()) => return Ok(()),
        Err(error) => return Err(error),
    };
    remove(metadata, table, name);
    let dependent = dropped
        .key_columns()
        .map_or(Vec::new(), |columns| depending(metadata, table, columns));
    for (from, key) in dependent {
        if !drop.cascade {
            let by = Element::Constraint(from, key);
            return Err(Impossible::InUse { element, by });
        }
        remove(metadata, &from, &key);
    }
    Ok(())
}

fn remove(metadata: &mut Metadata, table: &QualifiedName, constraint: &str) {
    if let Some(table) = metadata.table_mut(table) {
        table.constraints.retain(|other| other.name() != constraint);
    }
}

/// The foreign keys that point to columns which nothing makes unique, each with its table.
fn depending(metadata: &Metadata, table: &QualifiedName, columns: &[String]) -> Vec<(QualifiedName, String)> {
    let same = |others: &[String]| {
        others.len() == columns.len() && others.iter().all(|column| columns.contains(column))
    };
    let keys = metadata
        .tables
        .get(table)
        .into_iter()
        .flat_map(|table| &table.constraints);
    let mut keys = keys.filter_map(Constraint::key_columns);
    let mut indexes = metadata
        .indexes_of(table)
        .filter(|index| index.unique && index.predicate.is_none());
    let by_index = |index: &Index| {
        let listed: Option<Vec<String>> = index
            .elements
            .iter()
            .map(|element| element.column().map(str::to_owned))
            .collect();
        listed.is_some_and(|listed| same(&listed))
    };
    if keys.any(same) || indexes.any(|index| by_index(index)) {
        return Vec::new();
    }
    let depends = metadata
        .foreign_keys_to(table)
        .filter(|(_, key)| same(&key.referent_columns));
    depends
        .map(|(from, key)| (from.clone(), key.name.clone()))
        .collect()
}
