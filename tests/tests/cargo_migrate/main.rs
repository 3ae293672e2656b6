//! Transcripts of `cargo migrate` on source files, most of which do not compile.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod broken;
mod compiling;
mod drawing;
mod edit;
mod errors;
mod finding;
mod help;
mod hooks;
mod hostile;
mod init;
mod init_refused;
mod many;
mod merge;
mod pages;
mod reading;
mod rebase;
mod revision;
mod same;
mod shells;
mod status;
mod writing;

use std::process::Command;

use migrate_tests::{Project, Transcript};

fn project() -> Project {
    Project::new(env!("CARGO_BIN_EXE_fixture-cargo-migrate"))
}

fn empty() -> Project {
    Project::empty(env!("CARGO_BIN_EXE_fixture-cargo-migrate"))
}

/// A project in which no hook runs.
fn without_hooks() -> Project {
    let project = project();
    project.write("migrate.toml", "post_write_hooks = []\n");
    project
}

/// 20 November 2026, 12:00 UTC.
const NOON: &str = "1795176000";

/// The command at noon.
fn at_noon(project: &Project, line: &str) -> Command {
    let mut command = project.command(line);
    command.env("SOURCE_DATE_EPOCH", NOON);
    command
}

/// Runs commands at noon, one after the other.
fn session(project: &Project, lines: &[&str]) -> String {
    let run = |line: &&str| {
        format!(
            "$ cargo migrate {line}\n{}\n",
            project.transcript(&mut at_noon(project, line))
        )
    };
    lines.iter().map(run).collect()
}

/// Runs a command that must change nothing.
fn refused(project: &Project, command: &mut Command) -> Transcript {
    let before = project.files();
    let transcript = project.transcript(command);
    assert_ne!(transcript.code, Some(0), "{command:?}: {transcript}");
    assert!(
        before == project.files(),
        "{command:?} changed a file: {transcript}"
    );
    transcript
}
