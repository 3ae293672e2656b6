//! [`Reader`]: the values of one configuration file, a named table before what all share.
//!
//! What other places say, such as flags, is not known here.

use std::path::Path;

use toml::{Table, Value};

use super::ConfigError;
use super::comparing::AUTOGENERATE;
use super::file::{KEYS, nearest};

/// The values of one file.
pub(super) struct Reader<'a> {
    path: &'a Path,
    shared: &'a Table,
    named: Option<&'a Table>,
}

impl<'a> Reader<'a> {
    /// The values of the table of this name, or those above the tables.
    ///
    /// # Errors
    /// Unknown keys, a name that there is not, and no name where only the tables say which migrations are meant.
    pub(super) fn new(path: &'a Path, shared: &'a Table, name: Option<&str>) -> Result<Self, ConfigError> {
        let tables = || {
            shared
                .iter()
                .filter(|(name, _)| *name != AUTOGENERATE)
                .filter_map(|(name, value)| Some((name, value.as_table()?)))
        };
        let keys = shared.iter().filter(|(_, value)| !value.is_table());
        let inner = tables().flat_map(|(_, table)| table.keys());
        let unknown = |key: &&String| !KEYS.contains(&key.as_str());
        if let Some(key) = keys.map(|(key, _)| key).chain(inner).find(unknown) {
            return Err(ConfigError::UnknownKey {
                path: path.to_owned(),
                key: key.clone(),
                nearest: nearest(key),
            });
        }
        if let Some((key, _)) = tables().find(|(name, _)| KEYS.contains(&name.as_str())) {
            return Err(ConfigError::TableOfKey {
                path: path.to_owned(),
                key: key.clone(),
            });
        }
        let named = name.map(|name| tables().find(|(known, _)| *known == name));
        let names = || tables().map(|(name, _)| name.clone()).collect();
        let said = |table: &Table| table.contains_key("script_location");
        match (name, named.flatten()) {
            (Some(name), None) => Err(ConfigError::NoSuchName {
                path: path.to_owned(),
                name: name.to_owned(),
                names: names(),
            }),
            (None, _) if !said(shared) && tables().any(|(_, table)| said(table)) => {
                Err(ConfigError::NameMissing {
                    path: path.to_owned(),
                    names: names(),
                })
            }
            (_, named) => Ok(Self {
                path,
                shared,
                named: named.map(|(_, table)| table),
            }),
        }
    }

    /// The value of a key, read; none when the key is not there.
    pub(super) fn value<T>(
        &self,
        key: &'static str,
        expected: &'static str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<Option<T>, ConfigError> {
        let own = self.named.and_then(|table| table.get(key));
        let shared = self.shared.get(key).filter(|_| self.shares(key));
        let Some(value) = own.or(shared) else {
            return Ok(None);
        };
        read(value).map(Some).ok_or_else(|| ConfigError::Value {
            path: self.path.to_owned(),
            key,
            expected,
        })
    }

    /// Whether what is said above the tables counts for this one. Migrations of its own are not those of the database
    /// that others use: on one version table each would take the other's rows for unknown ones.
    fn shares(&self, key: &str) -> bool {
        let says = |key: &str| self.named.is_some_and(|table| table.contains_key(key));
        let apart = says("script_location") && !says("version_table") && !says("version_table_schema");
        key != "database_url" || !apart
    }

    /// The value of a key that holds text, read; none when the key is not there.
    pub(super) fn text<T>(
        &self,
        key: &'static str,
        expected: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, ConfigError> {
        self.value(key, expected, |value| value.as_str().and_then(read))
    }
}
