//! Interruptions: the database rolls back, and the exit code says what happened.
#![cfg(unix)]

use std::io::Read;
use std::process::{Command, Stdio};

use migrate_tests::TestDatabase;

use super::Fixture;

/// Starts an upgrade that never ends, and sends it a signal once its migration runs.
async fn interrupted(database: &TestDatabase, signal: &str) -> (Option<i32>, String) {
    let fixture = Fixture::new("slow");
    let mut command = fixture.command("upgrade head");
    command.env("DATABASE_URL", database.url()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stderr = child.stderr.take().unwrap();
    let mut said = vec![0; "Running upgrade".len()];
    stderr.read_exact(&mut said).unwrap();
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
    error: interrupted by SIGINT: what is not committed is rolled back
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
