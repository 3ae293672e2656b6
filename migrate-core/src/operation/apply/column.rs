//! The simulation of columns.

use super::{follow, is_there, object, table, was_not_there};
use crate::operation::{AddColumn, AlterColumn, DropColumn, Impossible, Setting};
use crate::schema::{Column, Constraint, Element, Metadata, QualifiedName, mentions};

pub(super) fn add(metadata: &mut Metadata, add: &AddColumn) -> Result<(), Impossible> {
    let Some(described) = metadata.tables.get(&add.table) else {
        return Err(table::unknown_table(&add.table));
    };
    if described.column(&add.column.name).is_some() {
        let column = Element::Column(add.table.clone(), add.column.name.clone());
        return is_there(column, add.if_not_exists);
    }
    let mut column = add.column.clone();
    let mut result = object::bring_enum(metadata, &mut column.ty);
    if let Some(table) = metadata.table_mut(&add.table) {
        table.columns.push(column);
    }
    for constraint in &add.constraints {
        result = result.and(table::add_constraint(metadata, &add.table, constraint));
    }
    result
}

/// The column goes with the constraints and indexes over it and the sequences that it owns. What else needs it keeps it
/// from going.
pub(super) fn drop(metadata: &mut Metadata, drop: &DropColumn) -> Result<(), Impossible> {
    let DropColumn {
        table: name, column, ..
    } = drop;
    let element = || Element::Column(name.clone(), column.clone());
    let Some(table) = metadata.table_mut(name) else {
        return Err(table::unknown_table(name));
    };
    if table.column(column).is_none() {
        return was_not_there(element(), drop.if_exists);
    }
    table.columns.retain(|other| other.name != *column);
    let own = |constraint: &Constraint| {
        // A foreign key of the table to itself goes too, whichever side the column is on.
        let key = constraint.foreign_key();
        constraint.involves(column)
            || key.is_some_and(|key| key.referent == *name && key.referent_columns.contains(column))
    };
    table.constraints.retain(|constraint| !own(constraint));
    let computed = table.columns.iter().find(|other| {
        let generated = other.generated.as_ref();
        generated.is_some_and(|generated| mentions(&generated.expression, column))
    });
    let mut needed_by = computed.map(|other| Element::Column(name.clone(), other.name.clone()));
    metadata
        .indexes
        .retain(|(table, _), index| table != name || !index.involves(column));
    metadata.sequences.retain(|_, sequence| {
        let owner = sequence.owned_by.as_ref();
        owner.is_none_or(|(table, owner)| table != name || owner != column)
    });
    let trigger = metadata
        .triggers_of(name)
        .find(|trigger| follow::names_column(trigger, column));
    needed_by = needed_by.or(trigger.map(|trigger| Element::Trigger(name.clone(), trigger.name.clone())));
    let key = metadata
        .foreign_keys_to(name)
        .find(|(_, key)| key.referent_columns.contains(column));
    needed_by = needed_by.or(key.map(|(from, key)| Element::Constraint(from.clone(), key.name.clone())));
    match needed_by {
        None => Ok(()),
        Some(_) if drop.cascade => {
            cascade(metadata, name, column);
            Ok(())
        }
        Some(by) => Err(Impossible::InUse {
            element: element(),
            by,
        }),
    }
}

/// Takes along what needs a column that is gone.
fn cascade(metadata: &mut Metadata, name: &QualifiedName, column: &String) {
    metadata
        .triggers
        .retain(|(table, _), trigger| table != name || !follow::names_column(trigger, column));
    let refers = |constraint: &Constraint| {
        let key = constraint.foreign_key();
        key.is_some_and(|key| key.referent == *name && key.referent_columns.contains(column))
    };
    for table in metadata.tables_mut(|table| table.constraints.iter().any(refers)) {
        table.constraints.retain(|constraint| !refers(constraint));
    }
    if let Some(table) = metadata.table_mut(name) {
        table.columns.retain(|other| {
            let generated = other.generated.as_ref();
            generated.is_none_or(|generated| !mentions(&generated.expression, column))
        });
    }
}

pub(super) fn alter(metadata: &mut Metadata, alter: &AlterColumn) -> Result<(), Impossible> {
    let AlterColumn {
        table: name,
        column: old_name,
        ..
    } = alter;
    let Some(described) = metadata.tables.get(name) else {
        return Err(table::unknown_table(name));
    };
    if described.column(old_name).is_none() {
        return Err(table::unknown_column(name, old_name));
    }
    if let Some(to) = &alter.rename
        && to != old_name
        && described.column(to).is_some()
    {
        return Err(Impossible::Exists(Element::Column(name.clone(), to.clone())));
    }
    let key = described.primary_key();
    if alter.nullable == Some(true) && key.is_some_and(|key| key.columns.contains(old_name)) {
        return Err(Impossible::NullInKey {
            table: name.clone(),
            column: old_name.clone(),
        });
    }
    let mut ty = alter.ty.clone();
    let result = ty.as_mut().map_or(Ok(()), |ty| object::bring_enum(metadata, ty));
    let columns = metadata.table_mut(name).map(|table| table.columns.iter_mut());
    let Some(column) = columns.and_then(|mut columns| columns.find(|column| column.name == *old_name)) else {
        return Err(table::unknown_column(name, old_name));
    };
    change(column, alter);
    if let Some(to) = &alter.rename {
        follow::renamed_column(metadata, name, old_name, to);
    }
    result
}

/// Makes of a column what it is to be; an enum type is there then.
pub(crate) fn change(column: &mut Column, alter: &AlterColumn) {
    let AlterColumn {
        table: _,
        column: _,
        ty,
        using: _,
        nullable,
        server_default,
        identity,
        generated,
        autoincrement,
        collation,
        comment,
        rename,
    } = alter;
    if let Some(ty) = ty {
        column.ty.clone_from(ty);
        if let Some(enumeration) = column.ty.enumeration_mut() {
            enumeration.existing = true;
        }
    }
    if let Some(nullable) = nullable {
        column.nullable = *nullable;
    }
    set(&mut column.server_default, server_default.as_ref());
    set(&mut column.identity, identity.as_ref());
    set(&mut column.generated, generated.as_ref());
    set(&mut column.comment, comment.as_ref());
    match (identity, autoincrement) {
        (Some(Setting::Drop), None) => column.autoincrement = false,
        // It is one thing to the database: what sets the one drops the other.
        (None, Some(numbered)) => {
            column.identity = None;
            column.autoincrement = *numbered;
        }
        (_, Some(numbered)) => column.autoincrement = *numbered,
        (Some(Setting::Set(_)) | None, None) => {}
    }
    if collation.is_some() {
        column.collation.clone_from(collation);
    }
    if let Some(to) = rename {
        column.name.clone_from(to);
    }
}

fn set<T: Clone>(value: &mut Option<T>, setting: Option<&Setting<T>>) {
    match setting {
        Some(Setting::Set(new)) => *value = Some(new.clone()),
        Some(Setting::Drop) => *value = None,
        None => {}
    }
}
