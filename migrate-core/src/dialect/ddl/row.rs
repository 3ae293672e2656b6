//! Rows, and an author's own SQL.

use crate::dialect::authored::Part;
use crate::dialect::sql::{Writer, unsupported};
use crate::dialect::{Dialect, Statement, Unsupported, authored};
use crate::operation::{BulkInsert, DeleteRows, Execute};

/// The most rows of one `INSERT`, and the text after which it takes no further row.
const INSERT_ROWS: usize = 500;
const INSERT_BYTES: usize = 64 * 1024;

/// An author's text, as it is but for its values.
pub(crate) fn execute(dialect: &dyn Dialect, execute: &Execute) -> Result<Statement, Unsupported> {
    let mut writer = Writer::new(dialect);
    if authored::is_unterminated(dialect.syntax(), &execute.sql) {
        writer.refuse(
            "a text that ends inside of quotes or a comment",
            "close what is open, or it swallows the statement that follows",
        );
    }
    if execute.values.is_empty() {
        return writer.raw(&execute.sql).finish();
    }
    let Some(parts) = authored::parts(dialect.syntax(), &execute.sql) else {
        return Err(unsupported(
            dialect,
            "values in a text whose quotes end where a setting of the server says",
            "bind the quoted text that has a backslash in it, too",
        ));
    };
    for part in &parts {
        match part {
            Part::Text(text) => {
                writer.raw(text);
            }
            Part::Value(name) => match execute.values.iter().find(|(given, _)| given == name) {
                Some((_, value)) => {
                    writer.expression(value);
                }
                None => writer.refuse(
                    format!("`:{name}` without a value"),
                    format!("give it one by `.bind(\"{name}\", ..)`"),
                ),
            },
        }
    }
    for (position, (name, _)) in execute.values.iter().enumerate() {
        if !parts.contains(&Part::Value(name)) {
            writer.refuse(
                format!("a value for `:{name}`, which the text does not name"),
                "write its name in the text, outside of quotes and comments",
            );
        }
        if execute.values[..position].iter().any(|(other, _)| other == name) {
            writer.refuse(
                format!("two values for `:{name}`"),
                "bind one of them by another name",
            );
        }
    }
    writer.finish()
}

/// `INSERT` statements of bounded size.
pub(crate) fn bulk_insert(dialect: &dyn Dialect, insert: &BulkInsert) -> Result<Vec<Statement>, Unsupported> {
    let mut statements = Vec::new();
    let mut rows = insert.rows.iter().peekable();
    while rows.peek().is_some() {
        let mut writer = Writer::new(dialect);
        writer
            .raw("INSERT INTO ")
            .qualified(&insert.table)
            .raw(" ")
            .names(&insert.columns)
            .raw(" VALUES");
        let mut count = 0;
        while count < INSERT_ROWS
            && writer.len() < INSERT_BYTES
            && let Some(row) = rows.next()
        {
            writer.raw(if count == 0 { "\n    (" } else { ",\n    (" });
            writer.list(row, |writer, value| {
                writer.expression(value);
            });
            writer.raw(")");
            count += 1;
        }
        statements.push(writer.finish()?);
    }
    Ok(statements)
}

/// `DELETE`, a statement for each row: the last inserted goes first, since rows may point to others of their table.
pub(crate) fn delete_rows(dialect: &dyn Dialect, delete: &DeleteRows) -> Result<Vec<Statement>, Unsupported> {
    let rows = delete.rows.iter().rev();
    rows.map(|row| {
        let mut writer = Writer::new(dialect);
        if delete.columns.is_empty() {
            writer.refuse("deleting rows that no key tells", "name the columns of their key");
        }
        writer.raw("DELETE FROM ").qualified(&delete.table).raw(" WHERE ");
        for (position, (column, value)) in delete.columns.iter().zip(row).enumerate() {
            writer
                .raw_if(position > 0, " AND ")
                .name(column)
                .raw(" = ")
                .expression(value);
        }
        writer.finish()
    })
    .collect()
}
