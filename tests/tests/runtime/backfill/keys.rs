//! A backfill along whatever key a database holds.

use super::*;

fn once(op: &mut Op) -> Result {
    op.backfill("t", "n", sql("n + 1")).batch(3);
    Ok(())
}

/// A table `t` that SQL made, whose rows are all filled once along its key.
async fn walks(database: &TestDatabase, setup: &str) {
    database.execute(setup).await;
    let migrator = migrator(vec![migration("a1", &[], once, nothing)]);
    migrator.upgrade(database.url(), "head").await.unwrap();
    let rows = database.rows("SELECT n FROM t").await;
    assert!(
        rows.len() > 6 && rows.iter().all(|n| n == "1"),
        "{setup}: {rows:?}"
    );
    is_whole(&migrator, database, "a1").await;
    database.execute("DROP TABLE t").await;
    migrator.stamp(database.url(), &["base"]).await.unwrap();
}

/// Values are sorted by their storage class first, and a text may differ from another by nothing but its case.
#[tokio::test]
async fn it_walks_along_what_sqlite_holds() {
    let database = TestDatabase::sqlite();
    let mixed = "INSERT INTO t (k) VALUES (-1), (2), (1.5), (9007199254740993), ('1'), ('a'), ('B'), ('c''\'), (X'00'), \
        (X'ff'), (1e300), ('')";
    for column in ["k PRIMARY KEY", "k BLOB PRIMARY KEY", "k NUMERIC PRIMARY KEY"] {
        let create = format!("CREATE TABLE t ({column}, n INTEGER NOT NULL DEFAULT 0)");
        walks(&database, &format!("{create}; {mixed}")).await;
    }
    let names = "INSERT INTO t (k) VALUES ('a'), ('B'), ('c'), ('D'), ('e'), ('F'), ('g')";
    for column in ["k TEXT COLLATE NOCASE PRIMARY KEY", "k TEXT PRIMARY KEY"] {
        let create = format!("CREATE TABLE t ({column}, n INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID");
        walks(&database, &format!("{create}; {names}")).await;
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn it_walks_along_what_postgres_holds() {
    let database = TestDatabase::postgres().await;
    database
        .execute("CREATE TYPE mood AS ENUM ('z', 'a', 'm', 'b', 'y', 'c', 'x'); CREATE DOMAIN mail AS text")
        .await;
    for (ty, key) in [
        ("mood", "m::mood"),
        ("mail", "m::mail"),
        ("char(8)", "m"),
        ("text COLLATE \"C\"", "m || '\\'"),
        ("bytea", "m::bytea"),
        ("real", "0.1::real * p"),
        ("double precision", "0.1 * p"),
        ("numeric", "99999999999999999999.1 + p"),
        ("timestamptz", "now() + p * interval '1 microsecond'"),
        ("interval", "p * interval '1 day'"),
        ("inet", "('10.0.0.' || p)::inet"),
        ("int4range", "int4range(p::int, p::int + 1)"),
        ("text[]", "ARRAY[m, '\"', NULL]"),
        ("boolean", "p > 3"),
    ] {
        let setup = format!(
            "CREATE TABLE t (k {ty}, no bigint, n integer NOT NULL DEFAULT 0, PRIMARY KEY (k, no)); \
             INSERT INTO t SELECT {key}, p FROM unnest(enum_range(NULL::mood)::text[]) WITH ORDINALITY AS u (m, p)"
        );
        walks(&database, &setup).await;
    }
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn it_walks_along_what_mariadb_holds() {
    let database = TestDatabase::mysql().await;
    for (ty, keys) in [
        ("BIGINT UNSIGNED", "18446744073709551615 - p"),
        ("BIGINT", "-9223372036854775807 + p"),
        ("DECIMAL(40, 10)", "999999999999999999999.0000000001 + p"),
        ("FLOAT", "0.1 * p"),
        ("DOUBLE", "0.1 * p"),
        ("CHAR(36)", "UUID()"),
        ("BINARY(4)", "UNHEX(CONCAT('0027FF', LPAD(HEX(p), 2, '0')))"),
        (
            "VARCHAR(20) CHARACTER SET latin1",
            "CONCAT('\u{e9}', p, CHAR(92))",
        ),
        (
            "VARCHAR(20) COLLATE utf8mb4_bin",
            "CONCAT(IF(p % 2, 'a', 'A'), CHAR(39), p)",
        ),
        ("DATETIME(6)", "'2026-01-01' + INTERVAL p MICROSECOND"),
        ("DATE", "'2026-01-01' + INTERVAL p DAY"),
        ("YEAR", "2000 + p"),
    ] {
        let digits = (0..8)
            .map(|p| format!("SELECT {p} AS p"))
            .collect::<Vec<_>>()
            .join(" UNION ALL ");
        let setup = format!(
            "CREATE TABLE t (k {ty} NOT NULL PRIMARY KEY, n INTEGER NOT NULL DEFAULT 0); \
             INSERT INTO t (k) SELECT {keys} FROM ({digits}) AS digits"
        );
        walks(&database, &setup).await;
    }
    // Sorted by number, compared by text.
    database
        .execute("CREATE TABLE t (k ENUM('z', 'a') NOT NULL PRIMARY KEY, n INTEGER NOT NULL DEFAULT 0)")
        .await;
    let migrator = migrator(vec![migration("a1", &[], once, nothing)]);
    let error = migrator.upgrade(database.url(), "head").await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("sorts `k` otherwise than it compares it"),
        "{error}"
    );
    // What it tells of 0.1 is not what it compares with; where that keeps a batch from its end, it does not turn for ever.
    database
        .execute("DROP TABLE t; CREATE TABLE t (k FLOAT NOT NULL PRIMARY KEY, n INTEGER NOT NULL DEFAULT 0); INSERT INTO t (k) VALUES (0.1), (0.2), (0.3)")
        .await;
    let one_by_one = |op: &mut Op| {
        op.backfill("t", "n", sql("n + 1")).batch(1);
        Ok(())
    };
    let stands = migrate_tests::migrations::migrator(vec![migration("a1", &[], one_by_one, nothing)]);
    let error = stands.upgrade(database.url(), "head").await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("does not compare its key by what it tells of it"),
        "{error}"
    );
}
