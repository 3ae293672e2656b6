//! SQLite's sessions: one writer at a time, and that is the lock.

use crate::dialect::session::VERSION_COLUMN;
use crate::dialect::sqlite::client;
use crate::dialect::{Alteration, Session, sql};
use crate::schema::QualifiedName;

/// `BEGIN IMMEDIATE` waits for another writer by SQLite's busy handler. A deferred `BEGIN` that reads first and
/// writes later fails at once when another process wrote in between (<https://www.sqlite.org/isolation.html>).
pub(super) const SESSION: Session = Session {
    begin: "BEGIN IMMEDIATE",
    reads_heads_under_begin: true,
    setup: None,
    transactional_ddl: true,
    head: client::HEAD,
    twin: Some("sqlite::memory:"),
    alteration: Some(ALTERATION),
    version_column: VERSION_COLUMN,
    table_options: "",
    any_text: "",
};

/// A rebuild drops a table and makes it anew. With foreign keys enforced, `DROP TABLE` deletes the rows that point to
/// it, and `PRAGMA foreign_keys` is without effect inside of a transaction. The other setting is changed by the rebuild
/// itself, and stays changed when it fails.
const ALTERATION: Alteration = Alteration {
    restore: "SELECT 'PRAGMA foreign_keys=' || foreign_keys || '; PRAGMA legacy_alter_table=' || legacy_alter_table \
        FROM pragma_foreign_keys, pragma_legacy_alter_table",
    prepare: "PRAGMA foreign_keys=OFF",
    watch: [
        &[
            "DROP TABLE IF EXISTS temp.migrate_orphans",
            "CREATE TABLE temp.migrate_orphans (before, after, \
             CONSTRAINT \"rows were left that point to nothing: foreign keys are not enforced in a migration that \
             rebuilds a table; change those rows too, or alter the table in a migration of its own\" \
             CHECK (after <= before))",
            "INSERT INTO temp.migrate_orphans SELECT count(*), 0 FROM pragma_foreign_key_check",
        ],
        &[
            "UPDATE temp.migrate_orphans SET after = (SELECT count(*) FROM pragma_foreign_key_check)",
            "DROP TABLE temp.migrate_orphans",
        ],
    ],
};

/// Answers the schema (the attached database) of a table and whether it is there. A column takes any text, whatever
/// length it declares.
pub(super) fn find_table(schema: Option<&str>, table: &str, beside: &str) -> String {
    let schema = schema.unwrap_or("main");
    let exists = |table: &str| {
        format!(
            "EXISTS (SELECT 1 FROM {}.sqlite_master WHERE type IN ('table', 'view') AND name = {} COLLATE NOCASE)",
            sql::identifier(schema),
            sql::literal(table)
        )
    };
    format!(
        "SELECT {}, {}, NULL, {}",
        sql::literal(schema),
        exists(table),
        exists(beside)
    )
}

/// The columns of a table, hidden ones too, and their places in the primary key.
pub(super) fn key_columns(table: &QualifiedName) -> String {
    let schema = table
        .schema
        .as_ref()
        .map_or_else(String::new, |schema| format!(", {}", sql::literal(schema)));
    format!(
        "SELECT name, CASE WHEN pk > 0 THEN pk END, 0 FROM pragma_table_xinfo({}{schema}) ORDER BY cid",
        sql::literal(&table.name)
    )
}
