//! What a caller may hand over: a URL, a connection, a pool.

use std::time::Duration;

use migrate_core::prelude::*;
use migrate_core::sqlx::postgres::PgPoolOptions;
use migrate_core::sqlx::sqlite::SqlitePoolOptions;
use migrate_core::sqlx::{Connection, Executor, PgConnection, PgPool, SqliteConnection, SqlitePool};
use migrate_core::{Migrator, TransactionMode};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};

fn one() -> Migrator {
    migrator(vec![migration(
        "a1",
        &[],
        |op| {
            op.execute("CREATE TABLE made (id INTEGER PRIMARY KEY)");
            Ok(())
        },
        |op| {
            op.execute("DROP TABLE made");
            Ok(())
        },
    )])
}

pub(crate) async fn a_pool_can_be_migrated_and_used_afterwards(database: TestDatabase) {
    let migrator = one();
    let url = database.url();
    if url.starts_with("sqlite") {
        let pool = SqlitePool::connect(&format!("{url}?mode=rwc")).await.unwrap();
        assert_eq!(migrator.upgrade(&pool, "head").await.unwrap().applied.len(), 1);
        let mut connection = SqliteConnection::connect(url).await.unwrap();
        assert_eq!(
            migrator
                .upgrade(&mut connection, "head")
                .await
                .unwrap()
                .applied
                .len(),
            0
        );
        migrator.downgrade(&mut connection, "base").await.unwrap();
        let mut transaction = connection.begin().await.unwrap();
        let error = migrator.upgrade(&mut *transaction, "head").await.unwrap_err();
        assert!(error.to_string().contains("inside a transaction"), "{error}");
    } else {
        let pool = PgPool::connect(url).await.unwrap();
        assert_eq!(migrator.upgrade(&pool, "head").await.unwrap().applied.len(), 1);
        let mut connection = PgConnection::connect(url).await.unwrap();
        assert_eq!(
            migrator
                .upgrade(&mut connection, "head")
                .await
                .unwrap()
                .applied
                .len(),
            0
        );
        migrator.downgrade(&mut connection, "base").await.unwrap();
        let mut transaction = connection.begin().await.unwrap();
        let error = migrator.upgrade(&mut *transaction, "head").await.unwrap_err();
        assert!(error.to_string().contains("inside a transaction"), "{error}");
    }
    assert_eq!(migrator.rows(url).await.unwrap(), Vec::<String>::new());
}

pub(crate) async fn an_upgrade_is_a_future_that_can_be_spawned(database: TestDatabase) {
    let url = database.url().to_owned();
    let report = tokio::spawn(async move { one().upgrade(&url, "head").await })
        .await
        .unwrap()
        .unwrap();
    assert_eq!(report.applied.len(), 1);
}

async fn wait(_db: &mut Db<'_>) -> Result {
    tokio::time::sleep(Duration::from_secs(30)).await;
    Ok(())
}

/// The future of an upgrade is dropped while a migration's transaction is open: nothing of it stays, and the next
/// run has the lock.
pub(crate) async fn an_upgrade_that_is_dropped_leaves_the_old_state_and_no_lock(database: TestDatabase) {
    let slow = migrator(vec![migration(
        "a1",
        &[],
        |op| {
            op.execute("CREATE TABLE made (id INTEGER PRIMARY KEY)");
            op.run("wait", wait);
            Ok(())
        },
        |_| Ok(()),
    )]);
    let cut = tokio::time::timeout(Duration::from_millis(700), slow.upgrade(database.url(), "head")).await;
    assert!(cut.is_err());
    assert_eq!(database.tables().await, Vec::<String>::new());
    let report = one()
        .lock_timeout(Duration::from_secs(5))
        .upgrade(database.url(), "head")
        .await
        .unwrap();
    assert_eq!(report.applied.len(), 1);
}

