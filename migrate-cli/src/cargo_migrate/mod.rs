//! The installed program: `cargo migrate`.
//!
//! It has no migrations compiled in. What needs none it answers itself, from the sources as they are; for the rest it
//! builds the project's own migration binary and becomes it.

mod build;
mod call;
mod compare;
mod handover;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::args::Migrate;
use crate::commands::Command;
use crate::config::{MIGRATE_CONFIG, Settings, option};
use crate::definition::Definition;
use crate::error::CommandError;
use crate::project;
use crate::session::Session;
use crate::workshop::Workshop;
use crate::{block_on, help, usage};

/// Migrations as typed Rust: create them, order them, run them
#[derive(Debug, Parser)]
#[command(
    name = "cargo migrate",
    bin_name = "cargo migrate",
    version,
    after_help = "\
Begin with `init`, `revision -m \"create users\"` and `upgrade head`; later `status` says
what comes next, and `help COMMAND` has examples."
)]
struct Program {
    /// The package of the workspace whose migrations are meant
    #[arg(
        short,
        long,
        value_name = "NAME",
        global = true,
        help_heading = "Common options"
    )]
    package: Option<String>,
    #[command(flatten)]
    migrate: Migrate,
}

/// The program `cargo-migrate`: runs the command that the process's arguments ask for, and returns its exit code,
/// which [`main`](crate::main) documents.
#[must_use]
pub fn cargo_migrate() -> ExitCode {
    let arguments = arguments(std::env::args_os().collect());
    let program = match help::parse::<Program>(&arguments) {
        Ok(program) => program,
        Err(error) => return usage::answer(&error, &arguments),
    };
    let session = program.migrate.session("cargo migrate");
    let mut session = session.defined(Definition::of_cargo(Program::command()));
    if let Some(package) = &program.package {
        session.chosen += &option("-p", package);
    }
    if let Command::Setup(command) = &*program.migrate.command {
        return block_on(session.on(None, command.run(&session)));
    }
    let settings = match settings(&mut session, program.package.as_deref()) {
        Ok(settings) => settings,
        Err(error) => return session.end(Err(error), None),
    };
    if let Command::Use(command) = &*program.migrate.command
        && command.needs_migrations()
    {
        let arguments = arguments.get(1..).unwrap_or_default();
        return match handover::hand_over(&session, &settings, arguments) {
            Ok(code) => code,
            Err(error) => session.end(Err(error), settings.secret().as_ref()),
        };
    }
    block_on(run(&session, settings, &program.migrate.command))
}

/// The arguments of cargo's subcommands have its name in front of them, `cargo-migrate migrate heads`; those of a
/// program that is called itself have not.
fn arguments(mut arguments: Vec<OsString>) -> Vec<OsString> {
    if arguments.get(1).is_some_and(|first| first == "migrate") {
        arguments.remove(1);
    }
    arguments
}

/// The settings of the project that is meant.
fn settings(session: &mut Session, package: Option<&str>) -> Result<Settings, CommandError> {
    // clap does not see this where one stands before the command and one behind it.
    if session.flags.config.is_some() && package.is_some() {
        return Err(CommandError::usage(
            "`-c` and `-p` both say which project is meant",
        ));
    }
    let named = session.flags.config.is_some() || session.environment.variable(MIGRATE_CONFIG).is_some();
    if !named || package.is_some() {
        let config = project::find(&session.environment.folder, package)?;
        session.flags.config = Some(config);
    }
    Ok(Settings::load(&session.flags, &session.environment, None)?)
}

async fn run(session: &Session, settings: Settings, command: &Command) -> ExitCode {
    let secret = settings.secret();
    let command = async {
        match command {
            Command::Use(command) => {
                let workshop = Workshop::open(session, settings, None)?;
                command.run(&workshop.context).await
            }
            Command::Author(command) => {
                let workshop = Workshop::open(session, settings, None)?;
                command.run(&workshop, &compare::OwnBinary { session }).await
            }
            Command::Setup(command) => command.run(session).await,
        }
    };
    session.on(secret, command).await
}
