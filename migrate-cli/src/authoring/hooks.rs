//! What runs after a file is written: the project's own programs, or rustfmt.
//!
//! A program gets its arguments as they are, and the file's absolute path as one of them: no shell reads either.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::ui::Ui;

/// What runs when the configuration does not say. Files that a macro declares are not found by `cargo fmt`.
const DEFAULT: [&str; 3] = ["rustfmt", "--edition", "2024"];

/// Where the path of the file goes; behind all arguments when none has it.
const FILE: &str = "{file}";

/// Why a hook did not do its work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HookError {
    #[error("cannot run post write hook '{program}': {source}")]
    NotRun { program: String, source: io::Error },
    #[error("post write hook '{program}' failed: {status}{}", after(output))]
    Failed {
        program: String,
        status: ExitStatus,
        output: String,
    },
}

/// Runs hooks one after the other in a project's folder, on the absolute path of a file: those of the configuration,
/// or the default.
///
/// # Errors
/// The first [`HookError`] of what is configured. The default is a courtesy, and where it fails, a warning.
pub(crate) fn run(
    configured: Option<&[Vec<String>]>,
    project: &Path,
    file: &Path,
    ui: &Ui,
) -> Result<(), HookError> {
    let Some(hooks) = configured else {
        if let Err(error) = hook(&DEFAULT.map(str::to_owned), project, file, ui) {
            ui.warn(&format!("{error}"));
        }
        return Ok(());
    };
    hooks.iter().try_for_each(|words| hook(words, project, file, ui))
}

fn hook(words: &[String], project: &Path, file: &Path, ui: &Ui) -> Result<(), HookError> {
    let Some((program, arguments)) = words.split_first() else {
        return Ok(());
    };
    ui.begin(&format!("Running post write hook '{program}' ..."));
    let ran = Command::new(located(program, project))
        .args(with_file(arguments, file))
        .current_dir(project)
        .stdin(Stdio::null())
        .output();
    let ran = ran.map_err(|source| HookError::NotRun {
        program: program.clone(),
        source,
    })?;
    let output = [ran.stdout, ran.stderr].concat();
    let output = String::from_utf8_lossy(&output).trim_end().to_owned();
    if !ran.status.success() {
        return Err(HookError::Failed {
            program: program.clone(),
            status: ran.status,
            output,
        });
    }
    ui.finish("done");
    if !output.is_empty() {
        ui.say(&output);
    }
    Ok(())
}

/// A program that is named by a relative path lies in the project; any other is looked for as a shell does.
fn located(program: &str, project: &Path) -> PathBuf {
    if Path::new(program).components().count() > 1 {
        project.join(program)
    } else {
        program.into()
    }
}

fn with_file(arguments: &[String], file: &Path) -> Vec<OsString> {
    let mut words: Vec<OsString> = arguments
        .iter()
        .map(|argument| {
            let mut parts = argument.split(FILE);
            let mut word = OsString::from(parts.next().unwrap_or_default());
            for part in parts {
                word.push(file);
                word.push(part);
            }
            word
        })
        .collect();
    if !arguments.iter().any(|argument| argument.contains(FILE)) {
        words.push(file.into());
    }
    words
}

/// What a program said, on lines of its own.
fn after(output: &str) -> String {
    if output.is_empty() {
        String::new()
    } else {
        format!("\n{output}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_stands_where_it_is_asked_for_else_last() {
        let words = |arguments: &[&str]| {
            let arguments: Vec<String> = arguments.iter().map(|word| (*word).to_owned()).collect();
            let words = with_file(&arguments, Path::new("/a b/$(c).rs"));
            words
                .iter()
                .map(|word| word.to_str().unwrap().to_owned())
                .collect::<Vec<_>>()
                .join("|")
        };
        assert_eq!(words(&[]), "/a b/$(c).rs");
        assert_eq!(words(&["-q"]), "-q|/a b/$(c).rs");
        assert_eq!(
            words(&["--in={file}", "-o", "{file}.x"]),
            "--in=/a b/$(c).rs|-o|/a b/$(c).rs.x"
        );
    }

    #[test]
    fn a_relative_program_lies_in_the_project() {
        let located = |program| located(program, Path::new("/project"));
        assert_eq!(located("rustfmt"), Path::new("rustfmt"));
        assert_eq!(located("tools/fmt.sh"), Path::new("/project/tools/fmt.sh"));
        assert_eq!(located("./fmt.sh"), Path::new("/project/./fmt.sh"));
        assert_eq!(located("/bin/true"), Path::new("/bin/true"));
    }
}
