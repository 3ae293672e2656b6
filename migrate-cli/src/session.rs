//! [`Session`]: one call of the command line, from what it says and where it stands to an exit code.

use std::process::ExitCode;
use std::sync::Arc;

use migrate_core::Event;

use crate::catalogue::Catalogue;
use crate::config::{Environment, Flags, Settings};
use crate::context::Context;
#[cfg(feature = "authoring")]
use crate::definition::Definition;
use crate::error::{CommandError, Outcome};
use crate::format::Format;
use crate::progress;
use crate::secret::Secret;
use crate::signal;
use crate::ui::Ui;

/// What every command has: the options that all share, the environment, and the streams.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) flags: Flags,
    pub(crate) format: Format,
    pub(crate) environment: Environment,
    pub(crate) ui: Arc<Ui>,
    /// How this command line is called: what comes before the name of a command.
    pub(crate) program: String,
    /// The options that say which project and which database are meant, as they were given, each after a blank.
    pub(crate) chosen: String,
    /// All of it, unless it is a part of another program's command line.
    #[cfg(feature = "authoring")]
    definition: Option<Definition>,
}

impl Session {
    pub(crate) fn of_process(flags: Flags, format: Format, quiet: bool, program: &str) -> Self {
        Self {
            chosen: flags.chosen(),
            flags,
            format,
            environment: Environment::of_process(),
            ui: Arc::new(Ui::of_process(quiet)),
            program: program.to_owned(),
            #[cfg(feature = "authoring")]
            definition: None,
        }
    }

    /// The same, of a program that is nothing but this command line.
    #[cfg(feature = "authoring")]
    pub(crate) fn defined(mut self, definition: Definition) -> Self {
        self.definition = Some(definition);
        self
    }

    /// The command line as a program.
    #[cfg(feature = "authoring")]
    pub(crate) fn definition(&self) -> Result<&Definition, CommandError> {
        self.definition.as_ref().ok_or_else(|| {
            CommandError::usage("the commands are a part of another program's command line here")
                .hint("the program itself can describe all of it, with clap_complete and clap_mangen")
        })
    }

    /// What the commands that speak of revisions receive.
    pub(crate) fn context(&self, catalogue: Arc<dyn Catalogue>, settings: Settings) -> Context {
        let ui = Arc::clone(&self.ui);
        let program = format!("{}{}", self.program, self.chosen);
        let Settings {
            database, comparing, ..
        } = settings;
        Context::new(catalogue, database, comparing, self.format, ui, program)
    }

    /// Tells the person what happens in a database.
    pub(crate) fn observer(&self) -> impl Fn(&Event) + Send + Sync + 'static {
        let ui = Arc::clone(&self.ui);
        move |event| progress::show(&ui, event)
    }

    /// Waits for a command, unless a signal comes first, and ends.
    pub(crate) async fn on(
        &self,
        database: Option<Secret>,
        command: impl Future<Output = Result<Outcome, CommandError>>,
    ) -> ExitCode {
        let outcome = tokio::select! {
            // In this order: signals are listened for before the command's first step.
            biased;
            signal = signal::received() => Err(CommandError::from(signal)),
            outcome = command => outcome,
        };
        self.end(outcome, database.as_ref())
    }

    /// Says why a command failed, and gives the exit code.
    pub(crate) fn end(&self, outcome: Result<Outcome, CommandError>, database: Option<&Secret>) -> ExitCode {
        match outcome {
            Ok(outcome) => outcome.into(),
            Err(error) => self
                .ui
                .failed(&error.at(database).scrubbed(database), self.format),
        }
    }
}
