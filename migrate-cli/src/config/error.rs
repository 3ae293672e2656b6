//! What can be wrong with the configuration. No error holds a value that may be a secret.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::printable::listed;

/// What is wrong with the configuration.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum ConfigError {
    #[error("cannot read `{}`: {source}", path.display())]
    Unreadable { path: PathBuf, source: Arc<io::Error> },
    #[error("`{}` is not valid TOML: line {line}: {message}", path.display())]
    Syntax {
        path: PathBuf,
        line: usize,
        message: String,
    },
    #[error("`{}` has no table `[package.metadata.migrate]`", path.display())]
    NoTable { path: PathBuf },
    #[error("`{}` has an unknown key `{key}`", path.display())]
    UnknownKey {
        path: PathBuf,
        key: String,
        nearest: Option<&'static str>,
    },
    #[error("`{key}` in `{}` is a key, and cannot be the name of a table", path.display())]
    TableOfKey { path: PathBuf, key: String },
    #[error("`{}` has no table `[{name}]`", path.display())]
    NoSuchName {
        path: PathBuf,
        name: String,
        names: Vec<String>,
    },
    #[error("`{}` holds several sets of migrations: {}", path.display(), listed(names))]
    NameMissing { path: PathBuf, names: Vec<String> },
    #[error("`{key}` in `{}` must be {expected}", path.display())]
    Value {
        path: PathBuf,
        key: &'static str,
        expected: &'static str,
    },
    #[error("`{key}` in `{}` names the variable `{variable}`, which is not set", path.display())]
    UndefinedVariable {
        path: PathBuf,
        key: &'static str,
        variable: String,
    },
    #[error("`{key}` in `{}` has a `${{` without its `}}`", path.display())]
    OpenVariable { path: PathBuf, key: &'static str },
    #[error("`{}` cannot be read as a `.env` file", path.display())]
    Dotenv { path: PathBuf },
    #[error("no database is configured")]
    NoDatabase { file: Option<PathBuf>, variable: String },
}

impl ConfigError {
    /// What to do next, a sentence each.
    pub(crate) fn hints(&self) -> Vec<String> {
        match self {
            Self::UnknownKey {
                nearest: Some(nearest),
                ..
            } => vec![format!("did you mean `{nearest}`?")],
            Self::UndefinedVariable { .. } => {
                vec!["set it in the environment or in `.env`; a literal `${` is written `$${`".into()]
            }
            Self::Dotenv { .. } => vec!["each line is `NAME=value`; quotes must be closed".into()],
            Self::NoSuchName { names, .. } if names.is_empty() => {
                vec!["`-n` names a table of settings, such as `[staging]`".into()]
            }
            Self::NoSuchName { names, .. } => vec![format!("there are {}", listed(names))],
            Self::NameMissing { names, .. } => {
                let names = names.iter().map(|name| format!("-n {name}"));
                vec![format!("say which one is meant: {}", listed(names))]
            }
            Self::NoDatabase { file, variable } => {
                let file = file.as_ref().map_or_else(
                    || "`migrate.toml`".to_owned(),
                    |path| format!("`{}`", path.display()),
                );
                vec![format!(
                    "set `{variable}`, give `--database-url`, or write `database_url` into {file}"
                )]
            }
            Self::Unreadable { .. }
            | Self::Syntax { .. }
            | Self::NoTable { .. }
            | Self::UnknownKey { nearest: None, .. }
            | Self::TableOfKey { .. }
            | Self::Value { .. }
            | Self::OpenVariable { .. } => Vec::new(),
        }
    }
}
