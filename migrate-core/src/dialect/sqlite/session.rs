//! SQLite's sessions: one writer at a time, and that is the lock.

use crate::dialect::{Session, sql};

/// `BEGIN IMMEDIATE` waits for another writer by SQLite's busy handler. A deferred `BEGIN` that reads first and
/// writes later fails at once when another process wrote in between (<https://www.sqlite.org/isolation.html>).
pub(super) const SESSION: Session = Session {
    begin: "BEGIN IMMEDIATE",
    reads_heads_under_begin: true,
    setup: None,
};

/// Answers the schema (the attached database) of a table and whether it is there. A column takes any text, whatever
/// length it declares.
pub(super) fn find_table(schema: Option<&str>, table: &str) -> String {
    let schema = schema.unwrap_or("main");
    format!(
        "SELECT {}, EXISTS (SELECT 1 FROM {}.sqlite_master WHERE type IN ('table', 'view') AND name = {} COLLATE NOCASE), NULL",
        sql::literal(schema),
        sql::identifier(schema),
        sql::literal(table),
    )
}
