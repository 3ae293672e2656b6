//! What is answered before there is a command: help, the version, and arguments that make no sense.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;

use crate::error::{CommandError, Kind};
use crate::format::Format;
use crate::ui::Ui;

/// Prints what clap has to say, in the form that was asked for, and returns the exit code.
pub(crate) fn answer(error: &clap::Error, arguments: &[OsString]) -> ExitCode {
    let help = matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    if help || !wants_json(arguments) {
        // A reader that has gone away is no error.
        drop(error.print());
        return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
    }
    if error.kind() == ErrorKind::MissingSubcommand {
        // clap would name the hidden ones too.
        let error = CommandError::usage("a command is missing").hint("For more information, try '--help'.");
        return Ui::of_process(false).failed(&error, Format::Json);
    }
    let text = error.to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let (message, usage) = text.split_once("\n\n").unwrap_or((text, ""));
    let error = CommandError::usage(message.trim_end());
    let lines = usage.split("\n\n").map(str::trim).filter(|line| !line.is_empty());
    let error = error.hints(lines);
    Ui::of_process(false).failed(&error, Format::Json)
}

/// Whether the arguments ask for JSON, as far as arguments that could not be read tell.
fn wants_json(arguments: &[OsString]) -> bool {
    let follows = |pair: &[OsString]| pair[0] == "--format" && pair[1] == "json";
    arguments.windows(2).any(follows) || arguments.iter().any(|argument| argument == "--format=json")
}

/// Says that the process cannot even start to work.
pub(crate) fn no_runtime(error: &std::io::Error) -> ExitCode {
    let error = CommandError::new(Kind::Io, format_args!("cannot start: {error}"));
    Ui::of_process(false).failed(&error, Format::Text)
}
