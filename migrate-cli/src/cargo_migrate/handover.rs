//! Hands a command over to the project's own binary: builds it, has it checked against the sources, and becomes it.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};

use super::build::Binary;
use super::call::{Call, cannot_run};
use crate::config::Settings;
use crate::error::CommandError;
use crate::project::{Project, Sources};
use crate::session::Session;

/// Runs the command in the project's own binary. It returns when that could not begin; on Unix the binary takes the
/// place of this process, so that the terminal, signals and the exit code are its own.
pub(super) fn hand_over(
    session: &Session,
    settings: &Settings,
    arguments: &[OsString],
) -> Result<ExitCode, CommandError> {
    let project = Project::of(settings, &session.environment.folder)?;
    let mut command = own_binary(session, &project)?;
    command.args(without_package(arguments));
    become_it(&mut command).map_err(|error| cannot_run(&command, &error))
}

/// The project's own binary as it is now, to be called with a command.
pub(super) fn own_binary(session: &Session, project: &Project) -> Result<Command, CommandError> {
    let current = &session.environment.folder;
    let binary = Binary::of(project)?;
    let program = binary
        .build(session.ui.is_quiet())
        .map_err(|error| mending(error, project, current))?;
    let call = Call {
        binary: &binary,
        project,
        current,
        name: session.flags.name.as_deref(),
    };
    let program = call.up_to_date(program, session)?;
    Ok(call.command(&program))
}

/// The arguments less `-p`, which is ours alone. They were read before, so a `-p` among them is no other's value:
/// no option of the commands that are handed over takes one that begins with a hyphen and a letter.
fn without_package(arguments: &[OsString]) -> Vec<&OsString> {
    let mut kept = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let text = argument.to_string_lossy();
        if text == "-p" || text == "--package" {
            arguments.next();
        } else if !text.starts_with("--package=") && !text.starts_with("-p") {
            kept.push(argument);
        }
    }
    kept
}

/// A build that failed because of the graph is mended by a command.
fn mending(error: CommandError, project: &Project, current: &Path) -> CommandError {
    match Sources::read(project, current) {
        Ok(sources) => {
            let heads = sources.heads(current);
            if heads.len() < 2 {
                return error;
            }
            error
                .hint(format!("the migrations have several heads: {}", heads.join(", ")))
                .hint("`cargo migrate merge heads` or `cargo migrate rebase` makes them one")
        }
        Err(problem) => {
            let problem = CommandError::from(problem);
            let lines = problem.message.lines().map(str::to_owned);
            error.hints(lines).hints(problem.hints)
        }
    }
}

#[cfg(unix)]
fn become_it(command: &mut Command) -> std::io::Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(command.exec())
}

#[cfg(not(unix))]
fn become_it(command: &mut Command) -> std::io::Result<ExitCode> {
    let status = command.status()?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(3)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_is_not_handed_over() {
        let lines = [
            "upgrade head -p shop --sql",
            "-p shop upgrade -1",
            "-pshop upgrade +1",
            "upgrade --package=shop head",
            "--package shop upgrade --plan head",
        ];
        let shown = lines.map(|line| {
            let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            let kept = without_package(&arguments)
                .into_iter()
                .map(|it| it.to_string_lossy());
            kept.collect::<Vec<_>>().join(" ")
        });
        assert_eq!(
            shown,
            [
                "upgrade head --sql",
                "upgrade -1",
                "upgrade +1",
                "upgrade head",
                "upgrade --plan head"
            ]
        );
    }
}
