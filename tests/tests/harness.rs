//! The harness itself: a database of a test's own is empty, takes rows, and is gone afterwards.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::panic::catch_unwind;

use migrate_tests::{Compose, TestDatabase};

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

/// What the services of a compose file say that is wrong; nothing where they start.
fn refused(compose: &str, dockerfile: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("Dockerfile"), dockerfile).unwrap();
    let file = folder.path().join("compose.yaml");
    std::fs::write(&file, compose).unwrap();
    let database = TestDatabase::sqlite();
    let programs = [("app", "/bin/true")];
    let started = catch_unwind(|| drop(Compose::read(&file, &programs).up(&database, &[])));
    let Err(said) = started else {
        return String::new();
    };
    let text = said.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| said.downcast_ref::<String>().cloned()).unwrap()
}

#[test]
fn a_compose_file_that_would_not_start_is_refused() {
    let dockerfile = "FROM rust AS build\nCOPY . .\nFROM debian\n\
                      COPY --from=build /src/target/release/app /usr/local/bin/app\nCMD [\"app\"]\n";
    let compose = "
services:
  db:
    image: postgres:17
    environment: { POSTGRES_USER: u, POSTGRES_PASSWORD: p, POSTGRES_DB: d }
    healthcheck: { test: [\"CMD\", \"pg_isready\"], interval: 2s, retries: 3 }
  migrations:
    image: app
    build: { context: ., dockerfile: Dockerfile }
    environment: { DATABASE_URL: postgres://u:p@db/d }
    depends_on: { db: { condition: service_healthy } }
  api:
    image: app
    build: { context: ., dockerfile: Dockerfile }
    command: [app, serve]
    environment: { DATABASE_URL: postgres://u:p@db/d }
    depends_on: { migrations: { condition: service_completed_successfully } }
";
    assert_eq!(refused(compose, dockerfile), "");
    let wrong = |from: &str, to: &str| {
        assert!(compose.contains(from), "{from}");
        refused(&compose.replace(from, to), dockerfile)
    };
    insta::assert_snapshot!(
        [
            wrong("@db/d", "@database/d"),
            wrong("[app, serve]", "[ap, serve]"),
            wrong("condition: service_healthy", "condition: service_completed"),
            wrong("migrations: { condition", "migrate: { condition"),
            refused(compose, &dockerfile.replace("COPY . .", "COPY Cargo.lock .")),
            refused(compose, &dockerfile.replace("release/app", "release/application")),
        ]
        .join("\n"),
        @"
    no service is the database of `postgres://u:p@database/d`
    the image has no program `ap`
    called `Result::unwrap()` on an `Err` value: error: line 11 column 36: unknown variant `service_completed`, expected one of service_started, service_healthy, service_completed_successfully
      --> <input>:11:36
       |
     9 |     build: { context: ., dockerfile: Dockerfile }
    10 |     environment: { DATABASE_URL: postgres://u:p@db/d }
    11 |     depends_on: { db: { condition: service_completed } }
       |                                    ^ unknown variant `service_completed`, expected one of service_started, service_healthy, service_completed_successfully
    12 |   api:
    13 |     image: app
       |
    no service needs itself, and each that is needed is there
    Dockerfile: no `Cargo.lock` to copy
    Dockerfile: cargo builds no `application`
    "
    );
}
