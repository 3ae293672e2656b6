//! What stands beside tables: schemas, enum types, sequences, views, triggers, functions and extensions.

use crate::autogenerate::changes::{Changes, Open, Phase};
use crate::operation::{
    AddEnumValue, AlterSequence, CreateEnum, CreateExtension, CreateFunction, CreateSchema, CreateSequence,
    CreateTrigger, CreateView, DropEnum, DropExtension, DropFunction, DropSequence, DropTrigger, DropView,
    EnumPosition, Operation,
};
use crate::schema::{Counting, Element, Enumeration, Metadata, QualifiedName, Sequence, View};

/// A schema that is not described stays: others may live in it.
pub(in crate::autogenerate) fn objects(present: &Metadata, wanted: &Metadata, changes: &mut Changes) {
    for name in wanted.schemas.difference(&present.schemas) {
        let create = CreateSchema {
            name: name.clone(),
            if_not_exists: false,
        };
        changes.push(Phase::Schemas, Operation::CreateSchema(create));
    }
    extensions(present, wanted, changes);
    enumerations(present, wanted, changes);
    sequences(present, wanted, changes);
    functions(present, wanted, changes);
    views(present, wanted, changes);
    triggers(present, wanted, changes);
}

fn extensions(present: &Metadata, wanted: &Metadata, changes: &mut Changes) {
    for (name, extension) in &wanted.extensions {
        match present.extensions.get(name) {
            Some(before) if before != extension => {
                changes.open(Open::Altered(Element::Extension(name.clone())));
            }
            Some(_) => {}
            None => {
                let create = CreateExtension {
                    extension: extension.as_ref().clone(),
                    if_not_exists: false,
                };
                changes.push(Phase::Extensions, Operation::CreateExtension(create));
            }
        }
    }
    for name in present.extensions.keys() {
        if !wanted.extensions.contains_key(name) {
            let drop = DropExtension {
                name: name.clone(),
                if_exists: false,
                cascade: false,
            };
            changes.push(Phase::DropExtensions, Operation::DropExtension(drop));
        }
    }
}

fn enumerations(present: &Metadata, wanted: &Metadata, changes: &mut Changes) {
    for (name, after) in &wanted.enumerations {
        match present.enumerations.get(name) {
            Some(before) => values(before, after, changes),
            None => {
                let create = CreateEnum {
                    enumeration: after.as_ref().clone(),
                    if_not_exists: false,
                };
                changes.push(Phase::Types, Operation::CreateEnum(create));
            }
        }
    }
    for name in present.enumerations.keys() {
        if !wanted.enumerations.contains_key(name) {
            let drop = DropEnum {
                name: name.clone(),
                if_exists: false,
                if_unused: false,
            };
            changes.push(Phase::DropTypes, Operation::DropEnum(drop));
        }
    }
}

/// Each new value takes its place after the one before it, when those that are there stay in their order.
fn values(present: &Enumeration, wanted: &Enumeration, changes: &mut Changes) {
    let kept = wanted
        .values
        .iter()
        .filter(|value| present.values.contains(value));
    if !kept.eq(&present.values) {
        changes.open(Open::EnumValues {
            name: wanted.name.clone(),
            present: present.values.clone(),
            wanted: wanted.values.clone(),
        });
        return;
    }
    let last = present.values.last();
    let mut past_last = last.is_none();
    let mut before: Option<&String> = None;
    for value in &wanted.values {
        if !present.values.contains(value) {
            let position = match before {
                _ if past_last => None,
                Some(before) => Some(EnumPosition::After(before.clone())),
                None => present.values.first().cloned().map(EnumPosition::Before),
            };
            let add = AddEnumValue {
                name: wanted.name.clone(),
                value: value.clone(),
                position,
                if_not_exists: false,
            };
            changes.push(Phase::Types, Operation::AddEnumValue(add));
        }
        past_last |= Some(value) == last;
        before = Some(value);
    }
}

