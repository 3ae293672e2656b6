//! `completions`

use std::io;

use clap::Args;
use clap_complete::{Generator, Shell};

use crate::definition::Definition;
use crate::error::{CommandError, Outcome};
use crate::session::Session;

/// Print a script with which a shell completes commands and options
///
/// It goes where the shell looks for it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  completions bash >> ~/.bashrc                            what bash reads when it starts
  completions zsh > DIR/_cargo-migrate                     a DIR of your $fpath; `_` and the program's name
  completions fish > ~/.config/fish/conf.d/migrate.fish    what fish reads when it starts
  completions powershell >> $PROFILE
  completions elvish >> ~/.config/elvish/rc.elv")]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self, session: &Session) -> Result<Outcome, CommandError> {
        let definition = session.definition()?;
        let mut script = script(self.shell, definition)?;
        if definition.of_cargo {
            script += of_cargo(self.shell);
        }
        session.ui.data(&script)?;
        Ok(Outcome::Done)
    }
}

fn script(shell: Shell, definition: &Definition) -> io::Result<String> {
    // In bash the generator loses the commands of a program that has a `-` in its name.
    let plain = match shell {
        Shell::Bash => definition.name.replace('-', "_"),
        Shell::Elvish | Shell::Fish | Shell::PowerShell | Shell::Zsh | _ => definition.name.clone(),
    };
    let command = definition.shown_as(&plain);
    let mut script = Vec::new();
    shell.try_generate(&command, &mut script)?;
    let script = String::from_utf8_lossy(&script);
    let called = |name: &str| format!(" -o default {name}\n");
    Ok(script.replace(&called(&plain), &called(&definition.name)))
}

/// How `cargo migrate` is completed as `cargo-migrate` is, as far as a shell can. zsh does that of itself.
fn of_cargo(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash => include_str!("cargo.bash"),
        Shell::Fish => include_str!("cargo.fish"),
        Shell::Elvish | Shell::PowerShell | Shell::Zsh | _ => "",
    }
}
