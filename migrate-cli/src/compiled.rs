//! Runs a command in a project's own binary: on the migrations that are compiled in.
//!
//! The installed program does the same on sources, in `cargo_migrate`.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use migrate_core::Migrator;

use crate::commands::Command;
use crate::config::Settings;
use crate::error::{CommandError, Outcome};
use crate::session::Session;
#[cfg(feature = "authoring")]
use crate::workshop::Workshop;

/// Runs the command, and gives the exit code.
pub(crate) async fn run(session: &Session, command: &Command, migrator: Migrator) -> ExitCode {
    #[cfg(feature = "authoring")]
    if let Command::Setup(command) = command {
        return session.end(command.run(session), None);
    }
    let package = migrator.sets().first().map(|set| set.manifest_dir);
    match Settings::load(&session.flags, &session.environment, package.map(Path::new)) {
        Ok(settings) => {
            let database = settings.secret();
            session
                .on(database, on(session, command, settings, migrator))
                .await
        }
        Err(error) => session.end(Err(error.into()), None),
    }
}

async fn on(
    session: &Session,
    command: &Command,
    settings: Settings,
    migrator: Migrator,
) -> Result<Outcome, CommandError> {
    match command {
        Command::Use(command) => {
            let migrator = settings.apply(migrator, session.observer());
            command.run(&session.context(Arc::new(migrator), settings)).await
        }
        #[cfg(feature = "authoring")]
        Command::Author(command) => {
            let set = migrator.sets().first().copied();
            command.run(&Workshop::open(session, settings, set)?).await
        }
        #[cfg(feature = "authoring")]
        Command::Setup(command) => command.run(session),
    }
}
