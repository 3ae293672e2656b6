//! The values of a configuration file: text in, settings out.

use std::path::Path;
use std::time::Duration;

use migrate_core::TransactionMode;

use super::ConfigError;

/// Text that is not empty.
pub(super) fn some_text(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

pub(super) fn transaction(text: &str) -> Option<TransactionMode> {
    match text {
        "per-migration" => Some(TransactionMode::PerMigration),
        "single" => Some(TransactionMode::Single),
        _ => None,
    }
}

/// What [`duration`] takes, for an error.
pub(crate) const A_DURATION: &str = "a number with its unit, such as `60s`, `500ms` or `2m`";

/// A whole number and one of the units `ms`, `s` and `m`.
pub(crate) fn duration(text: &str) -> Option<Duration> {
    let unit = text.find(|character: char| !character.is_ascii_digit())?;
    let (number, unit) = text.split_at(unit);
    let number: u64 = number.parse().ok()?;
    match unit {
        "ms" => Some(Duration::from_millis(number)),
        "s" => Some(Duration::from_secs(number)),
        "m" => number.checked_mul(60).map(Duration::from_secs),
        _ => None,
    }
}

/// Why variables could not be expanded.
pub(super) enum ExpandError {
    /// The variable of this name is not set.
    Undefined(String),
    /// A `${` has no `}`.
    Open,
}

impl ExpandError {
    pub(super) fn in_file(self, path: &Path, key: &'static str) -> ConfigError {
        let path = path.to_owned();
        match self {
            Self::Undefined(variable) => ConfigError::UndefinedVariable { path, key, variable },
            Self::Open => ConfigError::OpenVariable { path, key },
        }
    }
}

/// Replaces each `${NAME}` by the variable's value; `$${` stands for `${` itself.
pub(super) fn expand<'a>(
    text: &str,
    variable: impl Fn(&str) -> Option<&'a str>,
) -> Result<String, ExpandError> {
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find("${") {
        let (before, after) = rest.split_at(place);
        let after = &after[2..];
        if let Some(before) = before.strip_suffix('$') {
            expanded.push_str(before);
            expanded.push_str("${");
            rest = after;
            continue;
        }
        let (name, after) = after.split_once('}').ok_or(ExpandError::Open)?;
        expanded.push_str(before);
        expanded.push_str(variable(name).ok_or_else(|| ExpandError::Undefined(name.to_owned()))?);
        rest = after;
    }
    expanded.push_str(rest);
    Ok(expanded)
}
