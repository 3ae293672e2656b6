//! Runs a command in a project's own binary: on the migrations that are compiled in.
//!
//! The installed program does the same on sources, in `cargo_migrate`.

use std::path::Path;
#[cfg(feature = "authoring")]
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;

use migrate_core::Migrator;

use crate::commands::Command;
#[cfg(feature = "authoring")]
use crate::comparison::{ComparisonOptions, Found};
use crate::config::Settings;
#[cfg(feature = "authoring")]
use crate::error::Kind;
use crate::error::{CommandError, Outcome};
#[cfg(feature = "authoring")]
use crate::project::shown;
use crate::session::Session;
#[cfg(feature = "authoring")]
use crate::workshop::{Answer, Compiled, Workshop};

/// Runs the command, and gives the exit code.
pub(crate) async fn run(session: &Session, command: &Command, migrator: Migrator) -> ExitCode {
    #[cfg(feature = "authoring")]
    if let Command::Setup(command) = command {
        return session.on(None, command.run(session)).await;
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
            let migrator = settings.apply(migrator, session.observer());
            let workshop = Workshop::open(session, settings, set)?;
            command.run(&workshop, &Own(Arc::new(migrator))).await
        }
        #[cfg(feature = "authoring")]
        Command::Setup(command) => command.run(session).await,
    }
}

/// What is compiled into this program.
#[cfg(feature = "authoring")]
struct Own(Arc<Migrator>);

#[cfg(feature = "authoring")]
impl Compiled for Own {
    fn compare<'a>(
        &'a self,
        workshop: &'a Workshop,
        options: &'a ComparisonOptions,
    ) -> Pin<Box<dyn Future<Output = Answer> + 'a>> {
        Box::pin(async move {
            let migrator = Arc::clone(&self.0);
            let mut sources = workshop.sources.iter();
            let newer = sources.find(|(id, _)| migrator.migration(id).is_none());
            if let Some((id, source)) = newer {
                let file = shown(&source.file.path, &workshop.environment.folder);
                let message = format!("this program does not contain revision {id} (`{file}`)");
                return Err(CommandError::new(Kind::Build, message).hint("build it anew"));
            }
            let check = options.check(&workshop.context.of(migrator)).await?;
            Ok(Ok(Found::from(&check)))
        })
    }
}
