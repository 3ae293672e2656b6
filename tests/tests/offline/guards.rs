//! A script that stands on nothing does nothing: not where the database is elsewhere, not after a statement that
//! failed.

use migrate_core::prelude::*;
use migrate_core::{Migrator, TransactionMode};
use migrate_graph::Heads;
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};

use super::{BOTH, at, both, script};

async fn stops_elsewhere(database: TestDatabase) {
    let both = both();
    let scripts = [
        script(&both, database.url()).await,
        both.script_upgrade(database.url(), &at(&both, &["a1"]), "head")
            .await
            .unwrap(),
        both.script_downgrade(database.url(), &at(&both, &["a1"]), "base")
            .await
            .unwrap(),
        both.script_stamp(database.url(), &at(&both, &["a1"]), &["b1"])
            .await
            .unwrap(),
    ];
    // A database without a version table is not where it says so, but it has no table to ask either.
    let empty = database.dump();
    for script in &scripts[1..] {
        database.run_script(script).unwrap_err();
        assert_eq!(database.dump(), empty);
    }
    both.upgrade(database.url(), "head").await.unwrap();
    let before = database.dump();
    for (script, start) in scripts.iter().zip(["base", "a1", "a1", "a1"]) {
        let told = database.run_script(script).unwrap_err();
        let expected = format!("this script starts from {start}, and the database is not there");
        assert!(told.contains(&expected), "{told}");
        assert_eq!(database.dump(), before);
    }
    // The version table of a database that went back to base is there, and empty.
    both.downgrade(database.url(), "base").await.unwrap();
    database.run_script(&scripts[0]).unwrap();
    assert_eq!(database.dump(), before);
}

#[tokio::test]
#[ignore = "needs the sqlite3 client: run by cargo xtask test"]
async fn a_script_for_sqlite3_that_starts_from_elsewhere_changes_nothing() {
    stops_elsewhere(TestDatabase::sqlite()).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_script_for_psql_that_starts_from_elsewhere_changes_nothing() {
    stops_elsewhere(TestDatabase::postgres().await).await;
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_script_for_mariadb_that_starts_from_elsewhere_changes_nothing() {
    stops_elsewhere(TestDatabase::mysql().await).await;
}

/// `b1` fails, after it did something.
fn broken() -> Migrator {
    migrator(vec![
        migration(
            "a1",
            &[],
            |op| {
                op.create_table("people", |t| {
                    t.column("name", text()).not_null();
                });
                Ok(())
            },
            |_| Ok(()),
        ),
        migration(
            "b1",
            &["a1"],
            |op| {
                op.execute("INSERT INTO people (name) VALUES ('one')");
                op.execute("INSERT INTO people (name) VALUES (NULL)");
                op.execute("INSERT INTO people (name) VALUES ('three')");
                Ok(())
            },
            |_| Ok(()),
        ),
        migration(
            "c1",
            &["b1"],
            |op| {
                op.execute("INSERT INTO people (name) VALUES ('four')");
                Ok(())
            },
            |_| Ok(()),
        ),
    ])
}

async fn stops_at_an_error(make: impl AsyncFn() -> TestDatabase, modes: &[TransactionMode]) {
    for mode in modes.iter().copied() {
        let (by_script, live) = (make().await, make().await);
        let script = script(&broken().transaction(mode), live.url()).await;
        let told = by_script.run_script(&script).unwrap_err();
        assert!(told.contains("name"), "{told}");
        match mode {
            TransactionMode::PerMigration => broken().upgrade(live.url(), "a1").await.map(drop).unwrap(),
            // Neither database was touched; what SQLite's has not, is a file.
            TransactionMode::Single => live.execute("SELECT 1").await,
        }
        assert_eq!(by_script.dump(), live.dump());
    }
}

#[tokio::test]
#[ignore = "needs the sqlite3 client: run by cargo xtask test"]
async fn sqlite3_stops_at_an_error_and_leaves_whole_migrations() {
    stops_at_an_error(async || TestDatabase::sqlite(), &BOTH).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn psql_stops_at_an_error_and_leaves_whole_migrations() {
    stops_at_an_error(TestDatabase::postgres, &BOTH).await;
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn mariadb_stops_at_an_error_and_leaves_whole_migrations_that_change_rows() {
    stops_at_an_error(TestDatabase::mysql, &[TransactionMode::PerMigration]).await;
}

/// Another run may be at work between a script's look at the rows and its change of them.
#[tokio::test]
#[ignore = "needs the sqlite3 client: run by cargo xtask test"]
async fn a_script_from_base_makes_the_version_table_once() {
    let database = TestDatabase::sqlite();
    let ensure = both().script_ensure_version(database.url()).unwrap();
    for _ in 0..2 {
        database.run_script(&ensure).unwrap();
    }
    let script = both()
        .script_stamp(database.url(), &Heads::default(), &["a1"])
        .await
        .unwrap();
    database.run_script(&script).unwrap();
    assert_eq!(database.rows("SELECT * FROM alembic_version").await, ["a1"]);
}
