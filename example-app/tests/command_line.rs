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
