//! `cargo xtask`: the tasks of this workspace that need more than one cargo command.
//!
//! A task provides what it needs (a database server, Python with Alembic), and removes what it started however
//! it ends. The rules of the project itself are tests and lints; none is written here.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line program talks to its user"
)]

mod account;
mod bench;
mod chromium;
mod ci;
mod debian;
mod failure;
mod groff;
mod guard;
mod mariadb;
mod postgres;
mod process;
mod python;
mod random;
mod sqlite;
mod test;
mod workspace;

use std::process::ExitCode;

use failure::Failure;

const USAGE: &str = "\
Usage: cargo xtask <task>

Tasks:
  test [-- ARGS]  Run every test of the workspace, those that need a server included.
                  ARGS go to `cargo test`, and after a second `--` to the tests:
                  cargo xtask test -- -p migrate-graph plans -- --nocapture
  ci              All checks: format, lints, documentation, each crate alone, tests
  bench           Beside sqlite3, psql and Alembic: apply 1,000 migrations, nothing to do, plan 10,000 revisions,
                  read 1,000 and 10,000 source files, and check 1,000 models
  bench sources   Reading source files alone, which needs no server
  bench models    Checking models alone

The programs of PostgreSQL and MariaDB are looked for on PATH and where systems install them; sqlite3, Python 3, groff
and Chromium on PATH; on Debian what is missing is installed when that is allowed.
MIGRATE_TEST_POSTGRES=postgres://user:password@host/db and MIGRATE_TEST_MYSQL=mysql://user:password@host/ name servers to
use instead, MIGRATE_TEST_PYTHON an interpreter that has Alembic, MIGRATE_TEST_CHROMIUM a browser.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["test"] => test::run(&[]),
        ["test", "--", rest @ ..] => test::run(rest),
        ["ci"] => ci::run(),
        ["bench"] => bench::run(),
        ["bench", "sources"] => bench::run_sources(),
        ["bench", "models"] => bench::run_models(),
        [] | ["help" | "-h" | "--help"] => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(Failure::new(format!("there is no task `{}`", other.join(" ")))
            .hint("`cargo xtask help` lists them")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}
