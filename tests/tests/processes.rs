//! Whole processes, raced and killed: every migration is done once, and a death leaves the old state, or what the next
//! run goes on with.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use migrate_tests::TestDatabase;

fn start(database: &TestDatabase, step_ms: u32) -> Child {
    Command::new(env!("CARGO_BIN_EXE_race"))
        .arg(database.url())
        .env("STEP_MS", step_ms.to_string())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Sixteen processes at once: all of them end well, and each migration is done by one of them.
async fn race(database: TestDatabase) {
    let children: Vec<Child> = (0..16).map(|_| start(&database, 20)).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    assert_eq!(
        database.rows("SELECT step FROM log ORDER BY step").await,
        ["1", "2", "3", "4", "5"]
    );
    assert_eq!(
        database.rows("SELECT version_num FROM alembic_version").await,
        ["r5"]
    );
}

/// The tables that there are when two migrations are done.
const NOTHING_OF_IT: [&str; 4] = ["alembic_version", "log", "made_1", "made_2"];

/// A process killed while its third migration's transaction is open: the first two stay, nothing of the third
/// does but what it `left`, and the next run finishes.
async fn kill(database: TestDatabase, left: &[&str]) {
    let mut child = start(&database, 1500);
    let stderr = BufReader::new(child.stderr.take().unwrap());
    let mut lines = stderr.lines().map_while(Result::ok);
    assert!(lines.any(|line| line == "r3"), "the third migration never began");
    // Inside the pause of the data step: the table is made, and not committed.
    std::thread::sleep(std::time::Duration::from_millis(500));
    child.kill().unwrap();
    child.wait().unwrap();

    assert_eq!(
        database.rows("SELECT version_num FROM alembic_version").await,
        ["r2"]
    );
    assert_eq!(database.tables().await, left);
    let output = start(&database, 0).wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(
        database.rows("SELECT step FROM log ORDER BY step").await,
        ["1", "2", "3", "4", "5"]
    );
}

#[tokio::test]
async fn sixteen_processes_upgrade_an_empty_sqlite_file_and_each_migration_runs_once() {
    race(TestDatabase::sqlite()).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn sixteen_processes_upgrade_an_empty_postgres_database_and_each_migration_runs_once() {
    race(TestDatabase::postgres().await).await;
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn sixteen_processes_upgrade_an_empty_mariadb_database_and_each_migration_runs_once() {
    race(TestDatabase::mysql().await).await;
}

#[tokio::test]
async fn a_process_killed_in_the_middle_of_a_migration_leaves_the_old_state_in_sqlite() {
    kill(TestDatabase::sqlite(), &NOTHING_OF_IT).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_process_killed_in_the_middle_of_a_migration_leaves_the_old_state_in_postgres() {
    kill(TestDatabase::postgres().await, &NOTHING_OF_IT).await;
}

/// Its first step is committed, and not run again.
#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_process_killed_in_the_middle_of_a_migration_is_gone_on_with_in_mariadb() {
    let left = [
        "alembic_version",
        "alembic_version_journal",
        "log",
        "made_1",
        "made_2",
        "made_3",
    ];
    kill(TestDatabase::mysql().await, &left).await;
}
