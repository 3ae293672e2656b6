//! How SQLite spells types and values.
//!
//! A declared type is an affinity and a hint to drivers: the spellings are those that sqlx reads back as what
//! they were meant to be, and json is `TEXT` because `JSON` would turn a lone number into one.

use crate::dialect::sql::{hex, parenthesised, unsupported};
use crate::dialect::sqlite::Sqlite;
use crate::dialect::{Dialect, Unsupported};
use crate::schema::{Expression, Type};

pub(super) fn column_type(dialect: &Sqlite, ty: &Type) -> Result<String, Unsupported> {
    Ok(match ty {
        Type::SmallInt => "SMALLINT".into(),
        Type::Integer => "INTEGER".into(),
        Type::BigInt => "BIGINT".into(),
        Type::Numeric { precision, scale } => format!("NUMERIC({precision}, {scale})"),
        Type::Real => "REAL".into(),
        Type::Double => "DOUBLE".into(),
        Type::Text | Type::Json | Type::Jsonb => "TEXT".into(),
        Type::Varchar(length) => format!("VARCHAR({length})"),
        Type::Char(length) => format!("CHAR({length})"),
        Type::Boolean => "BOOLEAN".into(),
        Type::Uuid => "CHAR(36)".into(),
        Type::Date => "DATE".into(),
        Type::Time => "TIME".into(),
        Type::Timestamp | Type::TimestampTz => "DATETIME".into(),
        Type::Bytes => "BLOB".into(),
        Type::Enumeration(enumeration) => {
            let lengths = enumeration.values.iter().map(|value| value.chars().count());
            format!("VARCHAR({})", lengths.max().unwrap_or(0))
        }
        Type::Array(_) => {
            return Err(unsupported(
                dialect,
                "an array column",
                "keep the list as `json()`, or in a table of its own",
            ));
        }
        Type::Custom(spelling) => spelling.clone(),
    })
}

pub(super) fn expression(dialect: &Sqlite, expression: &Expression) -> Result<String, Unsupported> {
    Ok(match expression {
        Expression::Null => "NULL".into(),
        Expression::Bool(true) => "1".into(),
        Expression::Bool(false) => "0".into(),
        Expression::Integer(number) => match i64::try_from(*number) {
            Ok(number) => number.to_string(),
            Err(_) => {
                return Err(unsupported(
                    dialect,
                    format!("the integer {number}, which has more than 64 bits"),
                    "keep it as text",
                ));
            }
        },
        Expression::Double(bits) => match f64::from_bits(*bits) {
            number if number.is_nan() => {
                return Err(unsupported(dialect, "a number that is not one (NaN)", "use NULL"));
            }
            // There is no name for infinity; a literal beyond the range is read as one.
            number if number.is_infinite() => if number > 0.0 { "9e999" } else { "-9e999" }.into(),
            number => format!("{number:?}"),
        },
        Expression::Text(text) => dialect.literal(text),
        Expression::Bytes(bytes) => format!("X'{}'", hex(bytes)),
        Expression::Now => "CURRENT_TIMESTAMP".into(),
        Expression::Sql(sql) => parenthesised(sql),
    })
}
