//! Reads a TOML file, and says what is wrong with it without showing any of its text, which may hold a password.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use toml::Table;

use super::ConfigError;

pub(crate) const CARGO_TOML: &str = "Cargo.toml";
pub(crate) const MIGRATE_TOML: &str = "migrate.toml";

/// The table that a file holds; none when there is no such file.
pub(crate) fn table(path: &Path) -> Result<Option<Table>, ConfigError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            return Ok(None);
        }
        Err(error) => {
            return Err(ConfigError::Unreadable {
                path: path.to_owned(),
                source: Arc::new(error),
            });
        }
    };
    text.parse()
        .map(Some)
        .map_err(|error: toml::de::Error| ConfigError::Syntax {
            path: path.to_owned(),
            line: error.span().map_or(1, |span| {
                1 + text
                    .bytes()
                    .take(span.start)
                    .filter(|&byte| byte == b'\n')
                    .count()
            }),
            message: error.message().to_owned(),
        })
}
