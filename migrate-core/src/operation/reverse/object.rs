//! The way back from what stands beside tables: schemas, enum types, sequences, views, triggers, functions, extensions.

use super::table::attached;
use super::{NoWayBack, alone, certain, known};
use crate::operation::{
    AlterSequence, CreateEnum, CreateExtension, CreateFunction, CreateSchema, CreateSequence, CreateTrigger,
    CreateView, DropEnum, DropExtension, DropFunction, DropSchema, DropSequence, DropTrigger, DropView,
    Operation, RenameEnumValue,
};
use crate::schema::{Counting, Element, Enumeration, Metadata, QualifiedName, View, mentions};

pub(super) fn create_schema(create: &CreateSchema) -> Result<Vec<Operation>, NoWayBack> {
    certain(create.if_not_exists, "if_not_exists")?;
    Ok(vec![Operation::DropSchema(DropSchema {
        name: create.name.clone(),
        if_exists: false,
        cascade: false,
    })])
}

pub(super) fn drop_schema(drop: &DropSchema, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    certain(drop.if_exists, "if_exists")?;
    alone(drop.cascade)?;
    known(before.schemas.get(&drop.name), || {
        Element::Schema(drop.name.clone())
    })?;
    Ok(vec![Operation::CreateSchema(CreateSchema {
        name: drop.name.clone(),
        if_not_exists: false,
    })])
}

pub(super) fn drop_enum_named(name: &QualifiedName) -> Operation {
    Operation::DropEnum(DropEnum {
        name: name.clone(),
        if_exists: false,
        if_unused: false,
    })
}

pub(super) fn create_enum(create: &CreateEnum) -> Operation {
    Operation::DropEnum(DropEnum {
        name: create.enumeration.name.clone(),
        if_exists: false,
        if_unused: create.if_not_exists,
    })
}

pub(super) fn rename_enum_value(rename: &RenameEnumValue) -> Vec<Operation> {
    vec![Operation::RenameEnumValue(RenameEnumValue {
        name: rename.name.clone(),
        value: rename.to.clone(),
        to: rename.value.clone(),
    })]
}

pub(super) fn drop_enum(drop: &DropEnum, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    certain(drop.if_exists, "if_exists")?;
    if drop.if_unused && before.column_of_enum(&drop.name).is_some() {
        return Ok(Vec::new());
    }
    let enumeration = known(before.enumerations.get(&drop.name), || {
        Element::EnumType(drop.name.clone())
    })?;
    Ok(vec![Operation::CreateEnum(CreateEnum {
        enumeration: Enumeration {
            existing: false,
            ..enumeration.as_ref().clone()
        },
        if_not_exists: drop.if_unused,
    })])
}

pub(super) fn create_sequence(create: &CreateSequence) -> Result<Vec<Operation>, NoWayBack> {
    certain(create.if_not_exists, "if_not_exists")?;
    Ok(vec![Operation::DropSequence(DropSequence {
        name: create.sequence.name.clone(),
        if_exists: false,
    })])
}

/// How it counted before. What was left to the database then has a name only where all databases agree.
pub(super) fn alter_sequence(alter: &AlterSequence, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    if alter.restart.is_some() {
        return Err(NoWayBack::Restart);
    }
    let sequence = known(before.sequences.get(&alter.name), || {
        Element::Sequence(alter.name.clone())
    })?;
    let (old, new) = (&sequence.counting, &alter.counting);
    if new.cycle && !old.cycle {
        return Err(NoWayBack::Cycle);
    }
    let upwards = old.increment.is_none_or(|by| by > 0);
    let first = old.min.unwrap_or(1);
    let counting = Counting {
        start: restored("start", new.start, old.start.or(upwards.then_some(first)))?,
        increment: restored("increment", new.increment, Some(old.increment.unwrap_or(1)))?,
        min: restored("min", new.min, old.min.or(upwards.then_some(1)))?,
        max: restored("max", new.max, old.max)?,
        cache: restored("cache", new.cache, old.cache)?,
        cycle: false,
    };
    if counting == Counting::default() {
        return Ok(Vec::new());
    }
    Ok(vec![Operation::AlterSequence(AlterSequence {
        name: alter.name.clone(),
        counting,
        restart: None,
    })])
}

/// The old value of what was set.
fn restored(what: &'static str, set: Option<i64>, old: Option<i64>) -> Result<Option<i64>, NoWayBack> {
    match (set, old) {
        (None, _) => Ok(None),
        (Some(set), Some(old)) => Ok((set != old).then_some(old)),
        (Some(_), None) => Err(NoWayBack::Counting(what)),
    }
}

