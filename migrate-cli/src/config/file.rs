//! [`File`]: `migrate.toml`, or `[package.metadata.migrate]` in `Cargo.toml`.
//!
//! A table in it, but for `[autogenerate]`, has a name, and is a set of settings of its own: a second database, or a second place to run. What
//! it does not say, the keys above the tables say for all of them. Whatever the file may say is known here by name;
//! only what this program uses is read.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use migrate_core::TransactionMode;
use toml::{Table, Value};

use super::comparing::{AUTOGENERATE, Comparing};
use super::reader::Reader;
use super::toml_file::{CARGO_TOML, MIGRATE_TOML, table};
use super::{ConfigError, value};

/// All keys of the file, sorted.
pub(super) const KEYS: [&str; 13] = [
    AUTOGENERATE,
    "bin",
    "database_url",
    "file_template",
    "lock_timeout",
    "post_write_hooks",
    "script_location",
    "timezone",
    "transaction",
    "truncate_slug_length",
    "version_table",
    "version_table_schema",
    "wait",
];

/// A configuration file, or the lack of one.
#[derive(Debug, Default)]
pub(super) struct File {
    /// The file itself; none when there is none.
    pub(super) path: Option<PathBuf>,
    /// As it is written: variables are not expanded.
    pub(super) database_url: Option<String>,
    pub(super) version_table: Option<String>,
    /// None also when it is written as empty.
    pub(super) version_table_schema: Option<String>,
    pub(super) transaction: Option<TransactionMode>,
    pub(super) lock_timeout: Option<Duration>,
    pub(super) wait: Option<Duration>,
    pub(super) comparing: Comparing,
    #[cfg(feature = "authoring")]
    pub(super) authoring: super::Authoring,
}

impl File {
    /// Reads a file that must be there, and in it the table of a name. A `Cargo.toml` must have ours.
    pub(super) fn read(path: &Path, name: Option<&str>) -> Result<Self, ConfigError> {
        let table = table(path)?.ok_or_else(|| ConfigError::Unreadable {
            path: path.to_owned(),
            source: Arc::new(io::Error::from(io::ErrorKind::NotFound)),
        })?;
        if path.file_name().is_some_and(|name| name == CARGO_TOML) {
            let table = metadata(table).ok_or_else(|| ConfigError::NoTable {
                path: path.to_owned(),
            })?;
            return Self::from_table(path, &table, name);
        }
        Self::from_table(path, &table, name)
    }

    /// The file of a folder or of one above it, else the one of the package, else none.
    pub(super) fn find(
        folder: &Path,
        package: Option<&Path>,
        name: Option<&str>,
    ) -> Result<Self, ConfigError> {
        for folder in folder.ancestors().chain(package) {
            if let Some((path, table)) = of_folder(folder)? {
                return Self::from_table(&path, &table, name);
            }
        }
        Ok(Self::default())
    }

    fn from_table(path: &Path, table: &Table, name: Option<&str>) -> Result<Self, ConfigError> {
        let read = Reader::new(path, table, name)?;
        Ok(Self {
            #[cfg(feature = "authoring")]
            authoring: super::Authoring::read(&read)?,
            comparing: Comparing::read(&read)?,
            path: Some(path.to_owned()),
            database_url: read.text("database_url", "a string that is not empty", value::some_text)?,
            version_table: read.text("version_table", "a string that is not empty", value::some_text)?,
            version_table_schema: read
                .text("version_table_schema", "a string", |text| Some(text.to_owned()))?
                .filter(|schema| !schema.is_empty()),
            transaction: read.text("transaction", "`per-migration` or `single`", value::transaction)?,
            lock_timeout: read.text("lock_timeout", value::A_DURATION, value::duration)?,
            wait: read.text("wait", value::A_DURATION, value::duration)?,
        })
    }
}

/// The settings of a folder, if it has any: the file, and what it says.
fn of_folder(folder: &Path) -> Result<Option<(PathBuf, Table)>, ConfigError> {
    let path = folder.join(MIGRATE_TOML);
    if let Some(table) = table(&path)? {
        return Ok(Some((path, table)));
    }
    let path = folder.join(CARGO_TOML);
    Ok(table(&path)?.and_then(metadata).map(|table| (path, table)))
}

/// The configuration file of a folder, if it has one.
#[cfg(feature = "authoring")]
pub(crate) fn path_in(folder: &Path) -> Result<Option<PathBuf>, ConfigError> {
    Ok(of_folder(folder)?.map(|(path, _)| path))
}

fn metadata(cargo: Table) -> Option<Table> {
    let mut table = cargo;
    for key in ["package", "metadata", "migrate"] {
        let Some(Value::Table(inner)) = table.remove(key) else {
            return None;
        };
        table = inner;
    }
    Some(table)
}

/// The key that was probably meant.
pub(super) fn nearest(key: &str) -> Option<&'static str> {
    let distance = |known: &&str| strsim::damerau_levenshtein(known, &key.replace('-', "_"));
    KEYS.into_iter()
        .min_by_key(distance)
        .filter(|known| distance(known) <= 3)
}
