//! The simulation of what stands beside tables: schemas, enum types, sequences, views, triggers, functions, extensions.

use std::sync::Arc;

use super::{is_there, table, was_not_there};
use crate::operation::{
    AddEnumValue, AlterSequence, CreateEnum, CreateExtension, CreateFunction, CreateSchema, CreateSequence,
    CreateTrigger, CreateView, DropEnum, DropExtension, DropFunction, DropSchema, DropSequence, DropTrigger,
    DropView, EnumPosition, Impossible, RenameEnumValue,
};
use crate::schema::{Element, Metadata, QualifiedName, Type};

pub(super) fn create_schema(metadata: &mut Metadata, create: &CreateSchema) -> Result<(), Impossible> {
    if metadata.schemas.insert(create.name.clone()) {
        Ok(())
    } else {
        is_there(Element::Schema(create.name.clone()), create.if_not_exists)
    }
}

/// What is still in the schema keeps it from going.
pub(super) fn drop_schema(metadata: &mut Metadata, drop: &DropSchema) -> Result<(), Impossible> {
    let element = || Element::Schema(drop.name.clone());
    let known = metadata.schemas.remove(&drop.name);
    let inside = |name: &QualifiedName| name.schema.as_ref() == Some(&drop.name);
    if drop.cascade {
        metadata.tables.retain(|name, _| !inside(name));
        metadata.indexes.retain(|(table, _), _| !inside(table));
        metadata.views.retain(|name, _| !inside(name));
        metadata.triggers.retain(|(table, _), _| !inside(table));
        metadata.functions.retain(|(name, _), _| !inside(name));
        metadata.sequences.retain(|name, _| !inside(name));
        metadata.enumerations.retain(|name, _| !inside(name));
    }
    let tables = metadata
        .tables
        .keys()
        .map(|name| (name, Element::Table(name.clone())));
    let views = metadata
        .views
        .keys()
        .map(|name| (name, Element::View(name.clone())));
    let functions = metadata.functions.keys();
    let functions = functions.map(|(name, _)| (name, Element::Function(name.clone())));
    let sequences = metadata.sequences.keys();
    let sequences = sequences.map(|name| (name, Element::Sequence(name.clone())));
    let types = metadata.enumerations.keys();
    let types = types.map(|name| (name, Element::EnumType(name.clone())));
    let mut all = tables.chain(views).chain(functions).chain(sequences).chain(types);
    match all.find(|(name, _)| inside(name)) {
        Some((_, by)) => Err(Impossible::InUse {
            element: element(),
            by,
        }),
        None if known => Ok(()),
        None => was_not_there(element(), drop.if_exists),
    }
}

/// A column brings its enum type with it, unless that is there already. The same values again are no mistake: where
/// there are no named types, each column carries its own.
pub(super) fn bring_enum(metadata: &mut Metadata, ty: &mut Type) -> Result<(), Impossible> {
    let Some(enumeration) = ty.enumeration_mut().filter(|enumeration| !enumeration.existing) else {
        return Ok(());
    };
    enumeration.existing = true;
    match metadata.enumerations.get(&enumeration.name) {
        Some(other) if other.values == enumeration.values => Ok(()),
        Some(other) => Err(Impossible::Exists(Element::EnumType(other.name.clone()))),
        None => {
            metadata
                .enumerations
                .insert(enumeration.name.clone(), Arc::new(enumeration.clone()));
            Ok(())
        }
    }
}

pub(super) fn create_enum(metadata: &mut Metadata, create: &CreateEnum) -> Result<(), Impossible> {
    let name = &create.enumeration.name;
    if metadata.enumerations.contains_key(name) {
        return is_there(Element::EnumType(name.clone()), create.if_not_exists);
    }
    let enumeration = create.enumeration.clone().existing();
    metadata.enumerations.insert(name.clone(), Arc::new(enumeration));
    Ok(())
}

