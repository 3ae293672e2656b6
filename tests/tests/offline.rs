//! Offline SQL: what the clients make of a script is what a live run makes.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::Write;
use std::process::{Command, Stdio};

use migrate_core::prelude::*;
use migrate_core::{Migrator, TransactionMode};
use migrate_graph::Heads;
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};

async fn fill(db: &mut Db<'_>) -> Result {
    db.execute("UPDATE people SET name = 'somebody'").await?;
    Ok(())
}

fn first(op: &mut Op) -> Result {
    op.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT) -- the first");
    op.execute("INSERT INTO people (id, name) VALUES (1, 'a;b'), (2, '-- c');");
    Ok(())
}

fn second(op: &mut Op) -> Result {
    op.run("fill", fill).sql("UPDATE people SET name = 'somebody'");
    op.execute("CREATE INDEX ix_people_name ON people (name)");
    Ok(())
}

fn back(op: &mut Op) -> Result {
    op.execute("DROP INDEX ix_people_name");
    Ok(())
}

fn both() -> Migrator {
    migrator(vec![
        migration("a1", &[], first, |op| {
            op.execute("DROP TABLE people");
            Ok(())
        }),
        migration("b1", &["a1"], second, back),
    ])
}

/// Gives a script to the database's own client.
fn run(database: &TestDatabase, script: &str) {
    let mut command = if database.is_postgres() {
        let mut psql = Command::new("psql");
        psql.args([
            "--no-psqlrc",
            "--quiet",
            "--set",
            "ON_ERROR_STOP=1",
            database.url(),
        ]);
        psql
    } else {
        let mut sqlite3 = Command::new("sqlite3");
        sqlite3.args(["-bail", database.url().trim_start_matches("sqlite://")]);
        sqlite3
    };
    let mut client = command
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    client.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = client.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{script}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

async fn same_as_live(by_script: TestDatabase, live: TestDatabase) {
    let normal = |lines: Vec<String>| -> Vec<String> {
        lines
            .iter()
            .map(|line| line.replace("\"main\".", "").replace("main.", ""))
            .collect()
    };
    for mode in [TransactionMode::PerMigration, TransactionMode::Single] {
        let both = both().transaction(mode);
        let nothing = Heads::default();
        let up = both.script_upgrade(live.url(), &nothing, "head").await.unwrap();
        run(&by_script, &up);
        both.upgrade(live.url(), "head").await.unwrap();
        assert_eq!(
            normal(by_script.fingerprint().await),
            normal(live.fingerprint().await)
        );

        let head = both.read_heads(&["b1".to_owned()]).unwrap();
        let down = both.script_downgrade(live.url(), &head, "base").await.unwrap();
        run(&by_script, &down);
        both.downgrade(live.url(), "base").await.unwrap();
        assert_eq!(
            normal(by_script.fingerprint().await),
            normal(live.fingerprint().await)
        );
        for database in [&by_script, &live] {
            database.execute("DROP TABLE alembic_version").await;
        }
    }
}

#[tokio::test]
#[ignore = "needs the sqlite3 client: run by cargo xtask test"]
async fn a_script_run_by_sqlite3_does_what_a_live_run_does() {
    same_as_live(TestDatabase::sqlite(), TestDatabase::sqlite()).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_script_run_by_psql_does_what_a_live_run_does() {
    same_as_live(TestDatabase::postgres().await, TestDatabase::postgres().await).await;
}

#[tokio::test]
async fn a_script_shows_transactions_comments_and_version_rows_as_alembic_does() {
    let script = both()
        .script_upgrade("postgres", &Heads::default(), "head")
        .await
        .unwrap();
    insta::assert_snapshot!(script, @r#"
    BEGIN;

    CREATE TABLE "alembic_version" (
        version_num VARCHAR(32) NOT NULL,
        CONSTRAINT "alembic_version_pkc" PRIMARY KEY (version_num)
    );

    -- Running upgrade  -> a1

    CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT) -- the first
    ;

    INSERT INTO people (id, name) VALUES (1, 'a;b'), (2, '-- c');

    INSERT INTO "alembic_version" (version_num) VALUES ('a1');

    COMMIT;

    BEGIN;

    DO $guard0$BEGIN IF (SELECT count(*) FROM "alembic_version") <> 1 OR (SELECT count(*) FROM "alembic_version" WHERE version_num IN ('a1')) <> 1 THEN RAISE EXCEPTION 'this script starts from a1, and the database is not there'; END IF; END$guard0$;

    -- Running upgrade a1 -> b1

    UPDATE people SET name = 'somebody';

    CREATE INDEX ix_people_name ON people (name);

    UPDATE "alembic_version" SET version_num='b1' WHERE "alembic_version".version_num = 'a1';

    COMMIT;
    "#);
}

#[tokio::test]
async fn a_script_has_a_transaction_around_what_takes_one_and_none_around_the_rest() {
    let migrator = migrator(vec![migration(
        "a1",
        &[],
        |op| {
            op.execute("CREATE TABLE people (id INTEGER)");
            op.autocommit(|op| {
                op.execute("VACUUM people; ANALYZE people");
            });
            op.add_enum_value("mood", "new");
            op.execute("SELECT 'new'::mood");
            Ok(())
        },
        |op| {
            op.autocommit(|op| {
                op.execute("VACUUM");
            });
            Ok(())
        },
    )]);
    let a1 = migrator.read_heads(&["a1".to_owned()]).unwrap();
    let nothing = Heads::default();
    let up = migrator.script_upgrade("postgres", &nothing, "head");
    let down = migrator.script_downgrade("postgres", &a1, "base");
    let scripts = format!("{}-- and back\n\n{}", up.await.unwrap(), down.await.unwrap());
    insta::assert_snapshot!(scripts, @r#"
    BEGIN;

    CREATE TABLE "alembic_version" (
        version_num VARCHAR(32) NOT NULL,
        CONSTRAINT "alembic_version_pkc" PRIMARY KEY (version_num)
    );

    -- Running upgrade  -> a1

    CREATE TABLE people (id INTEGER);

    COMMIT;

    VACUUM people;

    ANALYZE people;

    BEGIN;

    DO $guard0$BEGIN IF (SELECT count(*) FROM "alembic_version") <> 0 OR (SELECT count(*) FROM "alembic_version" WHERE version_num IN (NULL)) <> 0 THEN RAISE EXCEPTION 'this script starts from base, and the database is not there'; END IF; END$guard0$;

    ALTER TYPE "mood" ADD VALUE 'new';

    COMMIT;

    BEGIN;

    DO $guard0$BEGIN IF (SELECT count(*) FROM "alembic_version") <> 0 OR (SELECT count(*) FROM "alembic_version" WHERE version_num IN (NULL)) <> 0 THEN RAISE EXCEPTION 'this script starts from base, and the database is not there'; END IF; END$guard0$;

    SELECT 'new'::mood;

    INSERT INTO "alembic_version" (version_num) VALUES ('a1');

    COMMIT;

    -- and back

    -- Running downgrade a1 -> 

    VACUUM;

    BEGIN;

    DO $guard0$BEGIN IF (SELECT count(*) FROM "alembic_version") <> 1 OR (SELECT count(*) FROM "alembic_version" WHERE version_num IN ('a1')) <> 1 THEN RAISE EXCEPTION 'this script starts from a1, and the database is not there'; END IF; END$guard0$;

    DELETE FROM "alembic_version" WHERE "alembic_version".version_num = 'a1';

    COMMIT;
    "#);
}

#[tokio::test]
async fn a_data_step_without_a_sql_form_stops_a_script_and_is_named() {
    let migrator = migrator(vec![migration(
        "a1",
        &[],
        |op| {
            op.run("fill", fill);
            Ok(())
        },
        |_| Ok(()),
    )]);
    let error = migrator
        .script_upgrade("sqlite", &Heads::default(), "head")
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("data step `fill` cannot be written as SQL"),
        "{error}"
    );
    assert!(error.contains("offline.rs:"), "{error}");
}

/// psql goes on after an error. A transaction that stands on one that failed must not take effect.
#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_script_that_starts_from_elsewhere_changes_nothing() {
    let database = TestDatabase::postgres().await;
    let a1 = both().read_heads(&["a1".to_owned()]).unwrap();
    let script = both().script_upgrade(database.url(), &a1, "head").await.unwrap();
    both().upgrade(database.url(), "head").await.unwrap();
    let before = database.fingerprint().await;
    let mut psql = Command::new("psql");
    psql.args(["--no-psqlrc", "--quiet", database.url()]);
    let mut client = psql.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    client.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = client.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains("this script starts from a1, and the database is not there"),
        "{told}"
    );
    assert_eq!(database.fingerprint().await, before);
}
