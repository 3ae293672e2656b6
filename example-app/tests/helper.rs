//! The helper `db`: the five commands that the documents have, on every database.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use migrate_tests::{Project, TestDatabase, Transcript};

/// A copy of what the helper reads of this project, so that it may write there.
fn project() -> Project {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = Project::empty(env!("CARGO_BIN_EXE_db"));
    project.write("migrate.toml", std::fs::read(here.join("migrate.toml")).unwrap());
    for file in std::fs::read_dir(here.join("migrations")).unwrap() {
        let file = file.unwrap();
        let name = format!("migrations/{}", file.file_name().display());
        project.write(&name, std::fs::read(file.path()).unwrap());
    }
    project
}

fn db(project: &Project, database: &TestDatabase, words: &[&str]) -> Transcript {
    let mut command = Command::new(env!("CARGO_BIN_EXE_db"));
    command
        .current_dir(project.path())
        .args(words)
        .env("DATABASE_URL", database.url());
    Transcript::of(&mut command).without_times()
}

/// What the helper says, in a line for what it was told.
fn session(project: &Project, database: &TestDatabase, lines: &[&[&str]]) -> String {
    let said = lines.iter().map(|words| {
        let transcript = db(project, database, words);
        format!("$ db {}\n{transcript}", words.join(" "))
    });
    said.collect()
}

/// `drop` takes an index away behind the tool's back.
async fn the_five_commands(database: &TestDatabase, drop: &str) {
    let project = project();
    let written: Vec<PathBuf> = project.files().into_keys().collect();
    let nickname = ["revision", "add users.nickname"];
    insta::allow_duplicates! {
        insta::assert_snapshot!(
            session(&project, database, &[
                &nickname,
                &["upgrade"],
                &["upgrade"],
                &["current"],
                &["history"],
                &nickname,
                &["downgrade"],
                &["current"],
                &["upgrade"],
            ]),
            @"
        $ db revision add users.nickname
        exit code 2
        --- stderr
        error: Target database is not up to date.
        hint: `upgrade head` brings it there; `check --offline` asks no database
        $ db upgrade
        exit code 0
        --- stderr
        Running upgrade  -> 001, initial schema (.. ms)
        Running upgrade 001 -> 002, add users.display_name (.. ms)
        Running upgrade 002 -> 003, fill users.display_name from name or email (.. ms)
        $ db upgrade
        exit code 0
        --- stderr
        Nothing to do: the database is there already
        $ db current
        exit code 0
        --- stdout
        003 (head)
        $ db history
        exit code 0
        --- stdout
        002 -> 003 (head), fill users.display_name from name or email
        001 -> 002, add users.display_name
        <base> -> 001, initial schema
        $ db revision add users.nickname
        exit code 0
        --- stderr
        Nothing to do: the models say what is there already; no file is written
        hint: a model counts once it is compiled in: its file needs a `mod`, and its crate a `use`
        $ db downgrade
        exit code 0
        --- stderr
        Running downgrade 003 -> 002, fill users.display_name from name or email (.. ms)
        $ db current
        exit code 0
        --- stdout
        002
        $ db upgrade
        exit code 0
        --- stderr
        Running upgrade 002 -> 003, fill users.display_name from name or email (.. ms)
        "
        );
    }
    assert_eq!(project.files().into_keys().collect::<Vec<_>>(), written);

    database.execute(drop).await;
    let made = db(&project, database, &["revision", "find mails again"]);
    assert_eq!(made.code, Some(0), "{made}");
    let files = project.files().into_keys();
    let new: Vec<PathBuf> = files.filter(|file| !written.contains(file)).collect();
    let [new] = new.as_slice() else {
        panic!("one new file: {new:?}")
    };
    let text = std::fs::read_to_string(new).unwrap();
    assert_eq!(
        made.stdout.trim_end(),
        new.strip_prefix(project.path()).unwrap().display().to_string()
    );
    assert!(text.starts_with("//! find mails again\n"), "{text}");
    assert!(text.contains("down_revision = \"003\""), "{text}");
    let up = r#"op.create_index(None, "messages", ["gmail_message_id"]).unique();"#;
    assert!(
        text.split_whitespace()
            .collect::<String>()
            .contains(&up.replace(' ', "")),
        "{text}"
    );
}

#[tokio::test]
async fn the_five_commands_on_sqlite() {
    the_five_commands(&TestDatabase::sqlite(), "DROP INDEX ix_messages_gmail_message_id").await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn the_five_commands_on_postgresql() {
    let drop = "DROP INDEX ix_messages_gmail_message_id";
    the_five_commands(&TestDatabase::postgres().await, drop).await;
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn the_five_commands_on_mariadb() {
    let drop = "DROP INDEX ix_messages_gmail_message_id ON messages";
    the_five_commands(&TestDatabase::mysql().await, drop).await;
}

#[test]
fn what_is_not_one_of_them_is_refused_with_a_way_on() {
    let (project, database) = (project(), TestDatabase::sqlite());
    insta::assert_snapshot!(
        session(&project, &database, &[
            &[],
            &["upgrad"],
            &["upgrade", "head"],
            &["revision"],
            &["revision", ""],
            &["revision", "--", "-x"],
        ]),
        @"
    $ db 
    exit code 2
    --- stderr
    The database's migrations: the commands of every day

    Usage: db <COMMAND>

    Commands:
      upgrade    Apply all pending migrations
      downgrade  Roll back one migration
      revision   Create a migration of what the models have and the database has not
      current    Show where the database is
      history    Show all migrations, the newest first
      help       Print this message or the help of the given subcommand(s)

    Options:
      -h, --help  Print help

    The program `migrate` has all commands. DATABASE_URL names the database, else migrate.toml does.
    $ db upgrad
    exit code 2
    --- stderr
    error: unrecognized subcommand 'upgrad'

      tip: some similar subcommands exist: 'downgrade', 'upgrade'

    Usage: db <COMMAND>

    For more information, try '--help'.
    $ db upgrade head
    exit code 2
    --- stderr
    error: unexpected argument 'head' found

    Usage: db upgrade

    For more information, try '--help'.
    $ db revision
    exit code 2
    --- stderr
    error: the following required arguments were not provided:
      <MESSAGE>

    Usage: db revision <MESSAGE>

    For more information, try '--help'.
    $ db revision 
    exit code 2
    --- stderr
    error: a value is required for '<MESSAGE>' but none was supplied

    For more information, try '--help'.
    $ db revision -- -x
    exit code 2
    --- stderr
    error: Target database is not up to date.
    hint: `upgrade head` brings it there; `check --offline` asks no database
    "
    );
}

#[test]
fn an_unknown_revision_in_the_database_is_told() {
    let (project, database) = (project(), TestDatabase::sqlite());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let ahead = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL); INSERT INTO alembic_version VALUES ('xyz')";
    runtime.block_on(database.execute(ahead));
    insta::assert_snapshot!(session(&project, &database, &[&["upgrade"], &["current"]]), @"
    $ db upgrade
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'xyz'
    hint: the database has it and the revisions here do not: get the missing revision, or set the table right with `stamp --purge`
    $ db current
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'xyz'
    hint: the database has it and the revisions here do not: get the missing revision, or set the table right with `stamp --purge`
    ");
}
