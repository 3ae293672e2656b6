//! The command line of a project's own migrations.
//!
//! A project's binary has its migrations compiled in, and is three lines long:
//!
//! ```no_run
//! fn main() -> std::process::ExitCode {
//!     migrate_cli::main(migrations::migrator())
//! }
//! # mod migrations {
//! #     use migrate_core::__private::{MigrationSet, Migrator, migrator as of};
//! #     static NONE: MigrationSet =
//! #         MigrationSet { package: "app", module: "app", manifest_dir: "", directory: "migrations", migrations: &[] };
//! #     pub fn migrator() -> Migrator { of(&NONE, Vec::new()) }
//! # }
//! ```
//!
//! An application that has a command line already mounts [`Migrate`] under a command of its own.
//!
//! This is the only crate that knows terminals, configuration and exit codes; what a command does is one call of
//! `migrate_core` or `migrate_graph`. Only the feature `authoring` reads and writes the source of migrations.

mod args;
mod argument;
#[cfg(feature = "authoring")]
mod authoring;
#[cfg(feature = "authoring")]
mod cargo_migrate;
mod catalogue;
mod commands;
mod comparison;
mod compiled;
mod config;
mod context;
#[cfg(feature = "authoring")]
mod definition;
#[cfg(feature = "authoring")]
mod drawing;
mod entry;
mod error;
mod filling;
mod filter;
mod format;
mod help;
#[cfg(feature = "authoring")]
mod init;
mod json;
mod plan;
mod printable;
mod progress;
#[cfg(feature = "authoring")]
mod project;
mod secret;
mod session;
mod signal;
mod start;
mod status;
mod ui;
mod usage;
#[cfg(feature = "authoring")]
mod workshop;

use std::ffi::OsString;
use std::process::ExitCode;

#[cfg(feature = "authoring")]
use clap::CommandFactory;
use clap::Parser;
use migrate_core::Migrator;

pub use args::Migrate;
#[cfg(feature = "authoring")]
pub use cargo_migrate::cargo_migrate;
#[cfg(feature = "authoring")]
use definition::Definition;
use session::Session;

/// A program that is nothing but the command line.
#[derive(Debug, Parser)]
#[command(
    name = "migrate",
    version,
    about = "Migrate a database along its revisions",
    after_help = "`status` says what comes next; `help COMMAND` has examples."
)]
struct Program {
    #[command(flatten)]
    migrate: Migrate,
}

/// Runs the command that the process's arguments ask for, and returns its exit code.
///
/// The codes: 0 done; 1 the answer is no (`current --check-heads` is behind); 2 wrong usage, configuration, source,
/// build, revision or graph; 3 the database or a migration failed; 4 the lock was not to be had; 130 and 143 interrupted
/// by SIGINT and SIGTERM.
#[must_use]
pub fn main(migrator: Migrator) -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    match help::parse::<Program>(&arguments) {
        Ok(program) => {
            let session = session(&program.migrate, &arguments);
            block_on(compiled::run(&session, &program.migrate.command, migrator))
        }
        Err(error) => usage::answer(&error, &arguments),
    }
}

/// As [`main`], for a project with several databases, each with migrations of its own: `-n NAME` says which is meant,
/// and takes the table of that name in the configuration file.
///
/// ```no_run
/// # mod migrations {
/// #     use migrate_core::__private::{MigrationSet, Migrator, migrator as of};
/// #     static NONE: MigrationSet =
/// #         MigrationSet { package: "app", module: "app", manifest_dir: "", directory: "migrations", migrations: &[] };
/// #     pub mod users { pub fn migrator() -> super::Migrator { super::of(&super::NONE, Vec::new()) } }
/// #     pub mod stock { pub fn migrator() -> super::Migrator { super::of(&super::NONE, Vec::new()) } }
/// # }
/// use migrations::{stock, users};
///
/// fn main() -> std::process::ExitCode {
///     migrate_cli::main_named([("users", users::migrator()), ("stock", stock::migrator())])
/// }
/// ```
#[must_use]
pub fn main_named(migrators: impl IntoIterator<Item = (&'static str, Migrator)>) -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    match help::parse::<Program>(&arguments) {
        Ok(program) => {
            let session = session(&program.migrate, &arguments);
            block_on(program.migrate.run_one_of(&session, migrators))
        }
        Err(error) => usage::answer(&error, &arguments),
    }
}

/// The session of a project's own program.
#[cfg_attr(
    not(feature = "authoring"),
    expect(unused_variables, reason = "nothing describes it")
)]
fn session(migrate: &Migrate, arguments: &[OsString]) -> Session {
    let session = migrate.session("migrate");
    #[cfg(feature = "authoring")]
    let session = session.defined(Definition::of_program(Program::command(), arguments));
    session
}

/// Runs a command to its end on this thread.
fn block_on(command: impl Future<Output = ExitCode>) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return usage::no_runtime(&error),
    };
    let code = runtime.block_on(command);
    // A lookup of a host's name that is still going on is not waited for.
    runtime.shutdown_background();
    code
}