pub(super) fn add_enum_value(metadata: &mut Metadata, add: &AddEnumValue) -> Result<(), Impossible> {
    let element = |value: &String| Element::EnumValue(add.name.clone(), value.clone());
    let mut values = enum_values(metadata, &add.name)?;
    if values.contains(&add.value) {
        return is_there(element(&add.value), add.if_not_exists);
    }
    let at = |value: &String| {
        let found = values.iter().position(|other| other == value);
        found.ok_or_else(|| Impossible::Unknown(element(value)))
    };
    let position = match &add.position {
        Some(EnumPosition::Before(value)) => at(value)?,
        Some(EnumPosition::After(value)) => at(value)? + 1,
        None => values.len(),
    };
    values.insert(position, add.value.clone());
    set_enum_values(metadata, &add.name, &values);
    Ok(())
}

pub(super) fn rename_enum_value(metadata: &mut Metadata, rename: &RenameEnumValue) -> Result<(), Impossible> {
    let element = |value: &String| Element::EnumValue(rename.name.clone(), value.clone());
    let mut values = enum_values(metadata, &rename.name)?;
    if values.contains(&rename.to) {
        return Err(Impossible::Exists(element(&rename.to)));
    }
    match values.iter_mut().find(|value| **value == rename.value) {
        Some(value) => value.clone_from(&rename.to),
        None => return Err(Impossible::Unknown(element(&rename.value))),
    }
    set_enum_values(metadata, &rename.name, &values);
    Ok(())
}

fn enum_values(metadata: &Metadata, name: &QualifiedName) -> Result<Vec<String>, Impossible> {
    let found = metadata.enumerations.get(name);
    found
        .map(|enumeration| enumeration.values.clone())
        .ok_or_else(|| Impossible::Unknown(Element::EnumType(name.clone())))
}

/// The values of a type and of the columns that have it.
fn set_enum_values(metadata: &mut Metadata, name: &QualifiedName, values: &[String]) {
    if let Some(enumeration) = metadata.enumerations.get_mut(name) {
        Arc::make_mut(enumeration).values = values.to_vec();
    }
    for table in metadata.tables_mut(|table| table.columns.iter().any(|column| column.has_enum(name))) {
        for column in &mut table.columns {
            if let Some(enumeration) = column.ty.enumeration_mut().filter(|other| other.name == *name) {
                enumeration.values = values.to_vec();
            }
        }
    }
}

pub(super) fn drop_enum(metadata: &mut Metadata, drop: &DropEnum) -> Result<(), Impossible> {
    let element = Element::EnumType(drop.name.clone());
    let user = metadata.column_of_enum(&drop.name);
    let user = user.map(|(table, column)| Element::Column(table.clone(), column.name.clone()));
    if drop.if_unused && user.is_some() {
        return Ok(());
    }
    match (metadata.enumerations.remove(&drop.name), user) {
        (None, _) => was_not_there(element, drop.if_exists || drop.if_unused),
        (Some(_), Some(by)) => Err(Impossible::InUse { element, by }),
        (Some(_), None) => Ok(()),
    }
}

pub(super) fn create_sequence(metadata: &mut Metadata, create: &CreateSequence) -> Result<(), Impossible> {
    let sequence = &create.sequence;
    if metadata.sequences.contains_key(&sequence.name) {
        return is_there(Element::Sequence(sequence.name.clone()), create.if_not_exists);
    }
    metadata
        .sequences
        .insert(sequence.name.clone(), Arc::new(sequence.clone()));
    match &sequence.owned_by {
        Some((table, column)) => table::has_columns(metadata, table, std::slice::from_ref(column)),
        None => Ok(()),
    }
}

pub(super) fn alter_sequence(metadata: &mut Metadata, alter: &AlterSequence) -> Result<(), Impossible> {
    let Some(sequence) = metadata.sequences.get_mut(&alter.name) else {
        return Err(Impossible::Unknown(Element::Sequence(alter.name.clone())));
    };
    let new = &alter.counting;
    let counting = &mut Arc::make_mut(sequence).counting;
    counting.start = new.start.or(counting.start);
    counting.increment = new.increment.or(counting.increment);
    counting.min = new.min.or(counting.min);
    counting.max = new.max.or(counting.max);
    counting.cache = new.cache.or(counting.cache);
    counting.cycle |= new.cycle;
    Ok(())
}

