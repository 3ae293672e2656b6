//! Transcripts of the command line: what a project's own binary prints, and how it ends.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod alembic;
mod backfill;
mod bad_input;
mod check;
mod configuration;
mod database;
mod generate;
mod graph;
mod half_done;
mod help;
mod mounted;
mod mysql;
mod offline;
mod plan;
mod postgres;
mod signals;

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use migrate_core::sqlx::{Connection, Executor, SqliteConnection, raw_sql};
use migrate_tests::Transcript;
use tempfile::TempDir;

/// A folder to call a fixture's binary in, which has no configuration but what a test gives.
struct Fixture {
    name: &'static str,
    folder: TempDir,
}

impl Fixture {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The command, on the SQLite file `app.db` of the folder.
    fn command(&self, line: &str) -> Command {
        let mut command = self.without_database(line);
        command.env("DATABASE_URL", "sqlite://app.db");
        command
    }

    fn without_database(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fixture-migrate"));
        command.current_dir(self.path()).args(line.split_whitespace());
        for variable in ["DATABASE_URL", "COLUMNS"] {
            command.env_remove(variable);
        }
        command.env("FIXTURE", self.name);
        command
    }

    /// Runs the command, and gives all that it said.
    fn run(&self, line: &str) -> Transcript {
        self.transcript(&mut self.command(line))
    }

    fn transcript(&self, command: &mut Command) -> Transcript {
        let transcript = Transcript::of(command).replace(&self.path().display().to_string(), "[folder]");
        transcript
            .replace(env!("CARGO_MANIFEST_DIR"), "[tests]")
            .without_times()
    }

    /// Runs commands one after the other, each with its line.
    fn session(&self, lines: &[&str]) -> String {
        lines.iter().fold(String::new(), |mut text, line| {
            write!(text, "$ migrate {line}\n{}\n", self.run(line)).unwrap();
            text
        })
    }

    /// Sends SQL to the database, which is there.
    async fn execute(&self, sql: &'static str) {
        let file = format!("sqlite://{}", self.path().join("app.db").display());
        let mut connection = SqliteConnection::connect(&file).await.unwrap();
        connection.execute(raw_sql(sql)).await.unwrap();
        connection.close().await.unwrap();
    }

    fn has_database(&self) -> bool {
        self.path().join("app.db").exists()
    }
}
