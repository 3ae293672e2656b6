//! [`Comparing`]: what the configuration says to the commands that compare models with a database.

use toml::Value;

use super::ConfigError;
use super::reader::Reader;

/// The table of the file that is no database of its own.
pub(super) const AUTOGENERATE: &str = "autogenerate";

/// The lists of `[autogenerate]`, as they are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Comparing {
    /// Patterns of tables: these alone.
    pub(crate) include: Vec<String>,
    /// Patterns of tables: without these.
    pub(crate) exclude: Vec<String>,
    /// Schemas besides the one that is looked in first.
    pub(crate) schemas: Vec<String>,
}

impl Comparing {
    pub(super) fn read(read: &Reader<'_>) -> Result<Self, ConfigError> {
        let expected = "a table of `include`, `exclude` and `schemas`, each a list of names";
        Ok(read.value(AUTOGENERATE, expected, comparing)?.unwrap_or_default())
    }
}

fn comparing(value: &Value) -> Option<Comparing> {
    let mut comparing = Comparing::default();
    for (key, value) in value.as_table()? {
        let list = match key.as_str() {
            "include" => &mut comparing.include,
            "exclude" => &mut comparing.exclude,
            "schemas" => &mut comparing.schemas,
            _ => return None,
        };
        let names = value.as_array()?.iter().map(Value::as_str);
        let names: Option<Vec<&str>> = names.map(|name| name.filter(|name| !name.is_empty())).collect();
        *list = names?.into_iter().map(str::to_owned).collect();
    }
    Some(comparing)
}
