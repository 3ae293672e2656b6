//! One spelling of everything that SQLite holds, see [`Dialect::normal`](crate::dialect::Dialect::normal).
//!
//! Left out is what is not there: comments, enum types beside columns, schemas, sequences, functions and extensions. Types
//! that are spelled alike are one type; an enumeration is called by its table and column. A column that is the row id
//! numbers the rows, whether that was asked for or not. The order of a table's constraints is none; that of its columns stays.

mod default;
mod expression;

use std::sync::Arc;

use crate::dialect::sql::identifier;
use crate::dialect::sqlite::types;
use crate::schema::{
    Action, Backend, Column, Constraint, Generated, Index, IndexElement, IndexKey, Metadata, Nulls, Order,
    Table, Trigger, Type, View,
};

pub(super) use default::read as read_default;
pub(super) use expression::{bare, column};

pub(super) fn metadata(metadata: &Metadata) -> Metadata {
    let mut normal = Metadata::default();
    for (name, described) in &metadata.tables {
        normal.tables.insert(name.clone(), Arc::new(table(described)));
    }
    for (key, described) in &metadata.indexes {
        let of = metadata.tables.get(&described.table).map(AsRef::as_ref);
        normal.indexes.insert(key.clone(), Arc::new(index(described, of)));
    }
    for (name, described) in &metadata.views {
        let view = View {
            query: expression::by_tokens(&described.query),
            ..described.as_ref().clone()
        };
        normal.views.insert(name.clone(), Arc::new(view));
    }
    for (key, described) in &metadata.triggers {
        normal.triggers.insert(key.clone(), Arc::new(trigger(described)));
    }
    normal
}

fn table(table: &Table) -> Table {
    let own = table
        .options
        .iter()
        .filter(|(backend, _)| *backend == Backend::Sqlite);
    let mut options: Vec<String> = own
        .flat_map(|(_, sql)| sql.split(','))
        .map(|option| expression::by_tokens(option).to_uppercase())
        .collect();
    options.sort();
    let without_rowid = options.iter().any(|option| option == "WITHOUT ROWID");
    let key = table.primary_key().map_or(&[][..], |key| &key.columns);
    let columns = table.columns.iter().map(|described| {
        let mut column = spelled(table, described);
        column.nullable &= !key.contains(&column.name);
        let row_id = column.autoincrement || column.ty == Type::Integer;
        if row_id && !without_rowid && key == [column.name.as_str()] {
            column.ty = Type::Integer;
            column.autoincrement = true;
        }
        column
    });
    let columns: Vec<Column> = columns.collect();
    let mut constraints: Vec<Constraint> = table
        .constraints
        .iter()
        .map(|described| constraint(table, described))
        .collect();
    constraints.sort_by(|one, other| one.name().cmp(other.name()));
    let options = options.join(", ");
    Table {
        name: table.name.clone(),
        columns,
        constraints,
        comment: None,
        options: (!options.is_empty())
            .then_some((Backend::Sqlite, options))
            .into_iter()
            .collect(),
    }
}

fn spelled(table: &Table, column: &Column) -> Column {
    let mut ty = ty(&column.ty);
    if let Some(enumeration) = ty.enumeration_mut() {
        enumeration.name = types::enumeration_name(&table.name, &column.name);
        enumeration.existing = false;
    }
    Column {
        nullable: column.nullable,
        server_default: column
            .server_default
            .as_ref()
            .and_then(|value| default::normal(value, &ty)),
        generated: column.generated.as_ref().map(|generated| Generated {
            expression: expression::normal(&generated.expression, table),
            stored: generated.stored,
        }),
        collation: collation(column),
        comment: None,
        ty,
        ..column.clone()
    }
}

/// A collation by its name's only case, unless it is the one that a column has by itself.
fn collation(column: &Column) -> Option<String> {
    let collation = column.collation.as_ref().map(|name| name.to_ascii_uppercase());
    collation.filter(|name| name != "BINARY")
}

/// The plainest of the types that are spelled as this one.
fn ty(of: &Type) -> Type {
    match of {
        Type::Json | Type::Jsonb => Type::Text,
        Type::TimestampTz => Type::Timestamp,
        Type::Char(36) => Type::Uuid,
        Type::Custom(spelling) => {
            let read = types::read(spelling);
            if let Type::Custom(spelling) = read {
                Type::Custom(expression::by_tokens(&spelling).to_uppercase())
            } else {
                read
            }
        }
        Type::SmallInt
        | Type::Integer
        | Type::BigInt
        | Type::Numeric { .. }
        | Type::Real
        | Type::Double
        | Type::Text
        | Type::Varchar(_)
        | Type::Char(_)
        | Type::Boolean
        | Type::Uuid
        | Type::Date
        | Type::Time
        | Type::Timestamp
        | Type::Bytes
        | Type::Enumeration(_)
        | Type::Array(_) => of.clone(),
    }
}

/// SQLite reads `MATCH`, and does nothing about it.
fn constraint(table: &Table, constraint: &Constraint) -> Constraint {
    let mut constraint = constraint.clone();
    match &mut constraint {
        Constraint::ForeignKey(key) => {
            for action in [&mut key.on_delete, &mut key.on_update] {
                *action = action.filter(|action| *action != Action::NoAction);
            }
            key.match_full = false;
        }
        Constraint::Check(check) => check.condition = expression::normal(&check.condition, table),
        Constraint::PrimaryKey(_) | Constraint::Unique(_) | Constraint::Exclude(_) => {}
    }
    constraint
}

fn index(index: &Index, table: Option<&Table>) -> Index {
    let nothing = Table::new(&index.table);
    let of = table.unwrap_or(&nothing);
    let predicate = index.predicate.as_deref();
    Index {
        elements: index
            .elements
            .iter()
            .map(|element| self::element(element, of))
            .collect(),
        predicate: predicate.map(|sql| expression::normal(sql, of)),
        options: Vec::new(),
        ..index.clone()
    }
}

fn element(element: &IndexElement, table: &Table) -> IndexElement {
    let mut element = element.clone();
    let mut collation = element.collation.map(|name| name.to_ascii_uppercase());
    if let IndexKey::Expression(sql) = &element.key {
        element.key = if let Some(name) = column(sql, table) {
            IndexKey::Column(name.to_owned())
        } else {
            // What is said after an expression is part of it.
            let said = collation.take();
            let said = said.map(|name| format!("{sql} COLLATE {}", identifier(&name)));
            IndexKey::Expression(expression::normal(said.as_deref().unwrap_or(sql), table))
        };
    }
    if let IndexKey::Column(name) = &element.key {
        let own = table.column(name).and_then(self::collation);
        collation = collation.filter(|name| name != own.as_deref().unwrap_or("BINARY"));
    }
    element.collation = collation;
    element.order = element.order.filter(|order| *order == Order::Descending);
    let by_itself = match element.order {
        Some(Order::Descending) => Nulls::Last,
        Some(Order::Ascending) | None => Nulls::First,
    };
    element.nulls = element.nulls.filter(|nulls| *nulls != by_itself);
    element
}

fn trigger(trigger: &Trigger) -> Trigger {
    Trigger {
        when: trigger.when.as_deref().map(expression::of_nothing),
        body: expression::by_tokens(&trigger.body),
        ..trigger.clone()
    }
}
