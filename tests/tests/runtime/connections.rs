//! What a caller may hand over: a URL, a connection, a pool.

use migrate_core::Migrator;
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
