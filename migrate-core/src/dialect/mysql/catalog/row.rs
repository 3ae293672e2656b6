//! The values of an answer's rows, as MySQL writes them.

use crate::dialect::mysql::MySql;
use crate::dialect::{Dialect, Present, Unreadable, row};

/// The rows of an answer that has this many columns.
pub(super) fn rows<const N: usize>(
    present: &Present,
) -> impl Iterator<Item = Result<[Option<&str>; N], Unreadable>> {
    row::rows(MySql.name(), present)
}

pub(super) fn unreadable(subject: impl Into<String>, found: Option<&str>) -> Unreadable {
    Unreadable::of(MySql.name(), subject, found)
}

/// A value that is never `NULL`.
pub(super) fn required<'v>(value: Option<&'v str>, subject: &str) -> Result<&'v str, Unreadable> {
    row::required(MySql.name(), value, subject)
}

/// A truth value; `NULL` where this server has no such column.
pub(super) fn flag(value: Option<&str>, subject: &str) -> Result<bool, Unreadable> {
    match value {
        Some("YES") => Ok(true),
        Some("NO") | None => Ok(false),
        Some(other) => Err(unreadable(subject, Some(other))),
    }
}

pub(super) fn number(value: Option<&str>, subject: &str) -> Result<Option<u32>, Unreadable> {
    row::number(MySql.name(), value, subject)
}
