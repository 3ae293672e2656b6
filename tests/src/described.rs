//! Descriptions of databases, made at random: what comparison, reading and rendering are tried on.
//!
//! Any two of them lead to each other: a column of one name has types that convert into one another, so that no operation
//! between them needs an author's own expression.

use std::sync::Arc;

use migrate_core::prelude::*;
use migrate_core::schema::{Expression, IndexElement, Metadata, Table, Type, key};
use proptest::prelude::*;

#[derive(Debug, Clone)]
struct Col {
    /// Its name, and which types it may have.
    name: u8,
    ty: u8,
    not_null: bool,
    default: Option<u8>,
    comment: Option<u8>,
    numbered: u8,
}

#[derive(Debug, Clone)]
struct Idx {
    column: u8,
    second: u8,
    unique: bool,
    partial: bool,
    order: u8,
    include: bool,
}

#[derive(Debug, Clone)]
struct Tab {
    columns: Vec<Col>,
    /// Which columns the primary key is over; none for 0.
    key: u8,
    uniques: Vec<(u8, u8)>,
    checks: Vec<u8>,
    /// From a column to the key of a table, and what happens then.
    points: Vec<(u8, u8, u8)>,
    indexes: Vec<Idx>,
    comment: Option<u8>,
}

/// How many names columns have.
const COLUMNS: u8 = 8;

fn column() -> impl Strategy<Value = Col> {
    let of = (0..COLUMNS, 0..3_u8, any::<bool>(), prop::option::of(0..3_u8));
    (of, prop::option::of(0..2_u8), 0..5_u8).prop_map(|((name, ty, not_null, default), comment, numbered)| {
        Col {
            name,
            ty,
            not_null,
            default,
            comment,
            numbered,
        }
    })
}

fn index() -> impl Strategy<Value = Idx> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (0..COLUMNS, 0..COLUMNS, flags, 0..4_u8).prop_map(
        |(column, second, (unique, partial, include), order)| Idx {
            column,
            second,
            unique,
            partial,
            order,
            include,
        },
    )
}

fn table() -> impl Strategy<Value = Tab> {
    (
        prop::collection::vec(column(), 0..9),
        0..3_u8,
        prop::collection::vec((0..COLUMNS, 0..3_u8), 0..2),
        prop::collection::vec(0..5_u8, 0..2),
        prop::collection::vec((0..2_u8, 0..4_u8, 0..5_u8), 0..4),
        prop::collection::vec(index(), 0..3),
        prop::option::of(0..2_u8),
    )
        .prop_map(|(columns, key, uniques, checks, points, indexes, comment)| Tab {
            columns,
            key,
            uniques,
            checks,
            points,
            indexes,
            comment,
        })
}

/// Some of four tables, an enum type and two sequences.
pub fn described() -> impl Strategy<Value = Metadata> {
    let values = prop::collection::vec(any::<bool>(), 4);
    let sequences = prop::collection::vec(prop::option::of(1..4_i64), 2);
    (
        prop::collection::vec(prop::option::of(table()), 4),
        values,
        sequences,
    )
        .prop_map(|(tables, values, sequences)| metadata(&tables, &values, &sequences))
}

/// What of these is left out in one description is put in by the other.
fn some_of(values: &[bool]) -> Vec<&'static str> {
    let all = ["a", "b", "c", "d"].into_iter().zip(values);
    all.filter(|(_, here)| **here).map(|(value, _)| value).collect()
}

/// The types of columns of one name convert into one another.
fn ty(column: &Col, values: &[bool]) -> Type {
    let of = |types: [Type; 3]| types[usize::from(column.ty)].clone();
    match column.name {
        0 | 1 => of([integer(), bigint(), smallint()]),
        2 | 3 => of([text(), varchar(20), varchar(30)]),
        4 => of([numeric(10, 2), double(), real()]),
        5 => of([date(), timestamp(), timestamptz()]),
        6 => of([boolean(), boolean(), boolean()]),
        _ => Type::Enumeration(enumeration("kind", some_of(values))),
    }
}

fn default(column: &Col, choice: u8, values: &[bool]) -> Option<Expression> {
    let number = i64::from(choice) - 1;
    Some(match column.name {
        0 | 1 => {
            [Expression::from(number), Expression::from(number.to_string())][usize::from(choice % 2)].clone()
        }
        2 | 3 => ["", "it's", "a b"][usize::from(choice)].into(),
        4 => [
            Expression::from(1.5),
            Expression::from("-2.5"),
            Expression::from(3_i64),
        ][usize::from(choice)]
        .clone(),
        5 => [now(), "2020-01-01".into(), sql("CURRENT_TIMESTAMP").into()][usize::from(choice)].clone(),
        6 => (choice == 0).into(),
        _ => (*some_of(values).first()?).into(),
    })
}

