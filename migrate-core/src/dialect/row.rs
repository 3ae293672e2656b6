//! The values of a catalog's rows: all are text, as the database writes it.

use std::str::FromStr;

use crate::dialect::{Present, Unreadable};

/// The rows of an answer that has this many columns.
pub(in crate::dialect) fn rows<'p, const N: usize>(
    dialect: &'static str,
    present: &'p Present,
) -> impl Iterator<Item = Result<[Option<&'p str>; N], Unreadable>> + use<'p, N> {
    present.rows.iter().map(move |row| {
        let values: Vec<Option<&str>> = row.iter().map(Option::as_deref).collect();
        values
            .try_into()
            .map_err(|values: Vec<_>| Unreadable::of(dialect, "a row", Some(&format!("{values:?}"))))
    })
}

/// A value that is never `NULL`.
pub(in crate::dialect) fn required<'v>(
    dialect: &'static str,
    value: Option<&'v str>,
    subject: &str,
) -> Result<&'v str, Unreadable> {
    value.ok_or_else(|| Unreadable::of(dialect, subject, None))
}

pub(in crate::dialect) fn number<T: FromStr>(
    dialect: &'static str,
    value: Option<&str>,
    subject: &str,
) -> Result<Option<T>, Unreadable> {
    value
        .map(|text| {
            text.parse()
                .map_err(|_| Unreadable::of(dialect, subject, Some(text)))
        })
        .transpose()
}
