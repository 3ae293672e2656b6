//! [`Authoring`]: what the configuration says to the commands that read and write sources.

use toml::Value;

use super::reader::Reader;
use super::{ConfigError, value};

/// The keys as they are written; what they mean, and their defaults, is known where they are used.
#[derive(Debug, Clone, Default)]
pub(crate) struct Authoring {
    /// The folders of migrations, relative to the file's folder; none when the file does not say.
    pub(crate) script_location: Option<Vec<String>>,
    pub(crate) file_template: Option<String>,
    pub(crate) truncate_slug_length: Option<usize>,
    pub(crate) timezone: Option<String>,
    /// Programs with their arguments; none is not the same as an empty list.
    pub(crate) post_write_hooks: Option<Vec<Vec<String>>>,
    /// The project's own migration binary, or `package/bin`, and words that come before ours.
    pub(crate) bin: Option<String>,
}

impl Authoring {
    pub(super) fn read(read: &Reader<'_>) -> Result<Self, ConfigError> {
        Ok(Self {
            script_location: read.value("script_location", "a folder, or a list of folders", folders)?,
            file_template: read.text("file_template", "a string that is not empty", value::some_text)?,
            truncate_slug_length: read.value("truncate_slug_length", "a number from 1 to 200", |value| {
                let length = usize::try_from(value.as_integer()?).ok()?;
                (1..=200).contains(&length).then_some(length)
            })?,
            timezone: read.text("timezone", "the name of a time zone", value::some_text)?,
            post_write_hooks: read.value(
                "post_write_hooks",
                "a list of commands, each a list of a program and its arguments",
                |value| value.as_array()?.iter().map(texts).collect(),
            )?,
            bin: read.text("bin", "the name of a binary, or `package/bin`", value::some_text)?,
        })
    }
}

/// One folder, or some.
fn folders(value: &Value) -> Option<Vec<String>> {
    match value.as_str() {
        Some(folder) => Some(vec![value::some_text(folder)?]),
        None => texts(value),
    }
}

/// A list of strings, at least one, none of them empty.
fn texts(value: &Value) -> Option<Vec<String>> {
    let list = value.as_array().filter(|list| !list.is_empty())?;
    list.iter()
        .map(|value| value.as_str().and_then(value::some_text))
        .collect()
}
