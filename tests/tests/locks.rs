//! The lock of a run: who waits, for how long, and who need not.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use migrate_core::sqlx::{Connection, Executor, PgConnection, SqliteConnection};
use migrate_core::{ErrorKind, Event, Migrator};
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

/// The key of this tool's lock, as another run's session holds it.
async fn key(database: &TestDatabase) -> String {
    let held = "SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks WHERE locktype = 'advisory'";
    let mut rows = Vec::new();
    let probe = migrator(vec![migration(
        "probe",
        &[],
        |op| {
            op.execute("SELECT pg_sleep(0.5)");
            Ok(())
        },
        |_| Ok(()),
    )]);
    let running = probe.upgrade(database.url(), "head");
    let look = async {
        while rows.is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
            rows = database.rows(held).await;
        }
    };
    let (ran, ()) = tokio::join!(running, look);
    ran.unwrap();
    probe.downgrade(database.url(), "base").await.unwrap();
    rows.remove(0)
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_run_that_cannot_have_the_lock_says_who_holds_it_and_changes_nothing() {
    let database = TestDatabase::postgres().await;
    let key = key(&database).await;
    let mut holder = PgConnection::connect(database.url()).await.unwrap();
    holder
        .execute("SET application_name = 'the other run'")
        .await
        .unwrap();
    let take = format!("SELECT pg_advisory_lock({key})");
    sqlx::raw_sql(sqlx::AssertSqlSafe(take))
        .execute(&mut holder)
        .await
        .unwrap();

    let waits = Arc::new(Mutex::new(0));
    let seen = Arc::clone(&waits);
    let migrator = one().lock_timeout(Duration::from_millis(300)).observer(move |event: &Event| {
        if matches!(event, Event::LockWaiting { holder: Some(holder) } if holder.description.contains("the other run")) {
            *seen.lock().unwrap() += 1;
        }
    });
    let before = database.fingerprint().await;
    let started = Instant::now();
    let error = migrator.upgrade(database.url(), "head").await.unwrap_err();
    assert!(started.elapsed() >= Duration::from_millis(300));
    assert_eq!(error.kind(), ErrorKind::Locked);
    assert!(error.to_string().contains("the other run"), "{error}");
    assert_eq!(*waits.lock().unwrap(), 1);
    assert_eq!(database.fingerprint().await, before);

    holder.close().await.unwrap();
    migrator.upgrade(database.url(), "head").await.unwrap();
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn at_its_target_a_run_needs_neither_the_lock_nor_the_right_to_write() {
    let database = TestDatabase::postgres().await;
    let key = key(&database).await;
    one().upgrade(database.url(), "head").await.unwrap();
    let mut holder = PgConnection::connect(database.url()).await.unwrap();
    let take = format!("SELECT pg_advisory_lock({key})");
    sqlx::raw_sql(sqlx::AssertSqlSafe(take))
        .execute(&mut holder)
        .await
        .unwrap();
    let name = database.url().rsplit('/').next().unwrap();
    database
        .execute(&format!(
            "ALTER DATABASE {name} SET default_transaction_read_only = on"
        ))
        .await;

    let migrator = one().lock_timeout(Duration::ZERO);
    assert_eq!(
        migrator.upgrade(database.url(), "head").await.unwrap().applied,
        []
    );
    assert!(migrator.current(database.url()).await.unwrap().at_heads);
    holder.close().await.unwrap();
}

#[tokio::test]
async fn a_sqlite_file_that_somebody_else_writes_is_waited_for_and_then_reported_as_locked() {
    let database = TestDatabase::sqlite();
    database.execute("CREATE TABLE other (id INTEGER)").await;
    let mut writer = SqliteConnection::connect(database.url()).await.unwrap();
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await.unwrap();
    transaction.execute("INSERT INTO other VALUES (1)").await.unwrap();

    let migrator = one().lock_timeout(Duration::from_millis(300));
    let started = Instant::now();
    let error = migrator.upgrade(database.url(), "head").await.unwrap_err();
    assert!(started.elapsed() >= Duration::from_millis(300));
    assert_eq!(error.kind(), ErrorKind::Locked, "{error}");

    transaction.commit().await.unwrap();
    migrator.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(database.tables().await, ["alembic_version", "made", "other"]);
}

#[tokio::test]
async fn looking_at_a_sqlite_file_that_does_not_exist_does_not_make_it() {
    let database = TestDatabase::sqlite();
    let file = database.file().unwrap();
    let migrator = one();
    assert!(!migrator.current(database.url()).await.unwrap().at_heads);
    migrator.downgrade(database.url(), "base").await.unwrap();
    migrator.upgrade(database.url(), "nowhere").await.unwrap_err();
    assert!(!file.exists());
    migrator.upgrade(database.url(), "head").await.unwrap();
    assert!(file.exists());
}

/// Holds the lock for a while.
fn slow() -> Migrator {
    migrator(vec![migration(
        "a1",
        &[],
        |op| {
            op.execute("DO SLEEP(2)");
            Ok(())
        },
        |_| Ok(()),
    )])
}

/// Its lock is the whole server's, and is named after the database.
#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_run_waits_for_another_on_mariadb_and_for_none_on_another_database() {
    let (database, other) = (TestDatabase::mysql().await, TestDatabase::mysql().await);
    let waits = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&waits);
    let patient = slow().observer(move |event: &Event| {
        if let Event::LockWaiting { holder } = event {
            seen.lock().unwrap().push(holder.clone());
        }
    });
    let first = slow();
    let running = first.upgrade(database.url(), "head");
    let others = async {
        tokio::time::sleep(Duration::from_millis(700)).await;
        let hasty = one().lock_timeout(Duration::from_millis(300));
        let started = Instant::now();
        let error = hasty.upgrade(database.url(), "head").await.unwrap_err();
        assert!(started.elapsed() >= Duration::from_millis(300));
        assert_eq!(error.kind(), ErrorKind::Locked);
        assert!(error.to_string().contains(": connection "), "{error}");
        let elsewhere = one().lock_timeout(Duration::ZERO);
        elsewhere.upgrade(other.url(), "head").await.unwrap();
        patient.upgrade(database.url(), "head").await.unwrap()
    };
    let (ran, waited) = tokio::join!(running, others);
    assert_eq!(ran.unwrap().applied.len(), 1);
    assert_eq!(waited.applied, []);
    let waits = waits.lock().unwrap();
    let [Some(holder)] = &waits[..] else {
        panic!("it was told once of the wait, and of the holder: {waits:?}")
    };
    assert!(holder.description.starts_with("connection "), "{holder:?}");
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn at_its_target_a_run_on_mariadb_needs_no_right_but_to_read() {
    let database = TestDatabase::mysql().await;
    one().upgrade(database.url(), "head").await.unwrap();
    let (address, name) = database.url().rsplit_once('/').unwrap();
    let (_, host) = address.split_once('@').unwrap();
    database
        .execute(&format!(
            "CREATE OR REPLACE USER reader@'127.0.0.1' IDENTIFIED BY 'reads'; GRANT SELECT ON {name}.* TO reader@'127.0.0.1'"
        ))
        .await;
    let url = format!("mysql://reader:reads@{host}/{name}");
    assert_eq!(one().upgrade(&url, "head").await.unwrap().applied, []);
    assert!(one().current(&url).await.unwrap().at_heads);
    let error = one().downgrade(&url, "base").await.unwrap_err();
    assert!(error.to_string().contains("denied"), "{error}");
    database.execute("DROP USER reader@'127.0.0.1'").await;
}
