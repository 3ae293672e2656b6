//! A database that `sql/schema.sql` made and one that the migrations made are the same, and the models say it, on every
//! database.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::process::Command;

use existing_schema::{migrations::migrator, models::Job};
use migrate_core::autogenerate::render;
use migrate_core::model::{Model, Models};
use migrate_tests::{Compose, TestDatabase, Transcript};

const HERE: &str = env!("CARGO_MANIFEST_DIR");
const SCHEMA: &str = include_str!("../sql/schema.sql");

/// What a migration would have to do.
async fn missing(database: &TestDatabase) -> Vec<String> {
    // A linker leaves out what nobody names.
    assert_eq!(Job::table().name, "jobs");
    let check = migrator().check(database.url(), &Models::linked()).await.unwrap();
    check.comparison.operations.iter().flat_map(render).collect()
}

async fn existing_and_new_are_the_same(database: &TestDatabase) {
    let migrator = migrator();
    let report = migrator.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(report.applied.len(), 1, "the baseline is all that there is");
    assert_eq!(missing(database).await, [""; 0]);
    migrator.downgrade(database.url(), "base").await.unwrap();
    assert_eq!(database.tables().await, ["alembic_version"]);
    migrator.upgrade(database.url(), "head").await.unwrap();

    database.clear().await;
    database.execute(SCHEMA).await;
    migrator.stamp(database.url(), &["head"]).await.unwrap();
    let report = migrator.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(report.applied, []);
    assert_eq!(missing(database).await, [""; 0]);
    migrator.downgrade(database.url(), "base").await.unwrap();
    assert_eq!(database.tables().await, ["alembic_version"]);
}

#[tokio::test]
async fn existing_and_new_are_the_same_on_sqlite() {
    existing_and_new_are_the_same(&TestDatabase::sqlite()).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn existing_and_new_are_the_same_on_postgresql() {
    existing_and_new_are_the_same(&TestDatabase::postgres().await).await;
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn existing_and_new_are_the_same_on_mariadb() {
    existing_and_new_are_the_same(&TestDatabase::mysql().await).await;
}

fn compose() -> Compose {
    let programs = [("existing-schema", env!("CARGO_BIN_EXE_existing-schema"))];
    Compose::read(&Path::new(HERE).join("compose.yaml"), &programs)
}

async fn api_and_worker_start_behind_the_migrations(database: &TestDatabase) {
    let compose = compose();
    let mut up = compose.up(database, &[("BIND", "127.0.0.1:0")]);
    assert_eq!(up.order, ["postgres", "migrations", "api", "worker"]);
    up.service("api").until("listening on http://");
    up.service("worker").until("working");
    let job = "INSERT INTO jobs (id) VALUES ('00000000-0000-4000-8000-000000000001')";
    database.execute(job).await;
    assert_eq!(up.service("worker").until("done jobs: "), "1");
    assert!(up.service("api").stop().success());
    assert!(up.service("worker").stop().success());
    let migrated = up.service("migrations").said().join("\n");
    assert!(
        migrated.starts_with("Running upgrade  -> 5cd038a8f131, initial schema baseline"),
        "{migrated}"
    );

    // The next start finds nothing to do.
    let mut up = compose.up(database, &[("BIND", "127.0.0.1:0")]);
    up.service("api").until("listening on http://");
    let migrated = up.service("migrations").said().join("\n");
    assert_eq!(migrated, "Nothing to do: the database is there already");
}

#[tokio::test]
async fn on_sqlite_api_and_worker_start_behind_the_migrations() {
    api_and_worker_start_behind_the_migrations(&TestDatabase::sqlite()).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn on_postgresql_api_and_worker_start_behind_the_migrations() {
    api_and_worker_start_behind_the_migrations(&TestDatabase::postgres().await).await;
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn on_mariadb_api_and_worker_start_behind_the_migrations() {
    api_and_worker_start_behind_the_migrations(&TestDatabase::mysql().await).await;
}

/// Nothing listens before the migrations are through.
#[tokio::test]
async fn a_migration_that_fails_keeps_the_rest_from_starting() {
    let database = TestDatabase::sqlite();
    database.execute(SCHEMA).await;
    let up = std::panic::catch_unwind(|| compose().up(&database, &[("BIND", "127.0.0.1:0")]).order);
    let said = up.unwrap_err().downcast::<String>().unwrap();
    assert!(said.starts_with("migrations: ["), "{said}");
}

fn migrate(database: &TestDatabase, words: &str) -> Transcript {
    let mut command = Command::new(env!("CARGO_BIN_EXE_existing-schema"));
    command.arg("migrate").args(words.split(' '));
    Transcript::of(command.env("DATABASE_URL", database.url())).without_times()
}

/// Who upgrades a database that was made by hand is told of `stamp`, and that is the way on.
async fn table_already_exists(database: &TestDatabase) {
    database.execute(SCHEMA).await;
    let refused = migrate(database, "upgrade head");
    assert_eq!(refused.code, Some(3), "{refused}");
    let hint = "hint: `accounts` was there before any migration: where the database holds what `5cd038a8f131` makes, \
                `stamp 5cd038a8f131` says so and runs nothing; `check` then tells what differs";
    assert_eq!(refused.stderr.lines().last(), Some(hint), "{refused}");
    let done = [
        ("stamp 5cd038a8f131", ""),
        ("current", "5cd038a8f131 (head)\n"),
        ("upgrade head", ""),
        ("check", "No new upgrade operations detected.\n"),
    ];
    for (words, says) in done {
        let transcript = migrate(database, words);
        assert_eq!(
            (transcript.code, transcript.stdout.as_str()),
            (Some(0), says),
            "{words}: {transcript}"
        );
    }
}

#[tokio::test]
async fn table_already_exists_on_sqlite() {
    table_already_exists(&TestDatabase::sqlite()).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn table_already_exists_on_postgresql() {
    table_already_exists(&TestDatabase::postgres().await).await;
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn table_already_exists_on_mariadb() {
    table_already_exists(&TestDatabase::mysql().await).await;
}
