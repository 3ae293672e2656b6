//! What a caller may hand over: a URL, a connection, a pool.

use std::time::Duration;

use migrate_core::Migrator;
use migrate_core::prelude::*;
use migrate_core::sqlx::{Connection, PgConnection, PgPool, SqliteConnection, SqlitePool};
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
