//! [`Environment`]: the process's variables and folder, as a value, so that tests need no process.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::ConfigError;

/// Where a command was called, and with which variables.
#[derive(Debug, Clone)]
pub(crate) struct Environment {
    /// The current folder.
    pub(crate) folder: PathBuf,
    variables: BTreeMap<String, String>,
}

/// The variables of a `.env` file, none when there is no such file.
#[derive(Debug, Default)]
pub(super) struct Dotenv {
    /// The folder that the file stands in.
    pub(super) folder: PathBuf,
    variables: BTreeMap<String, String>,
}

impl Environment {
    /// The environment of this process.
    pub(crate) fn of_process() -> Self {
        let text = |value: std::ffi::OsString| value.to_string_lossy().into_owned();
        Self {
            // Without a current folder, paths are left as they are written.
            folder: std::env::current_dir().unwrap_or_default(),
            variables: std::env::vars_os()
                .map(|(name, value)| (text(name), text(value)))
                .collect(),
        }
    }

    /// A variable; one that is empty counts as not set, as compose files write it.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        set(&self.variables, name)
    }

    /// The `.env` file of the current folder or above, else the one in another folder.
    pub(super) fn dotenv(&self, otherwise: Option<&Path>) -> Result<Dotenv, ConfigError> {
        let mut folders = self.folder.ancestors().chain(otherwise);
        let Some(folder) = folders.find(|folder| folder.join(".env").is_file()) else {
            return Ok(Dotenv::default());
        };
        let path = folder.join(".env");
        let invalid = |error: dotenvy::Error| {
            let path = path.clone();
            if let dotenvy::Error::Io(source) = error {
                let source = Arc::new(source);
                return ConfigError::Unreadable { path, source };
            }
            // The error shows the line, which may hold a password.
            ConfigError::Dotenv { path }
        };
        let variables = dotenvy::from_path_iter(&path).map_err(invalid)?;
        Ok(Dotenv {
            folder: folder.to_owned(),
            variables: variables.collect::<Result<_, _>>().map_err(invalid)?,
        })
    }
}

impl Dotenv {
    /// A variable; one that is empty counts as not set.
    pub(super) fn variable(&self, name: &str) -> Option<&str> {
        set(&self.variables, name)
    }
}

fn set<'a>(variables: &'a BTreeMap<String, String>, name: &str) -> Option<&'a str> {
    variables
        .get(name)
        .map(String::as_str)
        .filter(|value| !value.is_empty())
}

#[cfg(test)]
impl Environment {
    pub(crate) fn new(folder: PathBuf, variables: &[(&str, &str)]) -> Self {
        let mut environment = Self {
            folder,
            variables: BTreeMap::new(),
        };
        for (name, value) in variables {
            environment.set(name, value);
        }
        environment
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.variables.insert(name.into(), value.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_dotenv_is_named_without_its_text() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(".env"), "DATABASE_URL='postgres://u:hunter2@h").unwrap();
        let environment = Environment::new(folder.path().into(), &[]);
        let error = environment.dotenv(None).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"));
        assert!(
            error
                .to_string()
                .ends_with(".env` cannot be read as a `.env` file"),
            "{error}"
        );
    }

    #[test]
    fn of_a_dotenv_that_cannot_be_read_the_reason_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let text = b"DATABASE_URL=sqlite://caf\xe9.db\n";
        std::fs::write(folder.path().join(".env"), text).unwrap();
        let environment = Environment::new(folder.path().into(), &[]);
        let error = environment.dotenv(None).unwrap_err();
        assert!(matches!(error, ConfigError::Unreadable { .. }), "{error}");
        assert!(error.to_string().ends_with("valid UTF-8"), "{error}");
    }
}