pub(super) fn drop_sequence(metadata: &mut Metadata, drop: &DropSequence) -> Result<(), Impossible> {
    match metadata.sequences.remove(&drop.name) {
        Some(_) => Ok(()),
        None => was_not_there(Element::Sequence(drop.name.clone()), drop.if_exists),
    }
}

/// A view that replaces one which nothing describes is described from now on.
pub(super) fn create_view(metadata: &mut Metadata, create: &CreateView) -> Result<(), Impossible> {
    let name = &create.view.name;
    if metadata.tables.contains_key(name) {
        return Err(Impossible::Exists(Element::Table(name.clone())));
    }
    if !create.replace && metadata.views.contains_key(name) {
        return Err(Impossible::Exists(Element::View(name.clone())));
    }
    if create.replace && create.view.materialized {
        metadata.indexes.retain(|(view, _), _| view != name);
    }
    metadata.views.insert(name.clone(), Arc::new(create.view.clone()));
    Ok(())
}

/// The view goes with its triggers, and with its indexes where it keeps its rows.
pub(super) fn drop_view(metadata: &mut Metadata, drop: &DropView) -> Result<(), Impossible> {
    let known = metadata.views.remove(&drop.name).is_some();
    metadata.indexes.retain(|(view, _), _| *view != drop.name);
    metadata.triggers.retain(|(view, _), _| *view != drop.name);
    if known {
        Ok(())
    } else {
        was_not_there(Element::View(drop.name.clone()), drop.if_exists)
    }
}

pub(super) fn create_trigger(metadata: &mut Metadata, create: &CreateTrigger) -> Result<(), Impossible> {
    let trigger = &create.trigger;
    let key = (trigger.table.clone(), trigger.name.clone());
    if !create.replace && metadata.triggers.contains_key(&key) {
        return Err(Impossible::Exists(Element::Trigger(key.0, key.1)));
    }
    metadata.triggers.insert(key, Arc::new(trigger.clone()));
    if metadata.tables.contains_key(&trigger.table) || metadata.views.contains_key(&trigger.table) {
        Ok(())
    } else {
        Err(table::unknown_table(&trigger.table))
    }
}

pub(super) fn drop_trigger(metadata: &mut Metadata, drop: &DropTrigger) -> Result<(), Impossible> {
    let key = (drop.table.clone(), drop.name.clone());
    match metadata.triggers.remove(&key) {
        Some(_) => Ok(()),
        None => was_not_there(Element::Trigger(key.0, key.1), drop.if_exists),
    }
}

pub(super) fn create_function(metadata: &mut Metadata, create: &CreateFunction) -> Result<(), Impossible> {
    let function = &create.function;
    let key = (function.name.clone(), function.arguments.clone());
    if !create.replace && metadata.functions.contains_key(&key) {
        return Err(Impossible::Exists(Element::Function(key.0)));
    }
    metadata.functions.insert(key, Arc::new(function.clone()));
    Ok(())
}

pub(super) fn drop_function(metadata: &mut Metadata, drop: &DropFunction) -> Result<(), Impossible> {
    let found = metadata.function(&drop.name, &drop.arguments);
    match found.map(|function| (function.name.clone(), function.arguments.clone())) {
        Some(key) => {
            metadata.functions.remove(&key);
            Ok(())
        }
        None => was_not_there(Element::Function(drop.name.clone()), drop.if_exists),
    }
}

pub(super) fn create_extension(metadata: &mut Metadata, create: &CreateExtension) -> Result<(), Impossible> {
    let extension = &create.extension;
    if metadata.extensions.contains_key(&extension.name) {
        return is_there(Element::Extension(extension.name.clone()), create.if_not_exists);
    }
    metadata
        .extensions
        .insert(extension.name.clone(), Arc::new(extension.clone()));
    Ok(())
}

pub(super) fn drop_extension(metadata: &mut Metadata, drop: &DropExtension) -> Result<(), Impossible> {
    match metadata.extensions.remove(&drop.name) {
        Some(_) => Ok(()),
        None => was_not_there(Element::Extension(drop.name.clone()), drop.if_exists),
    }
}
