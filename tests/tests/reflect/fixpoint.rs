//! The whole way, by the `Migrator`: what is found between a database and a description is a migration. Up it leads to
//! what that description makes by itself, and the rows stay; down it leads back; and then there is nothing left to find.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use migrate_core::Migrator;
use migrate_core::autogenerate::{Comparison, back, difference, render};
use migrate_core::dialect::{Dialect, Scope};
use migrate_core::operation::Operation;
use migrate_core::prelude::*;
use migrate_core::schema::{Column, Constraint, Metadata, Table, Type};
use migrate_tests::TestDatabase;
use migrate_tests::described::described;
use migrate_tests::migrations::{migration, migrator};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::mysql::{for_mysql, mysql};
use crate::postgres::postgres;
use crate::sqlite::{addable, possible, sqlite};

thread_local! {
    /// What the migrations of this test's history do: the first, the second, and the second's way back.
    static STEPS: RefCell<[Vec<Operation>; 3]> = const { RefCell::new([const { Vec::new() }; 3]) };
}

fn step<const N: usize>(op: &mut Op) -> Result {
    STEPS.with_borrow(|steps| op.extend(steps[N].iter().cloned()));
    Ok(())
}

fn set(step: usize, operations: &[Operation]) {
    STEPS.with_borrow_mut(|steps| steps[step] = operations.to_vec());
}

fn history() -> Migrator {
    let first = migration("1", &[], step::<0>, |_| Ok(()));
    migrator(vec![first, migration("2", &["1"], step::<1>, step::<2>)])
}

/// A database, and what is found between it and a description.
struct Side<'t> {
    dialect: &'static dyn Dialect,
    database: &'t TestDatabase,
}

impl Side<'_> {
    async fn present(&self) -> Metadata {
        let reading = history().reflect(self.database.url(), &Scope::Current).await;
        let mut present = reading.unwrap().metadata;
        present
            .tables
            .retain(|name, _| !name.name.starts_with("alembic_version"));
        present
    }

    async fn found(&self, wanted: &Metadata) -> Comparison {
        let present = self.present().await;
        let enums = present.enumerations.keys().cloned().collect();
        difference(self.dialect, &present, wanted, &enums, &[])
    }

    /// Makes what is described, and nothing else.
    async fn make(&self, wanted: &Metadata) {
        self.database.clear().await;
        let found = difference(self.dialect, &Metadata::default(), wanted, &BTreeSet::new(), &[]);
        assert_eq!(found.open, []);
        set(0, &found.operations);
        self.upgrade("1").await.unwrap();
    }

    async fn upgrade(&self, target: &str) -> Result<(), migrate_core::Error> {
        history().upgrade(self.database.url(), target).await.map(drop)
    }

    /// What the database is, by its own catalog and as it is read, without rows and what counts them. Of the catalog is
    /// left out what may be said in more than one way, which reading makes up for: the places of columns, for one is added
    /// as the last; how a default and a condition are spelled; on SQLite the text of a table. What MariaDB makes for a foreign key stays
    /// when that goes.
    async fn shape(&self) -> Vec<String> {
        let mut shape = lines(&self.dialect.normal(&self.present().await));
        if self.database.file().is_none() {
            let catalog = self.database.fingerprint().await.into_iter();
            let catalog = catalog.filter(|line| {
                let mut words = line.split(' ');
                let kind = words.next().unwrap_or_default();
                let own = kind == "index" && words.nth(1).is_some_and(|name| name.starts_with("fk_"));
                !["row", "state", "column", "check"].contains(&kind) && !own
            });
            shape.extend(catalog.map(|line| {
                let (line, _) = line.split_once(" CHECK ").unwrap_or((&line, ""));
                line.replace("NO ACTION", "RESTRICT")
            }));
        }
        shape.sort();
        shape
    }

    /// Puts one row into each table, whatever it points to.
    async fn fill(&self, there: &Metadata) {
        let mut statements = vec![
            match self.dialect.name() {
                "postgres" => "SET session_replication_role = replica;",
                "mysql" => "SET foreign_key_checks = 0;",
                _ => "PRAGMA foreign_keys = OFF;",
            }
            .to_owned(),
        ];
        for table in there.tables.values() {
            let quoted = |name: &str| self.dialect.identifier(name);
            let names: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
            let values: Vec<String> = table.columns.iter().map(value).collect();
            let always = table.columns.iter().any(|column| {
                let identity = column.identity.as_ref();
                identity.is_some_and(|identity| identity.always)
            });
            statements.push(format!(
                "INSERT INTO {} ({}) {}VALUES ({});",
                quoted(&table.name.name),
                names.join(", "),
                if always { "OVERRIDING SYSTEM VALUE " } else { "" },
                values.join(", ")
            ));
        }
        self.database.execute(&statements.concat()).await;
    }

    /// The rows, of the columns that stay.
    async fn rows(&self, one: &Metadata, other: &Metadata) -> BTreeMap<String, Vec<String>> {
        let mut rows = BTreeMap::new();
        for table in one.tables.values() {
            let Some(kept) = other.tables.get(&table.name) else {
                continue;
            };
            for column in table
                .columns
                .iter()
                .filter(|column| kept.column(&column.name).is_some())
            {
                let (table, column) = (&table.name.name, &column.name);
                let query = format!(
                    "SELECT {} FROM {}",
                    self.dialect.identifier(column),
                    self.dialect.identifier(table)
                );
                let mut values = self.database.rows(&query).await;
                // Numbers and moments are written as their type is.
                for value in &mut values {
                    let bare = value.trim_end_matches("+00").trim_end_matches(".000000");
                    let bare = bare.trim_end_matches(" 00:00:00").trim_end_matches(".0");
                    *value = bare.replace("1.50", "1.5");
                }
                rows.insert(format!("{table}.{column}"), values);
            }
        }
        rows
    }
}