pub(super) fn drop_sequence(drop: &DropSequence, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    certain(drop.if_exists, "if_exists")?;
    let sequence = known(before.sequences.get(&drop.name), || {
        Element::Sequence(drop.name.clone())
    })?;
    Ok(vec![Operation::CreateSequence(CreateSequence {
        sequence: sequence.as_ref().clone(),
        if_not_exists: false,
    })])
}

/// The old view does not take the place of the new one: it may have fewer columns, which a replacement may not.
pub(super) fn create_view(create: &CreateView, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    let View {
        name, materialized, ..
    } = &create.view;
    let mut back = vec![Operation::DropView(DropView {
        name: name.clone(),
        materialized: *materialized,
        if_exists: false,
        cascade: false,
    })];
    if create.replace {
        back.extend(created_view(name, before)?);
    }
    Ok(back)
}

/// A view as it was, with what stood on it.
fn created_view(name: &QualifiedName, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    let view = known(before.views.get(name), || Element::View(name.clone()))?;
    let mut back = vec![Operation::CreateView(CreateView {
        view: view.as_ref().clone(),
        replace: false,
    })];
    back.extend(attached(before, name));
    Ok(back)
}

pub(super) fn drop_view(drop: &DropView, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    certain(drop.if_exists, "if_exists")?;
    alone(drop.cascade)?;
    created_view(&drop.name, before)
}

pub(super) fn create_trigger(create: &CreateTrigger, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    let (name, table) = (create.trigger.name.clone(), create.trigger.table.clone());
    if create.replace {
        return created_trigger(table, name, true, before);
    }
    Ok(vec![Operation::DropTrigger(DropTrigger {
        name,
        table,
        if_exists: false,
    })])
}

fn created_trigger(
    table: QualifiedName,
    name: String,
    replace: bool,
    before: &Metadata,
) -> Result<Vec<Operation>, NoWayBack> {
    let key = (table, name);
    let trigger = before.triggers.get(&key).map(|trigger| trigger.as_ref().clone());
    let trigger = known(trigger, || Element::Trigger(key.0, key.1))?;
    Ok(vec![Operation::CreateTrigger(CreateTrigger { trigger, replace })])
}

pub(super) fn drop_trigger(drop: &DropTrigger, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    certain(drop.if_exists, "if_exists")?;
    created_trigger(drop.table.clone(), drop.name.clone(), false, before)
}

pub(super) fn create_function(
    create: &CreateFunction,
    before: &Metadata,
) -> Result<Vec<Operation>, NoWayBack> {
    let function = &create.function;
    if create.replace {
        let key = (function.name.clone(), function.arguments.clone());
        let old = known(before.functions.get(&key), || Element::Function(key.0.clone()))?;
        return Ok(vec![Operation::CreateFunction(CreateFunction {
            function: old.as_ref().clone(),
            replace: true,
        })]);
    }
    if mentions(&function.arguments, "default") || function.arguments.contains('=') {
        return Err(NoWayBack::ArgumentDefaults);
    }
    Ok(vec![Operation::DropFunction(DropFunction {
        name: function.name.clone(),
        arguments: function.arguments.clone(),
        if_exists: false,
    })])
}

pub(super) fn drop_function(drop: &DropFunction, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    certain(drop.if_exists, "if_exists")?;
    let function = known(before.function(&drop.name, &drop.arguments), || {
        Element::Function(drop.name.clone())
    })?;
    Ok(vec![Operation::CreateFunction(CreateFunction {
        function: function.as_ref().clone(),
        replace: false,
    })])
}

pub(super) fn create_extension(create: &CreateExtension) -> Result<Vec<Operation>, NoWayBack> {
    certain(create.if_not_exists, "if_not_exists")?;
    Ok(vec![Operation::DropExtension(DropExtension {
        name: create.extension.name.clone(),
        if_exists: false,
        cascade: false,
    })])
}

pub(super) fn drop_extension(drop: &DropExtension, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    certain(drop.if_exists, "if_exists")?;
    alone(drop.cascade)?;
    let extension = known(before.extensions.get(&drop.name), || {
        Element::Extension(drop.name.clone())
    })?;
    Ok(vec![Operation::CreateExtension(CreateExtension {
        extension: extension.as_ref().clone(),
        if_not_exists: false,
    })])
}
