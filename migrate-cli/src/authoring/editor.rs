//! The person's editor: which one it is, and how it is called.
//!
//! `$EDITOR` and then `$VISUAL`, in Alembic's order, with the arguments that stand there; no shell reads them. Where
//! neither is set, the first well-known editor that is installed.

use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};

use crate::config::Environment;

/// Alembic's variables, the first that is set counts.
const VARIABLES: [&str; 2] = ["EDITOR", "VISUAL"];

/// Alembic's editors, each with what makes it wait until the person is done.
const WELL_KNOWN: [&[&str]; 5] = [
    &["sensible-editor"],
    &["editor"],
    &["nano"],
    &["vim"],
    &["code", "--wait"],
];

/// Why files were not edited. The sentences are Alembic's.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EditorError {
    #[error(
        "Error executing editor (No suitable editor found. Please set the \"EDITOR\" or \"VISUAL\" environment variables)"
    )]
    None,
    #[error("Error executing editor (`{variable}` cannot be read: {reason}): {text}")]
    Unreadable {
        variable: &'static str,
        text: String,
        reason: shell_words::ParseError,
    },
    #[error("Error executing editor ({source}: `{program}`)")]
    NotRun { program: String, source: io::Error },
    #[error("Error executing editor (`{program}` ended with {status})")]
    Failed { program: String, status: ExitStatus },
}

/// Opens files, all at once, and waits until the editor is done with them.
pub(crate) fn open(environment: &Environment, files: &[&Path]) -> Result<(), EditorError> {
    let words = words(environment)?;
    let (program, arguments) = words.split_first().ok_or(EditorError::None)?;
    let ran = Command::new(program).args(arguments).args(files).status();
    let status = ran.map_err(|source| EditorError::NotRun {
        program: program.clone(),
        source,
    })?;
    if status.success() {
        return Ok(());
    }
    Err(EditorError::Failed {
        program: program.clone(),
        status,
    })
}

/// The editor's program and its arguments.
fn words(environment: &Environment) -> Result<Vec<String>, EditorError> {
    for variable in VARIABLES {
        let Some(text) = environment.variable(variable) else {
            continue;
        };
        // The path of a program may have blanks and backslashes in it.
        if Path::new(text).is_file() {
            return Ok(vec![text.to_owned()]);
        }
        let words = shell_words::split(text).map_err(|reason| EditorError::Unreadable {
            variable,
            text: text.to_owned(),
            reason,
        })?;
        if !words.is_empty() {
            return Ok(words);
        }
    }
    let path = environment.variable("PATH").unwrap_or_default();
    let installed = |program: &str| {
        let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
        std::env::split_paths(path).any(|folder| folder.join(&name).is_file())
    };
    let found = WELL_KNOWN
        .iter()
        .find(|words| words.first().is_some_and(|it| installed(it)));
    let found = found.ok_or(EditorError::None)?;
    Ok(found.iter().map(|&word| word.to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_counts_and_then_what_is_installed() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in ["vim", "code", "my editor"] {
            std::fs::write(root.join(name), "").unwrap();
        }
        let path = root.to_str().unwrap();
        let with_blank = root.join("my editor");
        let cases: [&[(&str, &str)]; 7] = [
            &[("EDITOR", "code --wait -n 'a b'"), ("VISUAL", "vim")],
            &[("EDITOR", ""), ("VISUAL", "emacs -nw")],
            &[("EDITOR", "  ")],
            &[("EDITOR", with_blank.to_str().unwrap())],
            &[("EDITOR", "vim $(touch /tmp/x); rm `ls`")],
            &[("EDITOR", "vim 'never closed")],
            &[("PATH", "")],
        ];
        let shown = cases.map(|variables| {
            let mut environment = Environment::new(root.into(), &[("PATH", path)]);
            for (name, value) in variables {
                environment.set(name, value);
            }
            words(&environment).map_or_else(|error| error.to_string(), |words| format!("{words:?}"))
        });
        insta::assert_snapshot!(shown.join("\n").replace(path, "[folder]"), @r#"
        ["code", "--wait", "-n", "a b"]
        ["emacs", "-nw"]
        ["vim"]
        ["[folder]/my editor"]
        ["vim", "$(touch", "/tmp/x);", "rm", "`ls`"]
        Error executing editor (`EDITOR` cannot be read: missing closing quote): vim 'never closed
        Error executing editor (No suitable editor found. Please set the "EDITOR" or "VISUAL" environment variables)
        "#);
    }
}