/// A line for each part of a description.
fn lines(metadata: &Metadata) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, table) in &metadata.tables {
        let said = (&table.comment, &table.options);
        lines.push(format!("table {name} {said:?}"));
        lines.extend(table.columns.iter().map(|column| format!("{name} {column:?}")));
        lines.extend(
            table
                .constraints
                .iter()
                .map(|constraint| format!("{name} {constraint:?}")),
        );
    }
    lines.extend(metadata.indexes.values().map(|index| format!("{index:?}")));
    lines.sort();
    lines
}

/// A value that the column takes, and each check, key and type that it may get.
fn value(column: &Column) -> String {
    if let Type::Enumeration(enumeration) = &column.ty {
        let last = enumeration.values.last();
        return last.map_or_else(|| "NULL".into(), |value| format!("'{value}'"));
    }
    let value = match column.name.as_str() {
        "id" | "c0" | "c1" => "2",
        "c4" => "1.5",
        "c5" => "'2020-01-01'",
        "c6" => "TRUE",
        _ => "'abc'",
    };
    value.to_owned()
}

/// Both descriptions, without what the rows of one keep from becoming the other: a foreign key to a table without rows,
/// a value that nobody knows.
pub(crate) fn between(one: &Metadata, other: &Metadata) -> (Metadata, Metadata) {
    let one = reachable(other, addable(other, one.clone()));
    let mut other = reachable(&one, addable(&one, other.clone()));
    // Models need not describe sequences: nobody is told to drop one.
    for (name, sequence) in &one.sequences {
        let there = other.sequences.entry(name.clone());
        there.or_insert_with(|| Arc::clone(sequence));
    }
    (one, other)
}

