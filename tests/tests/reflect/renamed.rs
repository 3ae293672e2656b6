//! Tables and columns that only have other names: what is found renames them and what hangs on them, nothing else is left to
//! find, and the rows stay.

use std::collections::BTreeSet;

use migrate_core::autogenerate::{compare, difference};
use migrate_core::dialect::{Dialect, Present, Way, for_scheme};
use migrate_core::operation::Operation;
use migrate_core::schema::{Metadata, QualifiedName, Table, Type};
use migrate_tests::TestDatabase;
use migrate_tests::described::renamed;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::mysql::for_mysql;
use crate::server::read;
use crate::sqlite::possible;

/// Does these operations, those that stand together on one table at once, while no foreign key is looked at.
async fn apply(database: &TestDatabase, dialect: &dyn Dialect, operations: &[Operation]) {
    let alters = |operation: &Operation| {
        let table = operation.altered_table().cloned();
        table.filter(|_| dialect.way(operation) != Way::Direct)
    };
    let is_last = |operation: &Operation| dialect.way(operation) == Way::Last;
    let together = |one: &Operation, other: &Operation| {
        alters(one).is_some() && alters(one) == alters(other) && !is_last(one)
    };
    for run in operations.chunk_by(together) {
        let statements = match alters(&run[0]) {
            Some(table) => {
                let rows = database.values(&dialect.present(&table)).await;
                let run: Vec<&Operation> = run.iter().collect();
                dialect.alter(&table, &run, &Present { rows })
            }
            None => dialect.compile(&run[0]),
        };
        let statements: Vec<String> = statements.unwrap().into_iter().map(|one| one.sql).collect();
        database
            .execute(&format!("{}{}", unchecked(dialect), statements.join(";\n")))
            .await;
    }
}

/// What keeps a session from looking at foreign keys.
fn unchecked(dialect: &dyn Dialect) -> &'static str {
    match dialect.name() {
        "postgres" => "SET session_replication_role = replica;\n",
        "mysql" => "SET foreign_key_checks = 0;\n",
        _ => "PRAGMA foreign_keys = OFF;\n",
    }
}

/// A row that fulfils whatever the description asks for.
fn row(dialect: &dyn Dialect, table: &Table) -> String {
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for column in &table.columns {
        let value = match &column.ty {
            Type::SmallInt | Type::Integer | Type::BigInt => "2".to_owned(),
            Type::Text | Type::Varchar(_) => "'it''s'".to_owned(),
            Type::Numeric { .. } | Type::Real | Type::Double => "1.5".to_owned(),
            Type::Boolean => "TRUE".to_owned(),
            Type::Enumeration(enumeration) => dialect.literal(&enumeration.values[0]),
            Type::Date | Type::Time | Type::Timestamp | Type::TimestampTz => "'2020-01-02'".to_owned(),
            Type::Char(_)
            | Type::Uuid
            | Type::Json
            | Type::Jsonb
            | Type::Bytes
            | Type::Array(_)
            | Type::Custom(_)
            | _ => panic!("no column is described so: {column:?}"),
        };
        names.push(dialect.identifier(&column.name));
        values.push(value);
    }
    let whatever = match dialect.name() {
        "postgres" => "OVERRIDING SYSTEM VALUE ",
        _ => "",
    };
    format!(
        "INSERT INTO {} ({}) {whatever}VALUES ({})",
        dialect.identifier(&table.name.name),
        names.join(", "),
        values.join(", "),
    )
}

async fn rows(database: &TestDatabase, dialect: &dyn Dialect, tables: &[QualifiedName]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for table in tables {
        let table = dialect.identifier(&table.name);
        let query = match dialect.name() {
            "postgres" => format!("SELECT t::text FROM {table} AS t"),
            _ => format!("SELECT * FROM {table}"),
        };
        rows.push(database.rows(&query).await);
    }
    rows
}

/// Renames at random what was described at random, on a database that is made anew each time.
async fn the_rows_stay(
    scheme: &str,
    cases: u32,
    database: &TestDatabase,
    possible: fn(Metadata) -> Metadata,
) {
    let dialect = for_scheme(scheme).unwrap();
    let mut runner = TestRunner::new(ProptestConfig::default());
    for _ in 0..cases {
        database.clear().await;
        let (one, other, renames) = renamed().new_tree(&mut runner).unwrap().current();
        let (one, other) = (possible(one), possible(other));
        let found = compare(&Metadata::default(), &one);
        apply(database, dialect, &found.operations).await;
        for insert in one.tables.values().map(|table| row(dialect, table)) {
            database.execute(&format!("{}{insert}", unchecked(dialect))).await;
        }
        // In the order of their places, which new names do not change.
        let in_order = |metadata: &Metadata| {
            let mut tables: Vec<QualifiedName> = metadata.tables.keys().cloned().collect();
            tables.sort_by_key(|table| table.name[1..].to_owned());
            tables
        };
        let before = rows(database, dialect, &in_order(&one)).await;

        let difference =
            |present: &Metadata| difference(dialect, present, &other, &BTreeSet::new(), &renames);
        let found = difference(&read(database.url()).await);
        let done: Vec<String> = found.operations.iter().map(ToString::to_string).collect();
        let loses = |operation: &Operation| {
            matches!(
                operation,
                Operation::DropTable(_)
                    | Operation::DropColumn(_)
                    | Operation::CreateTable(_)
                    | Operation::AddColumn(_)
            )
        };
        assert!(!found.operations.iter().any(loses), "{done:#?}");
        assert_eq!((found.open, found.likely), (Vec::new(), Vec::new()));
        apply(database, dialect, &found.operations).await;
        assert_eq!(
            difference(&read(database.url()).await).operations,
            [],
            "after {done:#?}"
        );
        assert_eq!(
            rows(database, dialect, &in_order(&other)).await,
            before,
            "{done:#?}"
        );
    }
}

#[tokio::test]
async fn what_is_called_otherwise_on_sqlite_keeps_its_rows() {
    the_rows_stay("sqlite", 30, &TestDatabase::sqlite(), |described| {
        possible(&described)
    })
    .await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn what_is_called_otherwise_on_postgres_keeps_its_rows() {
    the_rows_stay("postgres", 30, &TestDatabase::postgres().await, |described| {
        described
    })
    .await;
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn what_is_called_otherwise_on_mariadb_keeps_its_rows() {
    the_rows_stay("mysql", 15, &TestDatabase::mysql().await, for_mysql).await;
}
