//! What a new name of a table or column changes elsewhere: whatever refers to it goes on referring to it.

use std::sync::Arc;

use crate::schema::{
    Constraint, Event, IndexElement, IndexKey, Metadata, QualifiedName, Table, Trigger, mentions, with_name,
};

/// A table is called otherwise: its indexes and triggers stay its own, and foreign keys and sequences stay with it.
pub(super) fn renamed_table(metadata: &mut Metadata, from: &QualifiedName, to: &QualifiedName) {
    let refers = |table: &Table| {
        let mut keys = table.constraints.iter().filter_map(Constraint::foreign_key);
        keys.any(|key| key.referent == *from)
    };
    for table in metadata.tables_mut(refers) {
        for constraint in &mut table.constraints {
            if let Constraint::ForeignKey(key) = constraint
                && key.referent == *from
            {
                key.referent.clone_from(to);
            }
        }
    }
    let indexes: Vec<_> = metadata.indexes_of(from).cloned().collect();
    for mut index in indexes {
        metadata.indexes.remove(&(from.clone(), index.name.clone()));
        Arc::make_mut(&mut index).table.clone_from(to);
        metadata.indexes.insert((to.clone(), index.name.clone()), index);
    }
    let triggers: Vec<_> = metadata.triggers_of(from).cloned().collect();
    for mut trigger in triggers {
        metadata.triggers.remove(&(from.clone(), trigger.name.clone()));
        Arc::make_mut(&mut trigger).table.clone_from(to);
        metadata
            .triggers
            .insert((to.clone(), trigger.name.clone()), trigger);
    }
    for sequence in metadata.sequences.values_mut() {
        if sequence.owned_by.as_ref().is_some_and(|(table, _)| table == from)
            && let Some((table, _)) = &mut Arc::make_mut(sequence).owned_by
        {
            table.clone_from(to);
        }
    }
}

/// A column is called otherwise: whatever names it, in its own table or elsewhere, names it so.
pub(super) fn renamed_column(metadata: &mut Metadata, name: &QualifiedName, from: &str, to: &str) {
    if let Some(table) = metadata.table_mut(name) {
        for column in &mut table.columns {
            if let Some(generated) = &mut column.generated {
                in_sql(&mut generated.expression, from, to);
            }
        }
        for constraint in &mut table.constraints {
            in_constraint(constraint, from, to);
        }
    }
    let refers = |constraint: &Constraint| {
        let key = constraint.foreign_key();
        key.is_some_and(|key| {
            key.referent == *name && key.referent_columns.iter().any(|column| column == from)
        })
    };
    for table in metadata.tables_mut(|table| table.constraints.iter().any(refers)) {
        for constraint in &mut table.constraints {
            if let Constraint::ForeignKey(key) = constraint
                && key.referent == *name
            {
                in_list(&mut key.referent_columns, from, to);
            }
        }
    }
    for ((table, _), index) in &mut metadata.indexes {
        if table == name && index.involves(from) {
            let index = Arc::make_mut(index);
            index
                .elements
                .iter_mut()
                .for_each(|element| in_element(element, from, to));
            in_list(&mut index.include, from, to);
            in_option(&mut index.predicate, from, to);
        }
    }
    for ((table, _), trigger) in &mut metadata.triggers {
        if table == name && names_column(trigger, from) {
            let trigger = Arc::make_mut(trigger);
            in_option(&mut trigger.when, from, to);
            for event in &mut trigger.events {
                if let Event::UpdateOf(columns) = event {
                    in_list(columns, from, to);
                }
            }
        }
    }
    for sequence in metadata.sequences.values_mut() {
        let owner = sequence.owned_by.as_ref();
        if owner.is_some_and(|(table, column)| table == name && column == from)
            && let Some((_, column)) = &mut Arc::make_mut(sequence).owned_by
        {
            to.clone_into(column);
        }
    }
}

/// Whether a trigger is declared about a column; what it does with one is its body's matter.
pub(super) fn names_column(trigger: &Trigger, column: &str) -> bool {
    let in_event = |event: &Event| match event {
        Event::UpdateOf(columns) => columns.iter().any(|name| name == column),
        Event::Insert | Event::Update | Event::Delete => false,
    };
    trigger.events.iter().any(in_event) || trigger.when.as_ref().is_some_and(|sql| mentions(sql, column))
}

fn in_constraint(constraint: &mut Constraint, from: &str, to: &str) {
    match constraint {
        Constraint::PrimaryKey(key) => in_list(&mut key.columns, from, to),
        Constraint::Unique(unique) => in_list(&mut unique.columns, from, to),
        Constraint::ForeignKey(key) => in_list(&mut key.columns, from, to),
        Constraint::Check(check) => in_sql(&mut check.condition, from, to),
        Constraint::Exclude(exclude) => {
            for (element, _) in &mut exclude.elements {
                in_element(element, from, to);
            }
            in_option(&mut exclude.predicate, from, to);
        }
    }
}

fn in_element(element: &mut IndexElement, from: &str, to: &str) {
    match &mut element.key {
        IndexKey::Column(column) if column == from => to.clone_into(column),
        IndexKey::Column(_) => {}
        IndexKey::Expression(sql) => in_sql(sql, from, to),
    }
}

fn in_list(columns: &mut [String], from: &str, to: &str) {
    for column in columns.iter_mut().filter(|column| *column == from) {
        to.clone_into(column);
    }
}

fn in_option(sql: &mut Option<String>, from: &str, to: &str) {
    if let Some(sql) = sql {
        in_sql(sql, from, to);
    }
}

fn in_sql(sql: &mut String, from: &str, to: &str) {
    *sql = with_name(sql, from, to);
}