/// A caller's connection is as good as before when a migration failed on it.
pub(crate) async fn a_lent_connection_can_be_used_after_a_migration_failed_on_it(database: TestDatabase) {
    let broken = migrator(vec![migration(
        "a1",
        &[],
        |op| {
            op.execute("CREATE TABLE made (id INTEGER PRIMARY KEY)");
            op.execute("INSERT INTO nowhere VALUES (1)");
            Ok(())
        },
        |_| Ok(()),
    )]);
    if database.is_postgres() {
        let mut connection = PgConnection::connect(database.url()).await.unwrap();
        broken.upgrade(&mut connection, "head").await.unwrap_err();
        one().upgrade(&mut connection, "head").await.unwrap();
        connection.begin().await.unwrap().commit().await.unwrap();
    } else {
        let mut connection = SqliteConnection::connect(&format!("{}?mode=rwc", database.url()))
            .await
            .unwrap();
        broken.upgrade(&mut connection, "head").await.unwrap_err();
        one().upgrade(&mut connection, "head").await.unwrap();
        connection.begin().await.unwrap().commit().await.unwrap();
    }
    assert_eq!(database.tables().await, ["alembic_version", "made"]);
}

async fn write(db: &mut Db<'_>) -> Result {
    db.execute("INSERT INTO made (id) VALUES (1)").await?;
    Ok(())
}

/// One table, and a row in it that a data step writes.
fn with_a_step() -> Migrator {
    migrator(vec![migration(
        "a1",
        &[],
        |op| {
            op.execute("CREATE TABLE made (id INTEGER PRIMARY KEY)");
            op.run("write", write);
            Ok(())
        },
        |op| {
            op.execute("DROP TABLE made");
            Ok(())
        },
    )])
}

const MODES: [TransactionMode; 2] = [TransactionMode::PerMigration, TransactionMode::Single];

/// Nothing waits for a second connection.
pub(crate) async fn a_pool_of_one_connection_is_enough(database: TestDatabase) {
    for mode in MODES {
        let migrator = with_a_step().transaction(mode);
        if database.is_postgres() {
            let pool = PgPoolOptions::new().max_connections(1);
            let pool = pool.acquire_timeout(Duration::from_secs(5));
            let pool = pool.connect(database.url()).await.unwrap();
            migrator.upgrade(&pool, "head").await.unwrap();
            assert!(migrator.current(&pool).await.unwrap().at_heads);
            pool.execute("SELECT 1 FROM made").await.unwrap();
            migrator.downgrade(&pool, "base").await.unwrap();
        } else {
            let pool = SqlitePoolOptions::new().max_connections(1);
            let pool = pool.acquire_timeout(Duration::from_secs(5));
            let pool = pool
                .connect(&format!("{}?mode=rwc", database.url()))
                .await
                .unwrap();
            migrator.upgrade(&pool, "head").await.unwrap();
            assert!(migrator.current(&pool).await.unwrap().at_heads);
            pool.execute("SELECT 1 FROM made").await.unwrap();
            migrator.downgrade(&pool, "base").await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_database_in_memory_is_migrated_by_its_only_connection() {
    for mode in MODES {
        let migrator = with_a_step().transaction(mode);
        // By URL it is gone again afterwards, which is no error.
        for url in ["sqlite::memory:", "sqlite://:memory:", "sqlite://?mode=memory"] {
            assert_eq!(
                migrator.upgrade(url, "head").await.unwrap().applied.len(),
                1,
                "{url}"
            );
            assert!(!migrator.current(url).await.unwrap().at_heads);
        }
        let pool = SqlitePoolOptions::new().max_connections(1);
        let pool = pool.connect("sqlite::memory:").await.unwrap();
        migrator.upgrade(&pool, "head").await.unwrap();
        assert!(migrator.current(&pool).await.unwrap().at_heads);
        pool.execute("INSERT INTO made VALUES (2)").await.unwrap();
    }
}

/// In WAL mode somebody reads an old state while the new one is made, and the file stays in that mode.
#[tokio::test]
async fn a_file_in_wal_mode_is_migrated_while_somebody_reads() {
    for mode in MODES {
        let database = TestDatabase::sqlite();
        database
            .execute("PRAGMA journal_mode = WAL; CREATE TABLE other (id INTEGER)")
            .await;
        let mut reader = SqliteConnection::connect(database.url()).await.unwrap();
        reader.execute("BEGIN; SELECT * FROM other").await.unwrap();
        let migrator = with_a_step()
            .transaction(mode)
            .lock_timeout(Duration::from_secs(1));
        migrator.upgrade(database.url(), "head").await.unwrap();
        assert!(reader.execute("SELECT * FROM made").await.is_err());
        reader.execute("COMMIT; SELECT * FROM made").await.unwrap();
        reader.close().await.unwrap();
        assert_eq!(database.rows("PRAGMA journal_mode").await, ["wal"]);
        assert_eq!(database.rows("SELECT id FROM made").await, ["1"]);
    }
}
