//! The application's models say what its migrations make.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use example_app::{migrations::migrator, models::User};
use migrate_core::autogenerate::render;
use migrate_core::model::{Model, Models};
use migrate_core::{Check, ErrorKind};
use migrate_tests::TestDatabase;

/// What a migration would have to do.
fn missing(check: &Check) -> String {
    let statements: Vec<String> = check.comparison.operations.iter().flat_map(render).collect();
    statements.join("\n")
}

#[test]
fn no_migration_is_missing() {
    // A linker leaves out what nobody names.
    assert_eq!(User::table().name, "users");
    for database in ["sqlite", "postgres", "mysql"] {
        let check = migrator().check_offline(database, &Models::linked()).unwrap();
        assert!(check.is_clean(), "{database}: {}", missing(&check));
    }
}

async fn none_is_missing(database: &TestDatabase) {
    let models = Models::linked();
    let behind = migrator().check(database.url(), &models).await.unwrap_err();
    assert_eq!(behind.kind(), ErrorKind::NotUpToDate);
    migrator().upgrade(database.url(), "head").await.unwrap();
    let check = migrator().check(database.url(), &models).await.unwrap();
    assert!(check.is_clean(), "{}", missing(&check));
}

#[tokio::test]
async fn none_is_missing_on_sqlite() {
    none_is_missing(&TestDatabase::sqlite()).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn none_is_missing_on_postgres() {
    none_is_missing(&TestDatabase::postgres().await).await;
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn none_is_missing_on_mariadb() {
    none_is_missing(&TestDatabase::mysql().await).await;
}
