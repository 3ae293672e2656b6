//! Interruptions: the database rolls back, and the exit code says what happened.
#![cfg(unix)]

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use migrate_core::sqlx::{Connection, Executor, PgConnection};
use migrate_tests::TestDatabase;

use super::Fixture;

/// Starts an upgrade that never ends, and sends it a signal once its migration runs.
async fn interrupted(database: &TestDatabase, signal: &str) -> (Option<i32>, String) {
    interrupted_at(&Fixture::new("slow"), database, signal).await
}

/// The same with a fixture and a configuration of one's own.
async fn interrupted_at(fixture: &Fixture, database: &TestDatabase, signal: &str) -> (Option<i32>, String) {
    let mut command = fixture.command("upgrade head");
    command.env("DATABASE_URL", database.url()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stderr = child.stderr.take().unwrap();
    let mut said = vec![0; "Running upgrade".len()];
    stderr.read_exact(&mut said).unwrap();
    // It says so before it does so.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let sent = Command::new("kill")
        .args(["-s", signal, &child.id().to_string()])
        .status()
        .unwrap();
    assert!(sent.success());
    let mut text = String::from_utf8(said).unwrap();
    stderr.read_to_string(&mut text).unwrap();
    (child.wait().unwrap().code(), text)
}

#[tokio::test]
async fn an_interrupted_upgrade_leaves_nothing_behind() {
    let database = TestDatabase::sqlite();
    let (code, text) = interrupted(&database, "INT").await;
    assert_eq!(code, Some(130));
    insta::assert_snapshot!(text, @r"
    Running upgrade  -> 51051051, wait for ever
    error: interrupted by SIGINT: what is not committed is rolled back, and the next run goes on there
    ");
    let (code, text) = interrupted(&database, "TERM").await;
    assert_eq!(code, Some(143));
    assert!(text.contains("interrupted by SIGTERM"), "{text}");
    assert_eq!(
        database
            .rows("SELECT name FROM sqlite_schema WHERE name = 'waited'")
            .await,
        Vec::<String>::new()
    );
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn an_interrupted_upgrade_leaves_nothing_behind_on_postgres() {
    let database = TestDatabase::postgres().await;
    let (code, _) = interrupted(&database, "TERM").await;
    assert_eq!(code, Some(143));
    let tables = "SELECT tablename FROM pg_tables WHERE tablename = 'waited'";
    assert_eq!(database.rows(tables).await, Vec::<String>::new());
}

/// The database is at work on a statement when the signal comes: the process ends at once all the same.
async fn ends_in_time(database: &TestDatabase) {
    for mode in ["per-migration", "single"] {
        let fixture = Fixture::new("endless");
        let configuration = format!("transaction = '{mode}'");
        std::fs::write(fixture.path().join("migrate.toml"), configuration).unwrap();
        let started = Instant::now();
        let (code, text) = interrupted_at(&fixture, database, "TERM").await;
        assert_eq!(code, Some(143), "{text}");
        assert!(
            started.elapsed() < Duration::from_secs(3),
            "{:?}",
            started.elapsed()
        );
        assert!(!database.tables().await.contains(&"counted".to_owned()));
    }
}

#[tokio::test]
async fn a_statement_that_runs_does_not_keep_the_process() {
    ends_in_time(&TestDatabase::sqlite()).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_statement_that_runs_does_not_keep_the_process_nor_the_server() {
    let database = TestDatabase::postgres().await;
    ends_in_time(&database).await;
    is_left_alone(&database, "true").await;
}

/// Waits until the server has noticed that its client is gone: it looks every second.
async fn is_left_alone(database: &TestDatabase, but_for: &str) {
    let others = format!(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() \
         AND {but_for}"
    );
    let asked = Instant::now();
    while database.rows(&others).await != ["0"] {
        assert!(asked.elapsed() < Duration::from_secs(5), "an orphan works on");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// What is left of the index is invalid: it slows down every write, and serves no query.
#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn an_index_whose_build_was_interrupted_is_built_by_the_next_upgrade() {
    let database = TestDatabase::postgres().await;
    let fixture = Fixture::new("index");
    let run = |line: &str| {
        let transcript = fixture.transcript(fixture.command(line).env("DATABASE_URL", database.url()));
        transcript.replace(database.url(), "[database]")
    };
    assert_eq!(run("upgrade b1b1b1b1").code, Some(0));
    // The build waits for this transaction, which took no lock that the new column would wait for.
    let mut other = PgConnection::connect(database.url()).await.unwrap();
    for sql in ["BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT 1"] {
        other.execute(sql).await.unwrap();
    }
    let (code, text) = interrupted_at(&fixture, &database, "INT").await;
    assert_eq!(code, Some(130), "{text}");
    is_left_alone(&database, "state <> 'idle in transaction'").await;
    let indexes = "SELECT indexrelid::regclass::text, indisvalid FROM pg_index \
        WHERE indexrelid::regclass::text LIKE 'ix%'";
    assert_eq!(database.rows(indexes).await, ["ix_notes_number | f"]);
    let half = run("resolve").stdout;
    assert!(
        half.starts_with(
            "half done: 1 of 2 steps of upgrade b2b2b2b2; step 2 (fixtures/index/two.rs:11) was begun at"
        ) && half.contains("in the statement: CREATE INDEX CONCURRENTLY \"ix_notes_number\""),
        "{half}"
    );
    other.execute("COMMIT").await.unwrap();
    insta::assert_snapshot!(run("upgrade head"), @"
    exit code 0
    --- stderr
    Running upgrade b1b1b1b1 -> b2b2b2b2, number notes (.. ms)
    ");
    assert_eq!(database.rows(indexes).await, ["ix_notes_number | t"]);
    assert_eq!(run("resolve --format json").stdout, "null\n");
}
