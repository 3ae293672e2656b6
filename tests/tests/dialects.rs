//! What the dialects write is what the databases read: every name and text comes back as it was,
//! and each statement tells whether it was done.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use migrate_core::dialect::{Dialect, Present, Statement, for_scheme};
use migrate_core::operation::Operation;
use migrate_core::prelude::*;
use migrate_core::schema::{QualifiedName, Type};
use migrate_tests::TestDatabase;

fn sql_of(dialect: &dyn Dialect, record: impl FnOnce(&mut Op)) -> String {
    let mut op = Op::new();
    record(&mut op);
    dialect.script(&op.finish()).unwrap()
}

/// Texts that end a literal, an identifier, a comment or a statement somewhere, and some that only look odd.
const HOSTILE: [&str; 19] = [
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
    "a\r\\\nb",
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

/// Runs a statement, and asks before and after it whether it was done: what can be done twice is never done.
async fn done(database: &TestDatabase, statement: &Statement) {
    let Some(probe) = &statement.probe else {
        return database.execute(&statement.sql).await;
    };
    let found = async || database.rows(&probe.query).await.concat();
    let again = probe.query.contains("FALSE");
    if !statement.sql.contains(" EXISTS ") {
        assert_eq!(found().await, "absent", "before {statement}\n{}", probe.query);
    }
    database.execute(&statement.sql).await;
    let after = if again { "absent" } else { "done" };
    assert_eq!(found().await, after, "after {statement}\n{}", probe.query);
    if again {
        database.execute(&statement.sql).await;
    }
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn mariadb_tells_of_each_statement_whether_it_was_done() {
    let dialect = for_scheme("mysql").unwrap();
    let database = TestDatabase::mysql().await;
    database.execute("CREATE TABLE users (id INT PRIMARY KEY)").await;
    let mut op = Op::new();
    op.create_schema("migrate_probed").if_not_exists();
    op.create_table(qualified("migrate_probed", "it's"), |t| {
        t.column("a\\`", integer());
        t.column("b", integer());
    });
    op.create_index("ix", qualified("migrate_probed", "it's"), ["a\\`", "b"]);
    op.drop_schema("migrate_probed").cascade();
    op.create_table("t", |t| {
        t.column("id", integer());
        t.column("user_id", integer()).not_null();
        t.column("name", varchar(40));
    });
    op.create_primary_key(None, "t", ["id"]);
    op.create_unique_constraint("uq", "t", ["name"]);
    op.create_check_constraint("ck", "t", "id > 0");
    op.create_foreign_key("fk", "t", "users", ["user_id"], ["id"]);
    op.create_index("ix", "t", [key("name").length(10), key("id")])
        .unique();
    op.drop_index("ix", "t");
    op.drop_constraint("fk", "t").foreign_key();
    op.drop_constraint("uq", "t").unique();
    op.drop_constraint("ck", "t");
    op.drop_constraint("pk_t", "t").primary_key();
    op.create_table_comment("t", "of no use");
    op.alter_column("t", "name").server_default("a").rename("title");
    op.create_view("titles", "SELECT title FROM t");
    op.replace_view("titles", "SELECT title, id FROM t");
    op.drop_view("titles");
    op.create_function("one", "", "RETURNS INT DETERMINISTIC RETURN 1");
    op.replace_function("one", "", "RETURNS INT DETERMINISTIC RETURN 2");
    op.drop_function("one", "");
    op.create_trigger("shout", "t", Before, [Insert], "SET NEW.title = 'A'");
    op.replace_trigger("shout", "t", Before, [Insert], "SET NEW.title = 'B'");
    op.drop_trigger("shout", "t");
    op.drop_column("t", "title");
    op.create_index("ix", "t", ["id"]);
    op.rename_index("t", "ix", "ix_2");
    op.rename_table("t", "u");
    op.drop_table("u");
    for recorded in op.finish() {
        for statement in dialect.compile(&recorded.operation).unwrap() {
            assert!(statement.probe.is_some(), "{statement}");
            done(&database, &statement).await;
        }
    }
}

/// What may be a name here: no trailing blank, and no character beyond U+FFFF.
fn name_of(text: &str) -> String {
    text.chars()
        .filter(|character| *character <= '\u{ffff}')
        .collect::<String>()
        .trim_end()
        .to_owned()
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn names_and_texts_come_back_from_mariadb_in_every_mode() {
    let dialect = for_scheme("mysql").unwrap();
    for mode in ["", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES", "TRADITIONAL"] {
        let database = TestDatabase::mysql().await;
        database.execute("CREATE TABLE t (a INT)").await;
        for text in HOSTILE {
            let name = &name_of(text);
            let comment = text.replace('😀', "");
            let comment = comment.as_str();
            let record = |op: &mut Op| {
                op.create_table(name, |t| {
                    t.column(name, varchar(99)).server_default(text).comment(comment);
                    t.column("other", enumeration("kind", [text.trim_end()]))
                        .server_default(text.trim_end());
                    t.column("long", longtext()).server_default(text);
                    t.column("raw", bytes()).server_default(text.as_bytes());
                    t.column("number", integer()).not_null();
                    t.unique([name]).name(&format!("uq {name}"));
                })
                .comment(comment);
                op.create_index(&format!("ix {name}"), name, [name.as_str()]);
                op.bulk_insert(name, ["number"], [[1]]);
                op.bulk_insert(
                    name,
                    ["number", name, "other", "long", "raw"],
                    [(2, format!("{text}."), text.trim_end(), text, text.as_bytes())],
                );
            };
            let sql = sql_of(dialect, record);
            let mut expected = Vec::new();
            database
                .execute(&format!("SET sql_mode = '{mode}';\n{sql}"))
                .await;
            for (number, end) in [(1, ""), (2, ".")] {
                let trimmed = text.trim_end();
                expected.push(format!("{number} | {text}{end} | {trimmed} | {text} | {text}"));
            }
            let table = dialect.identifier(name);
            let rows = database
                .rows(&format!(
                    "SELECT number, {table}, other, `long`, raw FROM {table} ORDER BY 1"
                ))
                .await;
            assert_eq!(rows, expected, "{mode}: {text}");
            let comment = if mode == "NO_BACKSLASH_ESCAPES" {
                // Where the grammar wants a text in quotes, the mode decides; our own sessions are never in this one.
                comment.replace('\\', "\\\\").replace('\r', "\\r")
            } else {
                comment.to_owned()
            };
            let literal = dialect.literal(name);
            let comments = database
                .rows(&format!(
                    "SELECT table_comment FROM information_schema.tables WHERE table_schema = DATABASE() \
                     AND BINARY table_name = {literal} UNION ALL SELECT column_comment FROM information_schema.columns \
                     WHERE table_schema = DATABASE() AND BINARY column_name = {literal}"
                ))
                .await;
            assert_eq!(comments, [comment.clone(), comment], "{mode}: {text}");
            let undo = |op: &mut Op| {
                op.alter_column(name, name).rename("plain");
                op.rename_table(name, &format!("{name}{name}"));
                op.rename_index(format!("{name}{name}"), &format!("ix {name}"), name);
                op.drop_index(name, format!("{name}{name}"));
                op.drop_table(format!("{name}{name}"));
            };
            database.execute(&sql_of(dialect, undo)).await;
        }
        assert_eq!(database.rows("SELECT count(*) FROM t").await, ["0"]);
    }
}

/// A text whose length is not said.
fn longtext() -> Type {
    text()
}

/// Alterations that are written together can be done again, but for a new name.
#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn mariadb_tells_of_alterations_whether_they_were_done() {
    let dialect = for_scheme("mysql").unwrap();
    let database = TestDatabase::mysql().await;
    let table = QualifiedName::from("t (");
    database
        .execute("CREATE TABLE `t (` (a INT, j JSON COMMENT 'j')")
        .await;
    for (column, renamed) in [("a", "b"), ("j", "k")] {
        let mut op = Op::new();
        op.alter_column(&table, column).not_null();
        op.alter_column(&table, column).comment("new").rename(renamed);
        let recorded = op.finish();
        let operations: Vec<&Operation> = recorded.iter().map(|one| &one.operation).collect();
        let found = async |operations: &[&Operation]| {
            let probe = dialect.altered(operations).unwrap();
            database.rows(&probe.query).await.concat()
        };
        assert_eq!(found(&operations).await, "absent");
        let rows = database.rows(&dialect.present(&table)).await;
        let (name, created) = rows.first().and_then(|row| row.split_once(" | ")).unwrap();
        let present = Present {
            rows: vec![vec![Some(name.to_owned()), Some(created.to_owned())]],
        };
        for statement in dialect.alter(&table, &operations, &present).unwrap() {
            assert_eq!(found(&operations).await, "absent", "{statement}");
            database.execute(&statement.sql).await;
        }
        assert_eq!(found(&operations).await, "done");
        let unnamed = operations.split_last().unwrap().1;
        assert_eq!(found(unnamed).await, "absent");
    }
}

/// A statement that was refused, whose answer got lost: what is there is somebody else's.
#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn what_was_there_before_is_not_taken_for_what_a_statement_made() {
    let dialect = for_scheme("mysql").unwrap();
    let database = TestDatabase::mysql().await;
    let script = "CREATE TABLE t (a INT, b INT); CREATE INDEX ix ON t (b); CREATE TABLE v (a INT)";
    database.execute(script).await;
    let mut op = Op::new();
    op.create_table("t", |t| {
        t.column("a", integer());
        t.column("c", integer());
    });
    op.create_index("ix", "t", ["a"]);
    op.create_view("v", "SELECT * FROM t");
    for recorded in op.finish() {
        for statement in dialect.compile(&recorded.operation).unwrap() {
            let probe = statement.probe.unwrap();
            assert_eq!(database.rows(&probe.query).await, ["absent"], "{}", statement.sql);
        }
    }
}
