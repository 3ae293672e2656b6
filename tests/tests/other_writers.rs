//! Alembic takes no lock: it may work on the same database at the same moment. Its way is a transaction that does
//! what the migration says, and then updates one row.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::time::Duration;

use migrate_core::prelude::*;
use migrate_core::sqlx::{Connection, Error, Executor, PgConnection};
use migrate_core::{Migrator, TransactionMode};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};

const MODES: [TransactionMode; 2] = [TransactionMode::PerMigration, TransactionMode::Single];
const MADE: &str = "CREATE TABLE made (id INTEGER PRIMARY KEY)";
const UPDATE: &str = "UPDATE alembic_version SET version_num = 'b1' WHERE version_num = 'a1'";
const PAUSE: Duration = Duration::from_millis(300);

async fn nothing(_db: &mut Db<'_>) -> Result {
    Ok(())
}

fn make(op: &mut Op) -> Result {
    op.execute(MADE);
    op.execute("SELECT pg_sleep(0.6)");
    Ok(())
}

fn step_and_make(op: &mut Op) -> Result {
    op.run("nothing", nothing);
    make(op)
}

/// The first does nothing, the second makes a table, after a data step or without one.
fn two(mode: TransactionMode, with_step: bool) -> Migrator {
    let upgrade = if with_step { step_and_make } else { make };
    let second = migration("b1", &["a1"], upgrade, |_| Ok(()));
    migrator(vec![migration("a1", &[], |_| Ok(()), |_| Ok(())), second]).transaction(mode)
}

/// Alembic's transaction in statements, with a pause before the last of these; it ends by whether its row was there.
async fn alembic(url: &str, statements: &[&'static str]) -> std::result::Result<u64, Error> {
    let mut connection = PgConnection::connect(url).await.unwrap();
    connection.execute("BEGIN").await?;
    let mut rows = 0;
    for (index, statement) in statements.iter().enumerate() {
        if index + 1 == statements.len() {
            tokio::time::sleep(PAUSE).await;
        }
        rows = connection.execute(*statement).await?.rows_affected();
    }
    tokio::time::sleep(PAUSE).await;
    let end = if rows == 1 { "COMMIT" } else { "ROLLBACK" };
    connection.execute(end).await?;
    connection.close().await?;
    Ok(rows)
}

/// Both work at once, ours so much later. Ours never fails, and the migration is applied exactly once.
async fn race(later: Duration, statements: &'static [&'static str]) {
    for mode in MODES {
        for with_step in [false, true] {
            let database = TestDatabase::postgres().await;
            let migrator = two(mode, with_step);
            migrator.upgrade(database.url(), "a1").await.unwrap();
            let ours = async {
                tokio::time::sleep(later).await;
                migrator.upgrade(database.url(), "head").await.unwrap()
            };
            let (theirs, ours) = tokio::join!(alembic(database.url(), statements), ours);
            let applied = usize::from(matches!(theirs, Ok(1))) + ours.applied.len();
            assert_eq!(applied, 1, "{mode:?} {with_step} {theirs:?} {ours:?}");
            assert_eq!(migrator.rows(database.url()).await.unwrap(), ["b1"]);
            assert_eq!(database.tables().await, ["alembic_version", "made"]);
        }
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn alembic_has_done_everything_but_commit_when_our_run_begins() {
    race(PAUSE + PAUSE / 2, &[MADE, UPDATE]).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn alembic_has_made_the_table_when_our_run_wants_to() {
    race(PAUSE / 2, &[MADE, UPDATE]).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn alembic_begins_while_our_migration_runs() {
    race(Duration::ZERO, &["SELECT 1", UPDATE]).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn alembic_makes_the_version_table_as_our_run_begins() {
    for mode in MODES {
        let database = TestDatabase::postgres().await;
        let statements = [
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))",
            "INSERT INTO alembic_version VALUES ('a1')",
        ];
        let migrator = two(mode, false);
        let ours = async {
            tokio::time::sleep(PAUSE / 2).await;
            migrator.upgrade(database.url(), "head").await.unwrap()
        };
        let (theirs, ours) = tokio::join!(alembic(database.url(), &statements), ours);
        assert_eq!(theirs.unwrap(), 1);
        assert_eq!(ours.applied.len(), 1, "{ours:?}");
        assert_eq!(migrator.rows(database.url()).await.unwrap(), ["b1"]);
    }
}

/// A migration that fails by itself fails once, whoever else is about.
#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_failure_of_our_own_is_told_as_it_is() {
    let database = TestDatabase::postgres().await;
    let migrator = two(TransactionMode::PerMigration, false);
    database.execute(MADE).await;
    let error = migrator.upgrade(database.url(), "head").await.unwrap_err();
    assert!(error.to_string().contains("\"made\" already exists"), "{error}");
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["a1"]);
}
