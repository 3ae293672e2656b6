//! Comparison: for any two descriptions, the operations that are found lead from the one to the other, each of them
//! possible where it stands, and their reverse leads back.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::Arc;

use migrate_core::autogenerate::compare;
use migrate_core::operation::{Operation, Place, Recorded, reverse};
use migrate_core::prelude::*;
use migrate_core::schema::{Metadata, Table, Type};
use proptest::prelude::*;

#[derive(Debug, Clone)]
struct Col {
    name: u8,
    ty: u8,
    not_null: bool,
    default: Option<u8>,
    comment: Option<u8>,
}

#[derive(Debug, Clone)]
struct Tab {
    columns: Vec<Col>,
    /// Which columns the primary key is over; none for 0.
    key: u8,
    uniques: Vec<u8>,
    checks: Vec<u8>,
    /// From a column to the key of a table.
    points: Vec<(u8, u8)>,
    indexes: Vec<(u8, bool, bool)>,
    comment: Option<u8>,
}

fn column() -> impl Strategy<Value = Col> {
    (
        0..5_u8,
        0..6_u8,
        any::<bool>(),
        prop::option::of(0..3_u8),
        prop::option::of(0..2_u8),
    )
        .prop_map(|(name, ty, not_null, default, comment)| Col {
            name,
            ty,
            not_null,
            default,
            comment,
        })
}

fn table() -> impl Strategy<Value = Tab> {
    (
        prop::collection::vec(column(), 0..5),
        0..3_u8,
        prop::collection::vec(0..5_u8, 0..2),
        prop::collection::vec(0..3_u8, 0..2),
        prop::collection::vec((0..5_u8, 0..4_u8), 0..3),
        prop::collection::vec((0..5_u8, any::<bool>(), any::<bool>()), 0..3),
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

/// Some of four tables.
fn described() -> impl Strategy<Value = Metadata> {
    let values = prop::collection::vec(any::<bool>(), 4);
    (prop::collection::vec(prop::option::of(table()), 4), values)
        .prop_map(|(tables, values)| metadata(&tables, &values))
}

fn ty(choice: u8, values: &[bool]) -> Type {
    match choice {
        0 => integer(),
        1 => bigint(),
        2 => text(),
        3 => varchar(20),
        4 => varchar(30),
        _ => {
            // What is left out of these in one description is put in by the other.
            let all = ["a", "b", "c", "d"].iter().zip(values);
            let some = all.filter(|(_, here)| **here).map(|(value, _)| *value);
            Type::Enumeration(enumeration("kind", some))
        }
    }
}

fn metadata(tables: &[Option<Tab>], values: &[bool]) -> Metadata {
    let mut op = Op::new();
    let named = |table: usize| format!("t{table}");
    for (at, table) in tables.iter().enumerate() {
        let Some(table) = table else { continue };
        let name = named(at);
        let create = op.create_table(&name, |t| {
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
                let mut handle = t.column(&format!("c{}", column.name), ty(column.ty, values));
                if column.not_null {
                    handle = handle.not_null();
                }
                if let Some(default) = column.default {
                    handle = handle.server_default(default);
                }
                if let Some(comment) = column.comment {
                    handle.comment(&format!("{comment}"));
                }
            }
            for unique in &table.uniques {
                if there.contains(unique) {
                    t.unique([format!("c{unique}"), "id".to_owned()]);
                    break;
                }
            }
            for check in &table.checks {
                t.check(&format!("id > {check}"));
            }
        });
        if let Some(comment) = table.comment {
            create.comment(&format!("{comment}"));
        }
    }
    for (at, table) in tables.iter().enumerate() {
        let Some(table) = table else { continue };
        let there = |column: &u8| table.columns.iter().any(|other| other.name == *column);
        for (index, unique, partial) in table.indexes.iter().filter(|(column, ..)| there(column)) {
            let mut create = op.create_index(None, named(at), [format!("c{index}")]);
            if *unique {
                create = create.unique();
            }
            if *partial {
                create.where_("id > 3");
            }
        }
        for (column, to) in &table.points {
            if there(column) && tables[usize::from(*to)].is_some() {
                op.create_foreign_key(
                    None,
                    named(at),
                    named(usize::from(*to)),
                    [format!("c{column}")],
                    ["id"],
                );
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

/// In the order of their names: what is added comes last.
fn sorted(metadata: &Metadata) -> Metadata {
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

fn applied(metadata: &Metadata, operations: &[Operation]) -> Metadata {
    let mut metadata = metadata.clone();
    for operation in operations {
        metadata
            .apply(operation)
            .map_err(|impossible| format!("{operation}: {impossible}"))
            .unwrap();
    }
    metadata
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_leads_from_one_description_to_the_other_and_back(present in described(), wanted in described()) {
        let found = compare(&present, &wanted);
        if !found.open.is_empty() {
            return Ok(());
        }
        let after = applied(&present, &found.operations);
        prop_assert_eq!(sorted(&after), sorted(&wanted));
        prop_assert_eq!(compare(&after, &wanted).operations, Vec::new());
        let recorded: Vec<Recorded> = found
            .operations
            .iter()
            .map(|operation| Recorded {
                operation: operation.clone(),
                place: Place { file: "", line: 0 },
                only: Vec::new(),
                autocommit: false,
            })
            .collect();
        if let Ok(back) = reverse(&recorded, &present) {
            let back: Vec<Operation> = back.into_iter().map(|recorded| recorded.operation).collect();
            prop_assert_eq!(sorted(&applied(&after, &back)), sorted(&present));
        }
    }
}
