//! [`Definition`]: the whole command line as a program of its own, to be described to shells and in manual pages.
//!
//! Commands that are mounted in an application are no program: only the application knows how it is called.

use std::ffi::OsString;
use std::path::Path;

use clap::Command;
use clap::builder::StyledStr;

/// A program's command line.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    command: Command,
    /// The file's name.
    pub(crate) name: String,
    /// Whether cargo runs it as one of its own commands.
    pub(crate) of_cargo: bool,
}

impl Definition {
    /// A project's own binary, by the name that it was called by.
    pub(crate) fn of_program(command: Command, arguments: &[OsString]) -> Self {
        let called = arguments.first().and_then(|first| Path::new(first).file_stem());
        Self {
            name: called.map_or_else(
                || command.get_name().to_owned(),
                |name| name.to_string_lossy().into_owned(),
            ),
            command,
            of_cargo: false,
        }
    }

    /// The program `cargo-migrate`.
    pub(crate) fn of_cargo(command: Command) -> Self {
        Self {
            command,
            name: "cargo-migrate".to_owned(),
            of_cargo: true,
        }
    }

    /// What a person is told of it, under the program's name: all but hidden commands, and the command `help`.
    pub(crate) fn shown(&self) -> Command {
        self.shown_as(&self.name)
    }

    /// The same under another name.
    pub(crate) fn shown_as(&self, name: &str) -> Command {
        let commands = self
            .command
            .get_subcommands()
            .filter(|command| !command.is_hide_set());
        let text = |text: Option<&StyledStr>| text.cloned().unwrap_or_default();
        let mut shown = Command::new("migrate")
            .display_name(name)
            .bin_name(name)
            .version(env!("CARGO_PKG_VERSION"))
            .about(text(self.command.get_about()))
            .after_help(text(self.command.get_after_help()))
            .args(self.command.get_arguments().cloned())
            .subcommands(commands.cloned())
            .subcommand_required(true)
            .disable_help_subcommand(true);
        shown.build();
        shown
    }
}
