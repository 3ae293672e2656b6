//! The harness itself: a database of a test's own is empty, takes rows, and is gone afterwards.

use migrate_tests::TestDatabase;

async fn takes_rows(database: &TestDatabase) {
    database
        .execute("CREATE TABLE t (id INTEGER, name TEXT); INSERT INTO t VALUES (1, 'one'), (2, NULL)")
        .await;
    assert_eq!(
        database.rows("SELECT * FROM t ORDER BY id").await,
        ["1 | one", "2 | NULL"]
    );
}

#[tokio::test]
async fn a_sqlite_database_is_a_new_file_that_goes_with_the_test() {
    let database = TestDatabase::sqlite();
    let file = database.file().unwrap();
    assert!(!file.exists());
    takes_rows(&database).await;
    assert!(file.exists());
    drop(database);
    assert!(!file.exists());
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_postgresql_database_is_a_new_one_that_goes_with_the_test() {
    let (database, witness) = (TestDatabase::postgres().await, TestDatabase::postgres().await);
    let name = database.url().rsplit('/').next().unwrap().to_owned();
    let is_there = format!("SELECT count(*) FROM pg_database WHERE datname = '{name}'");
    takes_rows(&database).await;
    assert_eq!(witness.rows(&is_there).await, ["1"]);
    drop(database);
    assert_eq!(witness.rows(&is_there).await, ["0"]);
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_mysql_database_is_a_new_one_that_goes_with_the_test() {
    let (database, witness) = (TestDatabase::mysql().await, TestDatabase::mysql().await);
    let name = database.url().rsplit('/').next().unwrap().to_owned();
    let is_there = format!("SELECT count(*) FROM information_schema.schemata WHERE schema_name = '{name}'");
    takes_rows(&database).await;
    assert_ne!(database.fingerprint().await, witness.fingerprint().await);
    takes_rows(&witness).await;
    assert_eq!(database.fingerprint().await, witness.fingerprint().await);
    assert_eq!(witness.rows(&is_there).await, ["1"]);
    drop(database);
    assert_eq!(witness.rows(&is_there).await, ["0"]);
}

#[test]
#[ignore = "needs Alembic: run by cargo xtask test"]
fn python_has_the_alembic_that_is_the_reference() {
    let mut version = std::process::Command::new(migrate_tests::python());
    version.args(["-c", "import alembic; print(alembic.__version__)"]);
    assert_eq!(migrate_tests::Transcript::of(&mut version).stdout, "1.20.1\n");
}
