//! What the dialects write is what the databases read: every operation on a real server, and every name and text
//! back as it was.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use migrate_core::dialect::{Dialect, for_scheme};
use migrate_core::prelude::*;
use migrate_tests::TestDatabase;

#[path = "../../migrate-core/tests/operations/cases.rs"]
mod cases;

fn sql_of(dialect: &dyn Dialect, record: impl FnOnce(&mut Op)) -> String {
    let mut op = Op::new();
    record(&mut op);
    dialect.script(&op.finish()).unwrap()
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn postgres_takes_what_it_is_sent() {
    let dialect = for_scheme("postgres").unwrap();
    let database = TestDatabase::postgres().await;
    database.execute(&sql_of(dialect, cases::setup)).await;
    for (_, record) in cases::EVERYWHERE.iter().chain(&cases::BY_ALTER_TABLE) {
        let sql = sql_of(dialect, record);
        database.execute(&format!("BEGIN;\n{sql}\nROLLBACK")).await;
    }
}

/// Texts that end a literal, an identifier, a comment or a statement somewhere, and some that only look odd.
const HOSTILE: [&str; 18] = [
    "it's",
    "''",
    "\"",
    "`",
    "a\\",
    "\\'; DROP TABLE t; --",
    "'; DROP TABLE t; --",
    "-- x",
    "/* x",
    "*/",
    "$$",
    "a.b",
    "%s :x {y} ? @z",
    " leading and trailing ",
    "line\nbreak\r\ttab",
    "\u{202e}bidi\u{200b}",
    "naïve ☃ 😀",
    "SELECT",
];

/// Makes a table, a column, an index and an enumeration of each name, stores the text in a row by `bulk_insert`,
/// by a default and through a comment, and reads it all back.
async fn comes_back(database: &TestDatabase, scheme: &str, catalog: &str) {
    let dialect = for_scheme(scheme).unwrap();
    for text in HOSTILE {
        let record = |op: &mut Op| {
            op.create_table(text, |t| {
                t.column(text, varchar(99)).server_default(text).comment(text);
                t.column("other", enumeration(format!("ty {text}"), [text]))
                    .server_default(text);
                t.column("number", integer()).not_null();
                t.unique([text]).name(&format!("uq {text}"));
            })
            .comment(text);
            op.create_index(&format!("ix {text}"), text, [text]);
            op.bulk_insert(text, ["number"], [[1]]);
            op.bulk_insert(text, ["number", text, "other"], [(2, format!("{text}."), text)]);
        };
        database.execute(&sql_of(dialect, record)).await;
        let table = dialect.identifier(text);
        let literal = dialect.literal(text);
        let rows = database
            .rows(&format!(
                "SELECT count(*) FROM {table} WHERE {table} IN ({literal}, {literal} || '.') AND other = {literal}"
            ))
            .await;
        assert_eq!(rows, ["2"], "{text}");
        assert_eq!(
            database
                .rows(&format!("SELECT {table} FROM {table} WHERE number = 1"))
                .await,
            [text]
        );
        let names = database
            .rows(&format!(
                "{catalog} WHERE name IN ({literal}, 'ix ' || {literal})"
            ))
            .await;
        assert_eq!(names, ["2"], "{text}");
        let undo = |op: &mut Op| {
            op.alter_column(text, text).rename("plain");
            op.rename_table(text, &format!("{text}{text}"));
            op.drop_table(format!("{text}{text}"));
            op.drop_enum(format!("ty {text}"));
        };
        database.execute(&sql_of(dialect, undo)).await;
    }
}

#[tokio::test]
async fn names_and_texts_come_back_from_sqlite() {
    let database = TestDatabase::sqlite();
    database.execute("CREATE TABLE t (a INT)").await;
    comes_back(&database, "sqlite", "SELECT count(*) FROM sqlite_master").await;
    assert_eq!(database.rows("SELECT count(*) FROM t").await, ["0"]);
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn names_and_texts_come_back_from_postgres() {
    let database = TestDatabase::postgres().await;
    database.execute("CREATE TABLE t (a INT)").await;
    let catalog = "SELECT count(*)::text FROM (SELECT relname::text AS name FROM pg_class) AS c";
    comes_back(&database, "postgres", catalog).await;
    assert_eq!(database.rows("SELECT count(*)::text FROM t").await, ["0"]);
}

/// With this setting off, a backslash escapes within plain quotes.
#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_backslash_means_the_same_whatever_the_server_is_set_to() {
    let dialect = for_scheme("postgres").unwrap();
    let database = TestDatabase::postgres().await;
    for setting in ["on", "off"] {
        let text = "\\'; DROP TABLE t; --";
        let sql = sql_of(dialect, |op| {
            op.create_table("t", |t| {
                t.column("a", varchar(99)).server_default(text);
                t.column("b", bytes()).server_default(vec![0x27_u8, 0x5c]);
            });
            op.bulk_insert("t", ["a"], [[text]]);
        });
        let set = format!("SET standard_conforming_strings = {setting};\n");
        database.execute(&(set + &sql)).await;
        let rows = database.rows("SELECT a, encode(b, 'hex') FROM t").await;
        assert_eq!(rows, [format!("{text} | 275c")]);
        database.execute("DROP TABLE t").await;
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_table_with_an_enumeration_goes_and_comes_again() {
    let dialect = for_scheme("postgres").unwrap();
    let database = TestDatabase::postgres().await;
    let up = |op: &mut Op| {
        op.create_table("t", |t| {
            t.column("plan", enumeration(qualified("s", "plan"), ["free", "pro"]))
                .server_default("pro");
        });
    };
    let down = |op: &mut Op| {
        op.drop_table("t");
        op.drop_enum(qualified("s", "plan"));
    };
    database.execute("CREATE SCHEMA s").await;
    for sql in [sql_of(dialect, up), sql_of(dialect, down), sql_of(dialect, up)] {
        database.execute(&sql).await;
    }
}
