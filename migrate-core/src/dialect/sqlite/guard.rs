//! The statements by which a script fails where it does not belong.
//!
//! No statement fails with a message of ours, but a constraint has a name, and that is told.

use crate::dialect::Present;
use crate::dialect::session::{elsewhere, holds};
use crate::dialect::sql::identifier;
use crate::dialect::sqlite::{Sqlite, client};
use crate::schema::QualifiedName;

/// See [`Dialect::guard`](crate::dialect::Dialect::guard).
pub(super) fn rows(table: &str, column: &str, values: &[String]) -> Vec<String> {
    unless(
        &elsewhere(values),
        &format!("VALUES ({})", holds(&Sqlite, table, column, values)),
    )
}

/// See [`Dialect::guard_table`](crate::dialect::Dialect::guard_table). A rebuild writes the table, its indexes and its
/// triggers anew from what they were: all of them have to be that. A carriage return counts for nothing, since sqlite3
/// drops some.
pub(super) fn table(table: &QualifiedName, present: &Present) -> Vec<String> {
    let mut parts = Vec::new();
    for row in &present.rows {
        let part = match row.as_slice() {
            [Some(kind), Some(name), _, sql] if kind == "table" => (kind, name, sql),
            [Some(kind), Some(name), sql, Some(place)] if place == "kept" => (kind, name, sql),
            _ => continue,
        };
        let (kind, name, sql) = part;
        let sql = sql.as_deref().unwrap_or_default().replace('\r', "");
        let part = [kind, name, &sql].map(|text| client::literal(text));
        parts.push(format!("({})", part.join(", ")));
    }
    let count = parts.len();
    let query = format!(
        "SELECT count(*) = {count} AND count(CASE WHEN (type, name, replace(coalesce(sql, ''), char(13), '')) IN \
         (VALUES {}) THEN 1 END) = {count} FROM {}.sqlite_schema WHERE tbl_name = {} COLLATE NOCASE",
        parts.join(", "),
        identifier(table.schema.as_deref().unwrap_or("main")),
        client::literal(&table.name),
    );
    unless(
        &format!("`{table}` is not the table that this script was written for"),
        &query,
    )
}

/// Fails for this reason unless the query answers true.
fn unless(reason: &str, query: &str) -> Vec<String> {
    vec![
        format!(
            "CREATE TABLE temp.migrate_guard (ok CONSTRAINT {} CHECK (ok))",
            identifier(reason)
        ),
        format!("INSERT INTO temp.migrate_guard {query}"),
        "DROP TABLE temp.migrate_guard".to_owned(),
    ]
}
