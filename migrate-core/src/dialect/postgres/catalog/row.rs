//! The values of an answer's rows: all are text, as PostgreSQL writes it.

use std::str::FromStr;

use crate::dialect::postgres::Postgres;
use crate::dialect::{Dialect, Present, Unreadable, row};
use crate::schema::Counting;

/// The rows of an answer that has this many columns.
pub(super) fn rows<const N: usize>(
    present: &Present,
) -> impl Iterator<Item = Result<[Option<&str>; N], Unreadable>> {
    row::rows(Postgres.name(), present)
}

pub(super) fn unreadable(subject: impl Into<String>, found: Option<&str>) -> Unreadable {
    Unreadable::of(Postgres.name(), subject, found)
}

/// A value that is never `NULL`.
pub(super) fn required<'v>(value: Option<&'v str>, subject: &str) -> Result<&'v str, Unreadable> {
    row::required(Postgres.name(), value, subject)
}

/// A truth value; `NULL` where this version has no such column.
pub(super) fn flag(value: Option<&str>, subject: &str) -> Result<bool, Unreadable> {
    match value {
        Some("true") => Ok(true),
        Some("false") | None => Ok(false),
        Some(other) => Err(unreadable(subject, Some(other))),
    }
}

pub(super) fn number<T: FromStr>(value: Option<&str>, subject: &str) -> Result<Option<T>, Unreadable> {
    row::number(Postgres.name(), value, subject)
}

/// How a sequence counts, all of it said.
pub(super) fn counting(
    [start, increment, min, max, cache, cycle]: [Option<&str>; 6],
) -> Result<Counting, Unreadable> {
    Ok(Counting {
        start: number(start, "where a sequence starts")?,
        increment: number(increment, "a sequence's increment")?,
        min: number(min, "a sequence's least value")?,
        max: number(max, "a sequence's greatest value")?,
        cache: number(cache, "a sequence's cache")?,
        cycle: flag(cycle, "whether a sequence begins anew")?,
    })
}

/// The texts of an array as `array_out` writes it: `{a,"b c"}`. An array of names has no `NULL` in it.
pub(super) fn list(value: Option<&str>, subject: &str) -> Result<Vec<String>, Unreadable> {
    let Some(text) = value else {
        return Ok(Vec::new());
    };
    let wrong = || unreadable(subject, Some(text));
    let inner = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    let inner = inner.ok_or_else(wrong)?;
    if inner.is_empty() {
        return Ok(Vec::new());
    }
    let mut items = vec![String::new()];
    let mut quoted = false;
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        let item = items.last_mut().ok_or_else(wrong)?;
        match character {
            '"' => quoted = !quoted,
            '\\' => item.push(characters.next().ok_or_else(wrong)?),
            ',' if !quoted => items.push(String::new()),
            other => item.push(other),
        }
    }
    if quoted { Err(wrong()) } else { Ok(items) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_falls_into_its_texts() {
        let read = |text| list(Some(text), "a list").unwrap();
        assert_eq!(read("{}"), Vec::<String>::new());
        assert_eq!(read("{a,b}"), ["a", "b"]);
        assert_eq!(read(r#"{"a,b","c \"d\" \\",""}"#), ["a,b", r#"c "d" \"#, ""]);
        assert!(list(Some("{\"a}"), "a list").is_err());
        assert!(list(Some("a"), "a list").is_err());
    }
}
