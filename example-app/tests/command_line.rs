//! The `migrate` binary: the README's commands, on both databases.

use std::process::Command;

use migrate_tests::{TestDatabase, Transcript};

/// The commands that the README tells a newcomer to try, without `cargo run .. --`.
fn readme() -> Vec<&'static str> {
    let lines = include_str!("../../README.md").lines();
    let commands = lines.filter_map(|line| line.strip_prefix("cargo run -p example-app --bin migrate -- "));
    commands
        .map(|line| line.split('#').next().unwrap_or(line).trim())
        .collect()
}

/// Runs one command after another and gives what each wrote to stdout.
fn session(database: &TestDatabase, commands: &[&str]) -> String {
    let mut text = String::new();
    for command in commands {
        let mut migrate = Command::new(env!("CARGO_BIN_EXE_migrate"));
        migrate
            .args(command.split(' '))
            .env("DATABASE_URL", database.url());
        let transcript = Transcript::of(&mut migrate);
        assert_eq!(transcript.code, Some(0), "{command}: {transcript}");
        text.extend(["$ migrate ", command, "\n", &transcript.stdout]);
    }
    text
}

fn goes_up_down_and_up_again(database: &TestDatabase) {
    let commands = [
        "upgrade head",
        "current",
        "downgrade base",
        "current",
        "upgrade head",
        "history",
    ];
    assert_eq!(
        session(database, &commands),
        "\
$ migrate upgrade head
$ migrate current
003 (head)
$ migrate downgrade base
$ migrate current
$ migrate upgrade head
$ migrate history
002 -> 003 (head), fill users.display_name from name or email
001 -> 002, add users.display_name
<base> -> 001, initial schema
"
    );
}

#[test]
fn the_readme_s_commands_work_on_sqlite() {
    let commands = readme();
    assert!(
        commands.len() > 5,
        "the README's commands are not where this test looks for them"
    );
    session(&TestDatabase::sqlite(), &commands);
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn the_readme_s_commands_work_on_postgresql() {
    session(&TestDatabase::postgres().await, &readme());
}

#[test]
fn on_sqlite_it_goes_up_down_and_up_again() {
    goes_up_down_and_up_again(&TestDatabase::sqlite());
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn on_postgresql_it_goes_up_down_and_up_again() {
    goes_up_down_and_up_again(&TestDatabase::postgres().await);
}

/// What `check` says, and its exit code.
fn check(database: &TestDatabase, arguments: &str) -> String {
    let mut migrate = Command::new(env!("CARGO_BIN_EXE_migrate"));
    let arguments = format!("check {arguments}");
    migrate
        .args(arguments.split_whitespace())
        .env("DATABASE_URL", database.url());
    let transcript = Transcript::of(&mut migrate);
    let code = transcript.code.unwrap_or(-1);
    format!("{}{}exit {code}\n", transcript.stdout, transcript.stderr)
}

/// `drop` takes an index away behind the tool's back.
async fn what_the_models_miss_is_told(database: &TestDatabase, drop: &str) {
    assert_eq!(
        check(database, ""),
        "\
error: Target database is not up to date.
hint: `upgrade head` brings it there; `check --offline` asks no database
exit 2
"
    );
    let clean = "No new upgrade operations detected.\nexit 0\n";
    assert_eq!(check(database, "--offline"), clean);
    assert_eq!(check(database, "--offline --database-url postgres:"), clean);
    session(database, &["upgrade head"]);
    assert_eq!(check(database, ""), clean);
    database.execute(drop).await;
    assert_eq!(
        check(database, ""),
        "\
New upgrade operations detected:
    op.create_index(None, \"messages\", [\"gmail_message_id\"]).unique();
exit 1
"
    );
    assert_eq!(
        check(database, "--format json"),
        r#"{
  "operations": [
    {
      "operation": "create_index ix_messages_gmail_message_id on messages",
      "words": "added index `ix_messages_gmail_message_id` on `messages`",
      "code": "op.create_index(None, \"messages\", [\"gmail_message_id\"]).unique();"
    }
  ],
  "open": [],
  "likely": [],
  "notes": [],
  "upgrade": [
    "op.create_index(None, \"messages\", [\"gmail_message_id\"]).unique();"
  ],
  "downgrade": [
    "op.drop_index(\"ix_messages_gmail_message_id\", \"messages\");"
  ]
}
exit 1
"#
    );
}

#[tokio::test]
async fn on_sqlite_what_the_models_miss_is_told() {
    what_the_models_miss_is_told(&TestDatabase::sqlite(), "DROP INDEX ix_messages_gmail_message_id").await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn on_postgresql_what_the_models_miss_is_told() {
    what_the_models_miss_is_told(
        &TestDatabase::postgres().await,
        "DROP INDEX ix_messages_gmail_message_id",
    )
    .await;
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn on_mariadb_what_the_models_miss_is_told() {
    what_the_models_miss_is_told(
        &TestDatabase::mysql().await,
        "DROP INDEX ix_messages_gmail_message_id ON messages",
    )
    .await;
}