/// A sequence of a column goes with it.
fn sequences(present: &Metadata, wanted: &Metadata, changes: &mut Changes) {
    for (name, after) in &wanted.sequences {
        match present.sequences.get(name) {
            Some(before) if before == after => {}
            Some(before) => match counting(before, after) {
                Some(counting) => {
                    let alter = AlterSequence {
                        name: name.clone(),
                        counting,
                        restart: None,
                    };
                    changes.push(Phase::Sequences, Operation::AlterSequence(alter));
                }
                None => changes.open(Open::Altered(Element::Sequence(name.clone()))),
            },
            None => {
                let create = CreateSequence {
                    sequence: after.as_ref().clone(),
                    if_not_exists: false,
                };
                let is_new = |(table, column): &&(QualifiedName, String)| {
                    let table = present.tables.get(table);
                    table.is_none_or(|table| table.column(column).is_none())
                };
                let phase = match after.owned_by.as_ref().filter(is_new) {
                    Some((table, column)) => {
                        changes.owns(table, column);
                        Phase::OwnedSequences
                    }
                    None => Phase::Sequences,
                };
                changes.push(phase, Operation::CreateSequence(create));
            }
        }
    }
    for (name, sequence) in &present.sequences {
        let goes_along = sequence.owned_by.as_ref().is_some_and(|(table, column)| {
            let table = wanted.tables.get(table);
            table.is_none_or(|table| table.column(column).is_none())
        });
        if !wanted.sequences.contains_key(name) && !goes_along {
            let drop = DropSequence {
                name: name.clone(),
                if_exists: false,
            };
            changes.push(Phase::DropSequences, Operation::DropSequence(drop));
        }
    }
}

/// What changes in how a sequence counts, when it can be said: a value can be set, and not unset.
fn counting(present: &Sequence, wanted: &Sequence) -> Option<Counting> {
    let changed = |before: Option<i64>, after: Option<i64>| match (before, after) {
        (before, after) if before == after => Some(None),
        (_, Some(after)) => Some(Some(after)),
        (Some(_) | None, None) => None,
    };
    let (before, after) = (&present.counting, &wanted.counting);
    if present.owned_by != wanted.owned_by || (before.cycle && !after.cycle) {
        return None;
    }
    Some(Counting {
        start: changed(before.start, after.start)?,
        increment: changed(before.increment, after.increment)?,
        min: changed(before.min, after.min)?,
        max: changed(before.max, after.max)?,
        cache: changed(before.cache, after.cache)?,
        cycle: after.cycle && !before.cycle,
    })
}

fn functions(present: &Metadata, wanted: &Metadata, changes: &mut Changes) {
    for (key, function) in &wanted.functions {
        let before = present.functions.get(key);
        if before != Some(function) {
            let create = CreateFunction {
                function: function.as_ref().clone(),
                replace: before.is_some(),
            };
            changes.push(Phase::Functions, Operation::CreateFunction(create));
        }
    }
    for (name, arguments) in present.functions.keys() {
        if !wanted.functions.contains_key(&(name.clone(), arguments.clone())) {
            let drop = DropFunction {
                name: name.clone(),
                arguments: arguments.clone(),
                if_exists: false,
            };
            changes.push(Phase::DropFunctions, Operation::DropFunction(drop));
        }
    }
}

/// A view that changes is made anew: it goes before what it reads changes, and comes after.
fn views(present: &Metadata, wanted: &Metadata, changes: &mut Changes) {
    let drop = |view: &View| DropView {
        name: view.name.clone(),
        materialized: view.materialized,
        if_exists: false,
        cascade: false,
    };
    for (name, view) in &present.views {
        if wanted.views.get(name) != Some(view) {
            changes.push(Phase::DropViews, Operation::DropView(drop(view)));
        }
    }
    for (name, view) in &wanted.views {
        if present.views.get(name) != Some(view) {
            let create = CreateView {
                view: view.as_ref().clone(),
                replace: false,
            };
            changes.push(Phase::Views, Operation::CreateView(create));
        }
    }
}

/// As views. A trigger goes with its table or view by itself.
fn triggers(present: &Metadata, wanted: &Metadata, changes: &mut Changes) {
    for (key, trigger) in &present.triggers {
        let stays = wanted.tables.contains_key(&trigger.table) || present.views.contains_key(&trigger.table);
        if stays && wanted.triggers.get(key) != Some(trigger) {
            let drop = DropTrigger {
                name: trigger.name.clone(),
                table: trigger.table.clone(),
                if_exists: false,
            };
            changes.push(Phase::DropTriggers, Operation::DropTrigger(drop));
        }
    }
    for (key, trigger) in &wanted.triggers {
        if present.triggers.get(key) != Some(trigger) {
            let create = CreateTrigger {
                trigger: trigger.as_ref().clone(),
                replace: false,
            };
            changes.push(Phase::Triggers, Operation::CreateTrigger(create));
        }
    }
}