const CHECKS: [&str; 5] = [
    "id > 0",
    "id>1 and id != 7",
    "id IN (1, 2)",
    "id BETWEEN 1 and 5",
    "NOT (id = 3)",
];

fn metadata(tables: &[Option<Tab>], values: &[bool], sequences: &[Option<i64>]) -> Metadata {
    let mut op = Op::new();
    let named = |table: usize| format!("t{table}");
    for (at, increment) in sequences.iter().enumerate() {
        if let Some(increment) = increment {
            op.create_sequence(format!("s{at}")).increment(*increment);
        }
    }
    for (at, table) in tables.iter().enumerate() {
        let Some(table) = table else { continue };
        let name = named(at);
        let create = op.create_table(&name, |t| create(t, table, values));
        if let Some(comment) = table.comment {
            create.comment(&format!("{comment}"));
        }
    }
    for (at, table) in tables.iter().enumerate() {
        let Some(table) = table else { continue };
        let there = |column: u8| table.columns.iter().find(|other| other.name == column);
        for index in &table.indexes {
            if there(index.column).is_none() {
                continue;
            }
            let mut first: IndexElement = key(&format!("c{}", index.column));
            first = match index.order {
                0 => first,
                1 => first.asc(),
                2 => first.desc(),
                _ => first.nulls_first(),
            };
            let mut elements = vec![first];
            let second = there(index.second).is_some() && index.second != index.column;
            if second && !index.include {
                elements.push(format!("c{}", index.second).into());
            }
            let mut create = op.create_index(None, named(at), elements);
            if index.unique {
                create = create.unique();
            }
            if second && index.include {
                create = create.include([format!("c{}", index.second)]);
            }
            if index.partial {
                create.where_("id > 3");
            }
        }
        for (column, to, action) in &table.points {
            let numbers = there(*column).is_some_and(|column| column.name < 2);
            if numbers && tables[usize::from(*to)].is_some() {
                let to = named(usize::from(*to));
                let create = op.create_foreign_key(None, named(at), to, [format!("c{column}")], ["id"]);
                match action {
                    0 => {}
                    1 => drop(create.on_delete(Cascade)),
                    2 => drop(create.on_delete(NoAction).on_update(SetNull)),
                    3 => drop(create.deferrable()),
                    _ => drop(create.on_update(Restrict).initially_deferred()),
                }
            }
        }
    }
    let mut metadata = Metadata::default();
    for recorded in op.finish() {
        // The same index or foreign key twice is there once.
        drop(metadata.apply(&recorded.operation));
    }
    metadata
}

fn create(t: &mut NewTable<'_>, table: &Tab, values: &[bool]) {
    // Every table has a column that others can point to.
    let id = t.column("id", if table.key == 2 { bigint() } else { integer() });
    if table.key > 0 {
        id.primary_key();
    } else {
        id.unique();
    }
    let mut there: Vec<u8> = Vec::new();
    for column in &table.columns {
        if there.contains(&column.name) {
            continue;
        }
        there.push(column.name);
        let mut handle = t.column(&format!("c{}", column.name), ty(column, values));
        if column.not_null {
            handle = handle.not_null();
        }
        let default = column.default.and_then(|choice| default(column, choice, values));
        if let Some(comment) = column.comment {
            handle = handle.comment(&format!("{comment}"));
        }
        if let Some(default) = default {
            handle.server_default(default);
        } else if column.name < 2 && column.not_null {
            // A column of one name is numbered by the same numbers: what is not said anew stays as it is.
            match (column.numbered, column.name) {
                (0, 0) => drop(handle.autoincrement()),
                (1, 0) => drop(handle.identity_always()),
                (0, _) => drop(handle.identity().start(5).increment(2)),
                (1, _) => drop(handle.identity_always().start(5).increment(2)),
                _ => {}
            }
        }
    }
    for (unique, wait) in &table.uniques {
        if there.contains(unique) {
            let unique = t.unique([format!("c{unique}"), "id".to_owned()]);
            match wait {
                0 => {}
                1 => drop(unique.deferrable()),
                _ => drop(unique.initially_deferred()),
            }
            break;
        }
    }
    for check in &table.checks {
        t.check(CHECKS[usize::from(*check)]);
    }
}

/// In the order of their names: what is added comes last.
#[must_use]
pub fn sorted(metadata: &Metadata) -> Metadata {
    let tables = metadata.tables.iter().map(|(name, table)| {
        let mut table: Table = table.as_ref().clone();
        table.columns.sort_by(|one, other| one.name.cmp(&other.name));
        table
            .constraints
            .sort_by(|one, other| one.name().cmp(other.name()));
        (name.clone(), Arc::new(table))
    });
    Metadata {
        tables: tables.collect(),
        ..metadata.clone()
    }
}
