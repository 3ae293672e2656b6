//! What the book's page cannot show: the script that the database's own client runs, and passwords that nobody sees.
//!
//! The workflows themselves are in `docs/src/systems/messaging.md`, which is run.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::process::Command;

use migrate_tests::{TestDatabase, Transcript};

/// Runs the application where no `.env` is.
fn messaging(url: &str, arguments: &[&str]) -> Transcript {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_messaging"));
    command.args(arguments).current_dir(folder.path());
    Transcript::of(command.env("DATABASE_URL", url))
}

fn done(database: &TestDatabase, arguments: &[&str]) -> String {
    let transcript = messaging(database.url(), arguments);
    assert_eq!(transcript.code, Some(0), "{arguments:?}: {transcript}");
    transcript.stdout
}

/// `upgrade head --sql > migration.sql`, and then the file.
async fn the_script_makes_what_the_upgrade_makes(database: &TestDatabase) {
    done(database, &["migrate", "upgrade", "head"]);
    let upgraded = database.fingerprint().await;
    database.clear().await;
    let script = done(database, &["migrate", "upgrade", "head", "--sql"]);
    assert_eq!(database.tables().await, [""; 0], "a script is only text");
    database.run_script(&script).unwrap();
    assert_eq!(database.fingerprint().await, upgraded);
    assert_eq!(done(database, &["migrate", "current"]), "753d9557b07b (head)\n");
    // And the application works with it.
    done(
        database,
        &["send", "ada@example.com", "grace@example.com", "Is it a moth?"],
    );
    let inbox = done(database, &["inbox", "grace@example.com"]);
    assert_eq!(inbox, "ada@example.com: Is it a moth?\n");
}

#[tokio::test]
#[ignore = "needs the sqlite3 client: run by cargo xtask test"]
async fn the_script_run_by_the_database_s_own_client_makes_what_the_upgrade_makes_on_sqlite() {
    the_script_makes_what_the_upgrade_makes(&TestDatabase::sqlite()).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn the_script_run_by_the_database_s_own_client_makes_what_the_upgrade_makes_on_postgres() {
    the_script_makes_what_the_upgrade_makes(&TestDatabase::postgres().await).await;
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn the_script_run_by_the_database_s_own_client_makes_what_the_upgrade_makes_on_mariadb() {
    the_script_makes_what_the_upgrade_makes(&TestDatabase::mysql().await).await;
}

/// A URL of the same server, with another password.
fn with_password(url: &str, password: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap();
    let (account, address) = rest.split_once('@').unwrap();
    let user = account.split(':').next().unwrap();
    format!("{scheme}://{user}:{password}@{address}")
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_wrong_password_is_refused_and_never_printed() {
    let database = TestDatabase::mysql().await;
    let url = with_password(database.url(), "hunter2");
    for arguments in [
        ["migrate", "upgrade", "head"].as_slice(),
        &["migrate", "current", "--format", "json"],
        &["inbox", "ada@example.com"],
    ] {
        let transcript = messaging(&url, arguments);
        let said = transcript.to_string();
        assert_ne!(transcript.code, Some(0), "{said}");
        assert!(said.contains("Access denied for user"), "{said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
}
