//! Names and texts that mean something to somebody: none is a command to a client, and all arrive as they are.

use migrate_core::__private::Migration;
use migrate_core::Migrator;
use migrate_core::dialect::for_scheme;
use migrate_core::prelude::*;
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};

use super::script;

/// What ends or begins something for a database, a client or a terminal. Where `CANARY` stands, a client that takes the
/// text for a command makes a file.
const TEXTS: [&str; 41] = [
    "it's",
    "''",
    "\"",
    "`",
    "a\\",
    "\\'; DROP TABLE canary; --",
    "'; DROP TABLE canary; --",
    "\"; DROP TABLE canary; --",
    "`; DROP TABLE canary; --",
    "*/ DROP TABLE canary; /*",
    "/*! DROP TABLE canary */",
    "/*M! x */",
    "-- x",
    "# x",
    "/* x",
    "*/",
    "$$",
    "$guard0$",
    "$$0$$",
    "a.b",
    "%s %% %",
    "{} {0} {x}",
    ":x :'x' :\"x\" :{?x} :DBNAME",
    "? ?1 @x @@x $1",
    " leading and trailing.",
    "line\nbreak",
    "a\rb",
    "tab\tand\u{b}more\u{c}.",
    "\u{1a}\u{8}\u{1b}[31m\u{7f}",
    "\u{202e}bidi\u{200b}\u{feff}\u{2028}",
    "naïve ☃ é",
    "SELECT",
    "\n\\! touch CANARY\n.",
    "\n\\q\n.",
    "\nsystem touch CANARY\n.",
    "\n.shell touch CANARY\n.",
    ".shell touch CANARY",
    "\ndelimiter //\n.",
    "\ngo\n.",
    "\n/\n.",
    "\n#\n;\n.",
];

/// Texts that a client changes on their way, unless they are written otherwise; no name can be.
const ONLY_TEXTS: [&str; 2] = ["a\r\nb", "\r\n"];

/// A table, a column, an index, constraints and a type of each name; each text as a default, as a comment, in a type
/// and in rows.
fn corpus(op: &mut Op) -> Result {
    for text in TEXTS {
        record(op, text, text);
    }
    for (number, text) in ONLY_TEXTS.iter().enumerate() {
        record(op, text, &format!("plain {number}"));
    }
    Ok(())
}

fn record(op: &mut Op, text: &str, name: &str) {
    op.create_table(name, |t| {
        t.column("number", integer()).not_null();
        t.column(name, varchar(99)).server_default(text).comment(text);
        t.column("kind", enumeration(format!("ty{name}"), [text]))
            .server_default(text);
        t.unique([name]).name(&format!("uq{name}"));
    })
    .comment(text);
    op.create_index(&format!("ix{name}"), name, [name]);
    op.bulk_insert(name, ["number"], [[1]]);
    op.bulk_insert(name, ["number", name, "kind"], [(2, format!("{text}."), text)]);
    op.add_column(name, "added", varchar(99)).server_default(text);
}

/// A history whose every message, path and label is hostile too.
fn hostile() -> Migrator {
    migrator(vec![Migration {
        message: "message\n\\! touch CANARY\n.shell touch CANARY\nsystem touch CANARY\n*/",
        path: "migrations/\n\\! touch CANARY\n.shell touch CANARY\n.rs",
        ..migration("a1", &[], corpus, |_| Ok(()))
    }])
}

const CANARY: &str = "CREATE TABLE canary (a INT); INSERT INTO canary VALUES (1)";

async fn arrives(by_script: TestDatabase, live: TestDatabase) {
    live.execute(CANARY).await;
    hostile().upgrade(live.url(), "head").await.unwrap();
    by_script.execute(CANARY).await;
    let script = script(&hostile(), live.url()).await;
    by_script.run_script(&script).unwrap();
    assert_eq!(by_script.dump(), live.dump());
    is_there(&by_script).await;
}