fn reachable(from: &Metadata, mut to: Metadata) -> Metadata {
    for enumeration in to.enumerations.values_mut() {
        let values = &mut Arc::make_mut(enumeration).values;
        values.push("z".into());
        values.dedup();
    }
    for table in to.tables.values_mut() {
        for column in &mut Arc::make_mut(table).columns {
            if let Type::Enumeration(enumeration) = &mut column.ty {
                // The value that there is, and no row without one.
                enumeration.values.push("z".into());
                enumeration.values.dedup();
                column.server_default = None;
                column.nullable = true;
            }
        }
        let Some(before) = from.tables.get(&table.name) else {
            continue;
        };
        let Table {
            columns, constraints, ..
        } = Arc::make_mut(table);
        // Where numbering needs a key, one over several columns comes after its columns: too late for the rows.
        for column in columns.iter_mut() {
            let own = |constraint: &Constraint| {
                constraint.key_columns() == Some(std::slice::from_ref(&column.name))
            };
            column.autoincrement &= before.column(&column.name).is_some() || constraints.iter().any(own);
        }
        constraints.retain(|constraint| {
            let Constraint::ForeignKey(key) = constraint else {
                return true;
            };
            let new = columns
                .iter()
                .find(|column| column.name == key.columns[0] && before.column(&column.name).is_none());
            let empty = new.is_some_and(|column| {
                column.nullable
                    && column.server_default.is_none()
                    && column.identity.is_none()
                    && !column.autoincrement
            });
            from.tables.contains_key(&key.referent) && (new.is_none() || empty)
        });
    }
    to
}

async fn holds(side: &Side<'_>, shaped: impl Fn(Metadata) -> Metadata, cases: u32) {
    let mut runner = TestRunner::new(ProptestConfig::default());
    let mut seen = 0;
    for _ in 0..cases {
        let (one, other) = pair(&mut runner, &shaped);
        side.make(&other).await;
        assert_eq!(side.found(&other).await.operations, []);
        let wanted = side.shape().await;

        side.make(&one).await;
        let before = side.shape().await;
        side.fill(&one).await;
        let rows = side.rows(&one, &other).await;
        let found = side.found(&other).await;
        if !found.open.is_empty() {
            continue;
        }
        let (back, refused) = back(&found);
        set(1, &found.operations);
        set(2, &back);
        let told = || {
            let lines = |operations: &[Operation]| {
                let lines: Vec<String> = operations.iter().flat_map(render).collect();
                lines.join("\n  ")
            };
            format!("\nup:\n  {}\ndown:\n  {}", lines(&found.operations), lines(&back))
        };
        if let Err(error) = side.upgrade("head").await {
            panic!("{error}{}", told());
        }
        same(&side.shape().await, &wanted, &told);
        assert_eq!(side.found(&other).await.operations, [], "{}", told());
        assert_eq!(side.rows(&one, &other).await, rows, "{}", told());
        if !refused.is_empty() {
            continue;
        }
        if let Err(error) = history().downgrade(side.database.url(), "-1").await {
            panic!("{error}{}", told());
        }
        same(&side.shape().await, &before, &told);
        assert_eq!(side.found(&one).await.operations, [], "{}", told());
        assert_eq!(side.rows(&one, &other).await, rows, "{}", told());
        if let Err(error) = side.upgrade("head").await {
            panic!("again: {error}{}", told());
        }
        same(&side.shape().await, &wanted, &told);
        seen += 1;
    }
    assert!(seen > cases / 4, "only {seen} of {cases} led there and back");
}

fn same(there: &[String], wanted: &[String], told: &impl Fn() -> String) {
    let beyond: Vec<&String> = there.iter().filter(|line| !wanted.contains(line)).collect();
    let missing: Vec<&String> = wanted.iter().filter(|line| !there.contains(line)).collect();
    assert!(
        beyond.is_empty() && missing.is_empty(),
        "there is {beyond:#?}\nand not {missing:#?}{}",
        told()
    );
}

fn pair(runner: &mut TestRunner, shaped: &impl Fn(Metadata) -> Metadata) -> (Metadata, Metadata) {
    let (one, other) = (described(), described()).new_tree(runner).unwrap().current();
    between(&shaped(one), &shaped(other))
}

#[tokio::test]
async fn sqlite_gets_there_and_back() {
    let side = Side {
        dialect: sqlite(),
        database: &TestDatabase::sqlite(),
    };
    holds(&side, |metadata| possible(&metadata), 40).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn postgres_gets_there_and_back() {
    let side = Side {
        dialect: postgres(),
        database: &TestDatabase::postgres().await,
    };
    holds(&side, |metadata| metadata, 20).await;
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn mariadb_gets_there_and_back() {
    let side = Side {
        dialect: mysql(),
        database: &TestDatabase::mysql().await,
    };
    holds(&side, for_mysql, 8).await;
}
