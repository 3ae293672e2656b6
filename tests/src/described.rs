//! Descriptions of databases, made at random: what comparison, reading and rendering are tried on.
//!
//! Any two of them lead to each other: a column of one name has types that convert into one another, so that no operation
//! between them needs an author's own expression.

use std::sync::Arc;

use migrate_core::model::Rename;
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

/// How many tables there are at most.
const TABLES: usize = 4;

/// Some of the tables, the values of an enum type, and two sequences.
fn parts() -> impl Strategy<Value = (Vec<Option<Tab>>, Vec<bool>, Vec<Option<i64>>)> {
    (
        prop::collection::vec(prop::option::of(table()), TABLES),
        prop::collection::vec(any::<bool>(), 4),
        prop::collection::vec(prop::option::of(1..4_i64), 2),
    )
}

/// Some of four tables, an enum type and two sequences.
pub fn described() -> impl Strategy<Value = Metadata> {
    parts().prop_map(|(tables, values, sequences)| metadata(&tables, &values, &sequences, &Names::default()))
}

/// Two descriptions of the same, of which the second has other names for some tables and columns, and what says so.
pub fn renamed() -> impl Strategy<Value = (Metadata, Metadata, Vec<Rename>)> {
    let choices = prop::collection::vec(
        prop::collection::vec(any::<bool>(), usize::from(COLUMNS) + 2),
        TABLES,
    );
    (parts(), choices).prop_map(|((tables, mut values, sequences), choices)| {
        // SQLite does not see the column in `column IN ()`.
        values[0] = true;
        let (old, new) = (Names::default(), Names(choices));
        let mut renames = Vec::new();
        for at in 0..TABLES {
            if old.table(at) != new.table(at) {
                renames.push(Rename::Table {
                    from: old.table(at).into(),
                    to: new.table(at),
                });
            }
            let ids = [(old.id(at), new.id(at))];
            let columns = (0..COLUMNS).map(|column| (old.column(at, column), new.column(at, column)));
            let renamed = ids.into_iter().chain(columns).filter(|(from, to)| from != to);
            renames.extend(renamed.map(|(from, to)| Rename::Column {
                table: new.table(at).into(),
                from,
                to,
            }));
        }
        let described = |names| metadata(&tables, &values, &sequences, names);
        (described(&old), described(&new), renames)
    })
}

/// Which of the tables have their other name, and which of their columns.
#[derive(Debug, Clone, Default)]
struct Names(Vec<Vec<bool>>);

impl Names {
    fn is_other(&self, table: usize, of: usize) -> bool {
        self.0
            .get(table)
            .is_some_and(|choices| choices.get(of) == Some(&true))
    }

    fn table(&self, at: usize) -> String {
        format!("{}{at}", if self.is_other(at, 0) { "u" } else { "t" })
    }

    fn id(&self, table: usize) -> String {
        if self.is_other(table, 1) { "ident" } else { "id" }.to_owned()
    }

    fn column(&self, table: usize, column: u8) -> String {
        let is_other = self.is_other(table, usize::from(column) + 2);
        format!("{}{column}", if is_other { "d" } else { "c" })
    }
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

fn metadata(tables: &[Option<Tab>], values: &[bool], sequences: &[Option<i64>], names: &Names) -> Metadata {
    let mut op = Op::new();
    let named = |table: usize| names.table(table);
    for (at, increment) in sequences.iter().enumerate() {
        if let Some(increment) = increment {
            op.create_sequence(format!("s{at}")).increment(*increment);
        }
    }
    for (at, table) in tables.iter().enumerate() {
        let Some(table) = table else { continue };
        let name = named(at);
        let create = op.create_table(&name, |t| create(t, table, values, (names, at)));
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
            let mut first: IndexElement = key(&names.column(at, index.column));
            first = match index.order {
                0 => first,
                1 => first.asc(),
                2 => first.desc(),
                _ => first.nulls_first(),
            };
            let mut elements = vec![first];
            let second = there(index.second).is_some() && index.second != index.column;
            if second && !index.include {
                elements.push(names.column(at, index.second).into());
            }
            let mut create = op.create_index(None, named(at), elements);
            if index.unique {
                create = create.unique();
            }
            if second && index.include {
                create = create.include([names.column(at, index.second)]);
            }
            if index.partial {
                create.where_(&format!("{} > 3", names.id(at)));
            }
        }
        for (column, to, action) in &table.points {
            let numbers = there(*column).is_some_and(|column| column.name < 2);
            if numbers && tables[usize::from(*to)].is_some() {
                let to = usize::from(*to);
                let (from, id) = (names.column(at, *column), names.id(to));
                let create = op.create_foreign_key(None, named(at), named(to), [from], [id]);
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

fn create(t: &mut NewTable<'_>, table: &Tab, values: &[bool], (names, at): (&Names, usize)) {
    // Every table has a column that others can point to.
    let id = t.column(&names.id(at), if table.key == 2 { bigint() } else { integer() });
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
        let mut handle = t.column(&names.column(at, column.name), ty(column, values));
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
            let unique = t.unique([names.column(at, *unique), names.id(at)]);
            match wait {
                0 => {}
                1 => drop(unique.deferrable()),
                _ => drop(unique.initially_deferred()),
            }
            break;
        }
    }
    for check in &table.checks {
        t.check(&CHECKS[usize::from(*check)].replace("id", &names.id(at)));
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