/// Every name and every text, as it is written above.
async fn is_there(database: &TestDatabase) {
    let dialect = for_scheme(database.url().split(':').next().unwrap()).unwrap();
    let plain: Vec<String> = (0..ONLY_TEXTS.len())
        .map(|number| format!("plain {number}"))
        .collect();
    let named = TEXTS.iter().map(|text| (*text, *text));
    let named = named.chain(ONLY_TEXTS.into_iter().zip(plain.iter().map(String::as_str)));
    for (text, name) in named {
        let (table, column) = (dialect.identifier(name), dialect.identifier(name));
        let asked = format!(
            "SELECT {column} FROM {table} UNION ALL SELECT kind FROM {table} UNION ALL SELECT added FROM {table}"
        );
        let rows = database
            .rows(&asked.replace(" kind ", " CAST(kind AS CHAR(99)) "))
            .await;
        let rows: Vec<&str> = rows.iter().map(|row| row.trim_end_matches(' ')).collect();
        let text = text.trim_end_matches(' ');
        assert_eq!(
            rows,
            [text, &format!("{text}."), text, text, text, text],
            "{text:?}"
        );
    }
    assert_eq!(database.rows("SELECT a FROM canary").await, ["1"]);
}

#[tokio::test]
#[ignore = "needs the sqlite3 client: run by cargo xtask test"]
async fn hostile_names_and_texts_arrive_by_sqlite3() {
    arrives(TestDatabase::sqlite(), TestDatabase::sqlite()).await;
}

/// The same on servers whose sessions begin with a backslash that escapes.
#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn hostile_names_and_texts_arrive_by_psql() {
    for setting in ["on", "off"] {
        let databases = (TestDatabase::postgres().await, TestDatabase::postgres().await);
        for database in [&databases.0, &databases.1] {
            let set = format!(
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET standard_conforming_strings = {setting}', current_database()); END $$"
            );
            database.execute(&set).await;
        }
        arrives(databases.0, databases.1).await;
    }
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn hostile_names_and_texts_arrive_by_mariadb() {
    let live = TestDatabase::mysql().await;
    arrives(TestDatabase::mysql().await, live).await;
}

/// What a server is set to, a script sets otherwise.
#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn hostile_names_and_texts_arrive_by_mariadb_in_every_mode() {
    let script = script(&hostile(), "mysql").await;
    for mode in ["NO_BACKSLASH_ESCAPES", "ANSI_QUOTES,PIPES_AS_CONCAT"] {
        let database = TestDatabase::mysql().await;
        database.execute(CANARY).await;
        let set = format!("SET NAMES latin1; SET SESSION sql_mode = '{mode}';\n");
        database.run_script(&(set + &script)).unwrap();
        is_there(&database).await;
    }
}

/// Legitimate SQL in which a client could see something of its own.
#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn psql_puts_no_variable_of_its_own_into_a_statement() {
    let migrator = migrator(vec![migration(
        "a1",
        &[],
        |op| {
            op.execute("CREATE TABLE t AS SELECT (array[1, 2, 3])[1:port] AS a, '\\! x' AS b FROM (SELECT 2 AS port) AS q");
            Ok(())
        },
        |_| Ok(()),
    )]);
    let database = TestDatabase::postgres().await;
    let script = script(&migrator, database.url())
        .await
        .replace("[1: port]", "[1: PORT]");
    database.run_script(&script).unwrap();
    assert_eq!(database.rows("SELECT a::text, b FROM t").await, ["{1,2} | \\! x"]);
}

#[tokio::test]
#[ignore = "needs the sqlite3 client: run by cargo xtask test"]
async fn no_line_of_a_statement_is_its_end_for_sqlite3() {
    let migrator = migrator(vec![migration(
        "a1",
        &[],
        |op| {
            op.execute("CREATE TABLE go (a INT)");
            op.execute("/* \n.shell touch CANARY\n*/ INSERT INTO\ngo\nSELECT 14\n/\n2 -- by\n\n");
            Ok(())
        },
        |_| Ok(()),
    )]);
    let database = TestDatabase::sqlite();
    database.run_script(&script(&migrator, "sqlite").await).unwrap();
    assert_eq!(database.rows("SELECT a FROM go").await, ["7"]);
}
