//! What PostgreSQL makes of an author's own SQL: how names are folded, and what it calls what has no name.
//!
//! <https://www.postgresql.org/docs/current/sql-createtable.html>; the names are those of `ChooseConstraintName`.

use sqlparser::dialect::PostgreSqlDialect;

use super::normal;
use crate::dialect::parsed::{Grammar, Unnamed};
use crate::schema::ConstraintKind;

pub(super) const GRAMMAR: Grammar = Grammar {
    language: &PostgreSqlDialect {},
    unquoted: str::to_lowercase,
    ty: normal::read_type,
    default: normal::read_default,
    unnamed,
    serial: true,
    row_ids: false,
};

/// `users_email_key`, `users_email_key1`.
fn unnamed(unnamed: &Unnamed<'_>) -> String {
    let Unnamed {
        table,
        kind,
        columns,
        referent: _,
        within: _,
        checks: _,
        before,
    } = unnamed;
    let ending = match kind {
        ConstraintKind::PrimaryKey => "pkey",
        ConstraintKind::Unique => "key",
        ConstraintKind::ForeignKey => "fkey",
        ConstraintKind::Check => "check",
        ConstraintKind::Exclude => "excl",
    };
    // A check over several columns is not called by them.
    let columns = match (kind, columns) {
        (ConstraintKind::PrimaryKey, _) => String::new(),
        (ConstraintKind::Check, [_, _, ..]) => String::new(),
        _ => columns.iter().map(|column| format!("{column}_")).collect(),
    };
    let number = if *before == 0 {
        String::new()
    } else {
        before.to_string()
    };
    format!("{table}_{columns}{ending}{number}")
}
