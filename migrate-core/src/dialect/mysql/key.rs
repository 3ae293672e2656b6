//! The key of a table, and where a row stands by it.

use crate::dialect::Dialect;
use crate::dialect::mysql::MySql;
use crate::schema::QualifiedName;

/// An `ENUM` and a `SET` are sorted by numbers, and compared by their texts.
pub(super) fn columns(table: &QualifiedName) -> String {
    let schema = table
        .schema
        .as_ref()
        .map_or_else(|| "DATABASE()".to_owned(), |schema| MySql.literal(schema));
    format!(
        "SELECT c.column_name, k.ordinal_position, c.data_type IN ('enum', 'set') \
         FROM information_schema.columns AS c LEFT JOIN information_schema.key_column_usage AS k \
         ON k.table_schema = c.table_schema AND k.table_name = c.table_name AND k.column_name = c.column_name \
         AND k.constraint_name = 'PRIMARY' \
         WHERE c.table_schema = {schema} AND c.table_name = {} ORDER BY c.ordinal_position",
        MySql.literal(&table.name)
    )
}

/// Column by column: a comparison of rows is served by no index. The first column is named once more, so that a range of
/// it is seen at once.
/// <https://dev.mysql.com/doc/refman/8.0/en/row-constructor-optimization.html>
pub(super) fn compared(columns: &[String], strictly: char, or_equal: &str, literals: &[String]) -> String {
    let mut condition = String::new();
    for (column, literal) in columns.iter().zip(literals).rev() {
        condition = if condition.is_empty() {
            format!("{column} {strictly}{or_equal} {literal}")
        } else {
            format!("({column} {strictly} {literal} OR ({column} = {literal} AND {condition}))")
        };
    }
    match (columns, literals) {
        ([first, _, ..], [literal, ..]) => format!("{first} {strictly}= {literal} AND {condition}"),
        _ => condition,
    }
}
