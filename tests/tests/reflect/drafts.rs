//! The body of a migration, compiled: it records what was found, and runs there, back, and there again.
//!
//! `drafts/*.in` are made by these tests: after a change, `BLESS=1 cargo test -p migrate-tests --test reflect drafts`,
//! twice, and read them.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use migrate_core::autogenerate::{Comparison, back, difference, draft};
use migrate_core::dialect::Dialect;
use migrate_core::operation::Operation;
use migrate_core::prelude::*;
use migrate_core::schema::Metadata;
use migrate_tests::TestDatabase;
use migrate_tests::described::described;
use migrate_tests::migrations::{migration, migrator};
use proptest::strategy::{Strategy, ValueTree as _};
use proptest::test_runner::TestRunner;

use crate::fixpoint::between;
use crate::mysql::{for_mysql, mysql};
use crate::postgres::postgres;
use crate::sqlite::{possible, sqlite};

type Record = fn(&mut Op) -> Result;
/// The two functions of a migration.
type Both = (Record, Record);

macro_rules! drafts {
    ($module:ident, $file:literal) => {
        mod $module {
            use super::Both;
            use migrate_core::prelude::*;

            include!($file);
        }
    };
}
drafts!(for_sqlite, "drafts/sqlite.in");
drafts!(for_postgres, "drafts/postgres.in");
drafts!(for_mariadb, "drafts/mysql.in");

/// How many migrations each file has.
const PAIRS: usize = 6;

/// The same pairs each time, and what is found between them.
fn found(dialect: &dyn Dialect, shaped: fn(Metadata) -> Metadata) -> Vec<(Metadata, Comparison)> {
    let mut runner = TestRunner::deterministic();
    let mut found = Vec::new();
    while found.len() < PAIRS {
        let pair = (described(), described())
            .new_tree(&mut runner)
            .unwrap()
            .current();
        let (one, other) = between(&shaped(pair.0), &shaped(pair.1));
        let enums = one.enumerations.keys().cloned().collect();
        let comparison = difference(dialect, &one, &other, &enums, &[]);
        if comparison.open.is_empty() && !comparison.operations.is_empty() && back(&comparison).1.is_empty() {
            found.push((one, comparison));
        }
    }
    found
}

fn written(found: &[(Metadata, Comparison)]) -> String {
    let mut out = String::new();
    let mut names = String::new();
    for (number, (_, comparison)) in found.iter().enumerate() {
        let draft = draft(comparison);
        for (way, statements) in [("up", draft.upgrade), ("down", draft.downgrade)] {
            let body = statements.join("\n").replace('\n', "\n    ");
            writeln!(
                out,
                "fn {way}_{number}(op: &mut Op) -> Result {{\n    {body}\n    Ok(())\n}}\n"
            )
            .unwrap();
        }
        writeln!(names, "    (up_{number}, down_{number}),").unwrap();
    }
    writeln!(out, "pub(super) const DRAFTS: &[Both] = &[\n{names}];").unwrap();
    out
}

/// What a function records. The constraints of a column stand with it, and so before the others.
fn recorded(record: Record) -> Vec<Operation> {
    let mut op = Op::new();
    record(&mut op).unwrap();
    ordered(
        op.finish()
            .into_iter()
            .map(|recorded| recorded.operation)
            .collect(),
    )
}

fn ordered(mut operations: Vec<Operation>) -> Vec<Operation> {
    for operation in &mut operations {
        if let Operation::CreateTable(create) = operation {
            create
                .table
                .constraints
                .sort_by(|one, other| one.name().cmp(other.name()));
        }
    }
    operations
}

thread_local! {
    /// What is there before.
    static BEFORE: std::cell::RefCell<Vec<Operation>> = const { std::cell::RefCell::new(Vec::new()) };
}

fn before(op: &mut Op) -> Result {
    BEFORE.with_borrow(|operations| op.extend(operations.iter().cloned()));
    Ok(())
}

/// Each runs there, back, and there again.
async fn run(
    database: &TestDatabase,
    dialect: &dyn Dialect,
    found: Vec<(Metadata, Comparison)>,
    drafts: &[Both],
) {
    for ((one, _), (up, down)) in found.into_iter().zip(drafts) {
        database.clear().await;
        let first = difference(dialect, &Metadata::default(), &one, &BTreeSet::new(), &[]);
        BEFORE.with_borrow_mut(|operations| *operations = first.operations);
        let migrator = migrator(vec![
            migration("1", &[], before, |_| Ok(())),
            migration("2", &["1"], *up, *down),
        ]);
        migrator.upgrade(database.url(), "head").await.unwrap();
        let there = database.fingerprint().await;
        migrator.downgrade(database.url(), "-1").await.unwrap();
        migrator.upgrade(database.url(), "head").await.unwrap();
        assert_eq!(database.fingerprint().await.len(), there.len());
    }
}

#[test]
fn the_drafts_of_migrations_are_compiled_and_record_what_was_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reflect/drafts");
    let all = [
        (
            "sqlite.in",
            found(sqlite(), |of| possible(&of)),
            for_sqlite::DRAFTS,
        ),
        ("postgres.in", found(postgres(), |of| of), for_postgres::DRAFTS),
        ("mysql.in", found(mysql(), for_mysql), for_mariadb::DRAFTS),
    ];
    if std::env::var_os("BLESS").is_some() {
        for (name, found, _) in &all {
            fs::write(folder.join(name), written(found)).unwrap();
        }
    }
    for (name, found, drafts) in all {
        assert_eq!(fs::read_to_string(folder.join(name)).unwrap(), written(&found));
        assert_eq!(drafts.len(), found.len());
        for ((_, comparison), (up, down)) in found.iter().zip(drafts) {
            assert_eq!(recorded(*up), ordered(comparison.operations.clone()));
            assert_eq!(recorded(*down), ordered(back(comparison).0));
        }
    }
}

#[tokio::test]
async fn the_drafts_run_on_sqlite() {
    let found = found(sqlite(), |of| possible(&of));
    run(&TestDatabase::sqlite(), sqlite(), found, for_sqlite::DRAFTS).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn the_drafts_run_on_postgres() {
    let found = found(postgres(), |of| of);
    let database = TestDatabase::postgres().await;
    run(&database, postgres(), found, for_postgres::DRAFTS).await;
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn the_drafts_run_on_mariadb() {
    let found = found(mysql(), for_mysql);
    run(&TestDatabase::mysql().await, mysql(), found, for_mariadb::DRAFTS).await;
}
