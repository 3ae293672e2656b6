//! `cargo xtask test`: every test of the workspace, with the servers and programs that they need.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::{chromium, groff, mariadb, postgres, process, python, sqlite};

/// The variable by which tests find a PostgreSQL server.
const POSTGRES: &str = "MIGRATE_TEST_POSTGRES";
/// The variable by which tests find a MySQL or MariaDB server.
const MYSQL: &str = "MIGRATE_TEST_MYSQL";
/// The variable by which tests find a Python that has Alembic.
const PYTHON: &str = "MIGRATE_TEST_PYTHON";

/// The variable by which tests find Chromium.
const CHROMIUM: &str = "MIGRATE_TEST_CHROMIUM";

/// The variable by which properties are told where they begin to make up their inputs, and the value that is set unless there
/// is one: a change is judged by what it does, and not by what was drawn. Other seeds look further.
const SEED: (&str, &str) = ("PROPTEST_RNG_SEED", "1");

/// Options by which `cargo test` is told what to run, besides names of packages.
const TARGET_OPTIONS: [&str; 11] = [
    "--lib",
    "--bins",
    "--bin",
    "--examples",
    "--example",
    "--tests",
    "--test",
    "--benches",
    "--bench",
    "--all-targets",
    "--doc",
];

pub(crate) fn run(arguments: &[&str]) -> Result<(), Failure> {
    let commands = commands(arguments);
    // What does not compile is reported once, and before anything is started.
    for words in commands.iter().filter(|words| !words.contains(&"--doc")) {
        let build = words.split(|word| *word == "--").next().unwrap_or_default();
        let mut build = cargo(&[build, &["--no-run", "--quiet"]].concat());
        if !process::succeeds(&mut build)? {
            return Err(Failure::new("the tests do not compile"));
        }
    }
    let services = Services::provide()?;
    let mut failed = Vec::new();
    for words in commands {
        let mut command = cargo(&words);
        services.announce(&mut command);
        let (variable, seed) = SEED;
        if std::env::var_os(variable).is_none() {
            command.env(variable, seed);
        }
        if !process::succeeds(&mut command)? {
            failed.push(process::line(&command));
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "these tests failed:\n  {}",
        failed.join("\n  ")
    )))
}

fn cargo(words: &[&str]) -> Command {
    let mut command = process::cargo();
    command.args(words);
    eprintln!("xtask: {}", process::line(&command));
    command
}

/// What the tests need beside cargo. Dropped, it is stopped.
struct Services {
    /// Where the servers' programs are, their clients among them, which need not be on PATH.
    programs: Vec<PathBuf>,
    postgres: Option<postgres::Server>,
    mariadb: Option<mariadb::Server>,
    python: Option<PathBuf>,
    chromium: Option<PathBuf>,
}

impl Services {
    /// Starts or finds what the environment does not name already.
    fn provide() -> Result<Self, Failure> {
        sqlite::find_or_install()?;
        groff::find_or_install()?;
        let python = match std::env::var_os(PYTHON) {
            Some(_) => None,
            None => Some(python::with_alembic()?),
        };
        let chromium = match std::env::var_os(CHROMIUM) {
            Some(_) => None,
            None => Some(chromium::find_or_install()?),
        };
        let mut programs = Vec::new();
        let postgres = match std::env::var_os(POSTGRES) {
            Some(_) => None,
            None => {
                let binaries = postgres::find_or_install()?;
                eprintln!("xtask: a private PostgreSQL server ({})", binaries.display());
                let server = postgres::Server::start(&binaries, postgres::Durability::None)?;
                programs.push(binaries);
                Some(server)
            }
        };
        let mariadb = match std::env::var_os(MYSQL) {
            Some(_) => None,
            None => {
                let binaries = mariadb::find_or_install()?;
                eprintln!("xtask: a private MariaDB server ({})", binaries.server.display());
                let server = mariadb::Server::start(&binaries)?;
                programs.extend(binaries.folder().map(Path::to_owned));
                Some(server)
            }
        };
        Ok(Self {
            programs,
            postgres,
            mariadb,
            python,
            chromium,
        })
    }

    fn announce(&self, command: &mut Command) {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::env::split_paths(&path).chain(self.programs.iter().cloned());
        // A folder with the separator in its name cannot be told, and is left to PATH as it is.
        if let Ok(path) = std::env::join_paths(folders) {
            command.env("PATH", path);
        }
        if let Some(server) = &self.postgres {
            command.env(POSTGRES, &server.url);
        }
        if let Some(server) = &self.mariadb {
            command.env(MYSQL, &server.url);
        }
        if let Some(python) = &self.python {
            command.env(PYTHON, python);
        }
        if let Some(chromium) = &self.chromium {
            command.env(CHROMIUM, chromium);
        }
    }
}

/// The `cargo test` commands to run. Doc tests are a run of their own: `--include-ignored` would also run the
/// examples that are marked `ignore`, which are not meant to be run.
fn commands<'a>(arguments: &[&'a str]) -> Vec<Vec<&'a str>> {
    let end = arguments.iter().position(|word| *word == "--");
    let (cargo, rest) = arguments.split_at(end.unwrap_or(arguments.len()));
    let harness = rest.get(1..).unwrap_or_default();

    let names_package = cargo
        .iter()
        .any(|word| *word == "-p" || word.starts_with("--package") || *word == "--workspace");
    let names_targets = cargo
        .iter()
        .any(|word| TARGET_OPTIONS.contains(&word.split('=').next().unwrap_or(word)));

    let mut common = vec!["test", "--all-features", "--no-fail-fast"];
    if !names_package {
        common.push("--workspace");
    }
    let targets: &[&[&str]] = if names_targets {
        &[&[]]
    } else {
        &[&["--all-targets"], &["--doc"]]
    };
    targets
        .iter()
        .map(|targets| {
            let is_doc = targets.contains(&"--doc") || cargo.contains(&"--doc");
            let ignored: &[&str] = if is_doc { &[] } else { &["--include-ignored"] };
            [common.as_slice(), targets, cargo, &["--"], ignored, harness].concat()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(arguments: &str) -> Vec<String> {
        let words: Vec<&str> = arguments.split_whitespace().collect();
        commands(&words).iter().map(|words| words.join(" ")).collect()
    }

    #[test]
    fn without_arguments_everything_runs_and_doc_tests_keep_their_ignored_ones() {
        assert_eq!(
            lines(""),
            [
                "test --all-features --no-fail-fast --workspace --all-targets -- --include-ignored",
                "test --all-features --no-fail-fast --workspace --doc --",
            ]
        );
    }

    #[test]
    fn a_package_a_filter_and_words_for_the_tests_are_passed_on() {
        assert_eq!(
            lines("-p migrate-graph plans -- --nocapture"),
            [
                "test --all-features --no-fail-fast --all-targets -p migrate-graph plans -- --include-ignored --nocapture",
                "test --all-features --no-fail-fast --doc -p migrate-graph plans -- --nocapture",
            ]
        );
    }

    #[test]
    fn named_targets_are_all_that_runs() {
        assert_eq!(
            lines("-p migrate-tests --test=architecture"),
            ["test --all-features --no-fail-fast -p migrate-tests --test=architecture -- --include-ignored"]
        );
        assert_eq!(
            lines("--doc"),
            ["test --all-features --no-fail-fast --workspace --doc --"]
        );
    }
}
