//! Names that one migration gives twice: what is said of them at plan time is what the database says.

use migrate_core::prelude::*;
use migrate_core::{Error, PrepareError};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};

type Record = fn(&mut Op) -> Result<(), StepError>;

/// Two directives as they are, and with SQL between them, across which nothing is said at plan time.
macro_rules! cases {
    ($($what:literal: |$op:ident| $first:expr => $second:expr;)+) => {
        [$((
            $what,
            (|$op| {
                $first;
                $second;
                Ok(())
            }) as Record,
            (|$op| {
                $first;
                $op.execute("DROP VIEW IF EXISTS nothing");
                $second;
                Ok(())
            }) as Record,
        )),+]
    };
}

fn table(op: &mut Op, name: &str) {
    op.create_table(name, |t| {
        t.column("id", integer()).primary_key();
        t.column("a", integer());
    });
}

fn two_tables(op: &mut Op, first: &str, second: &str) {
    table(op, first);
    table(op, second);
}

fn unique(op: &mut Op, table: &str, name: &str) {
    op.create_table(table, |t| {
        t.column("a", integer());
        t.unique(["a"]).name(name);
    });
}

fn key(op: &mut Op, table: &str, referent: &str, name: &str) {
    op.create_table(table, |t| {
        t.column("a", integer());
        t.foreign_key(["a"], referent, ["id"]).name(name);
    });
}

fn check(op: &mut Op, table: &str, name: &str) {
    op.create_table(table, |t| {
        t.column("a", integer());
        t.check("a > 1").name(name);
    });
}

fn listed(op: &mut Op, table: &str, name: &str) {
    op.create_table(table, |t| {
        t.column("a", enumeration(name, ["x"]));
    });
}

/// What is found at plan time the database refuses; what is not, it takes.
pub(crate) async fn a_name_is_refused_before_anything_is_sent_where_the_database_would_refuse_it(
    database: TestDatabase,
) {
    let cases = cases! {
        "tables": |op| table(op, "a1") => table(op, "a1");
        "tables in another case": |op| table(op, "a2") => table(op, "A2");
        "table and view": |op| table(op, "a3") => op.create_view("a3", "SELECT 1 AS x");
        "view and index": |op| { table(op, "a4"); op.create_view("v4", "SELECT 1 AS x"); } => op.create_index("v4", "a4", ["a"]);
        "table and sequence": |op| table(op, "a5") => op.on([Postgres], |op| { op.create_sequence("a5"); });
        "indexes of two tables": |op| { two_tables(op, "a6", "b6"); op.create_index("i6", "a6", ["a"]); } => op.create_index("i6", "b6", ["a"]);
        "indexes in another case": |op| { table(op, "a7"); op.create_index("i7", "a7", ["a"]); } => op.create_index("I7", "a7", ["id"]);
        "columns": |op| table(op, "a8") => op.add_column("a8", "a", integer());
        "columns in another case": |op| table(op, "a9") => op.add_column("a9", "A", integer());
        "columns in another case, beyond ASCII": |op| { table(op, "a10"); op.add_column("a10", "é", integer()); } => op.add_column("a10", "É", integer());
        "renamed column": |op| table(op, "a11") => op.alter_column("a11", "id").rename("a");
        "renamed table": |op| two_tables(op, "a12", "b12") => op.rename_table("a12", "b12");
        "unique constraints of two tables": |op| unique(op, "a13", "u13") => unique(op, "b13", "u13");
        "unique constraint and index": |op| unique(op, "a14", "u14") => op.create_index("u14", "a14", ["a"]);
        "unique constraint and table": |op| unique(op, "a15", "u15") => table(op, "u15");
        "foreign keys of two tables": |op| { table(op, "p16"); key(op, "a16", "p16", "f16"); } => key(op, "b16", "p16", "F16");
        "checks of two tables": |op| check(op, "a17", "c17") => check(op, "b17", "c17");
        "enum types": |op| listed(op, "a18", "e18") => listed(op, "b18", "e18");
        "enum type and table": |op| op.create_enum(enumeration("e19", ["x"])) => table(op, "e19");
        "enum type and index": |op| { table(op, "a20"); op.create_enum(enumeration("e20", ["x"])); } => op.create_index("e20", "a20", ["a"]);
    };
    let mut differences = Vec::new();
    for (number, (what, directives, apart)) in cases.into_iter().enumerate() {
        let before = database.tables().await;
        // Each by itself: on MariaDB a part of what fails stays.
        let versions = format!("versions_{number}");
        let run =
            |record| migrator(vec![migration("a1", &[], record, |_| Ok(()))]).version_table(&versions, None);
        match run(directives).upgrade(database.url(), "head").await {
            Ok(_) => {}
            Err(Error::Prepare(refused)) if matches!(*refused, [PrepareError::Collision { .. }]) => {
                assert_eq!(database.tables().await, before, "{what}");
                match run(apart).upgrade(database.url(), "head").await {
                    Err(Error::Run(_)) => {}
                    taken => differences.push(format!("{what}: refused, but taken: {taken:?}")),
                }
            }
            Err(error) => differences.push(format!("{what}: not refused, but {error}")),
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
