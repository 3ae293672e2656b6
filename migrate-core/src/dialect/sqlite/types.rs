//! How SQLite spells types and values.
//!
//! A declared type is an affinity and a hint to drivers: the spellings are those that sqlx reads back as what
//! they were meant to be, and json is `TEXT` because `JSON` would turn a lone number into one.

use crate::dialect::sql::{hex, parenthesised, unsupported};
use crate::dialect::sqlite::Sqlite;
use crate::dialect::{Dialect, Unsupported};
use crate::schema::{Expression, QualifiedName, Type};

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

/// The type that a column's type is the spelling of. Of several that are spelled alike it is the plainest, and what is no
/// spelling of ours is itself.
pub(super) fn read(spelling: &str) -> Type {
    let plain: String = spelling
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    let plain = plain.to_ascii_uppercase();
    let own = || Type::Custom(spelling.to_owned());
    let (name, size) = match plain.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
        Some((name, size)) => (name, Some(size)),
        None => (plain.as_str(), None),
    };
    // `DOUBLE PRECISION` is another spelling, and so is `VAR CHAR`.
    if spelling.split(char::is_whitespace).next().map(str::len) < Some(name.len()) {
        return own();
    }
    let length = || size.and_then(|size| size.parse().ok());
    match (name, size) {
        ("SMALLINT", None) => Type::SmallInt,
        ("INTEGER", None) => Type::Integer,
        ("BIGINT", None) => Type::BigInt,
        ("REAL", None) => Type::Real,
        ("DOUBLE", None) => Type::Double,
        ("TEXT", None) => Type::Text,
        ("BOOLEAN", None) => Type::Boolean,
        ("DATE", None) => Type::Date,
        ("TIME", None) => Type::Time,
        ("DATETIME", None) => Type::Timestamp,
        ("BLOB", None) => Type::Bytes,
        ("CHAR", Some("36")) => Type::Uuid,
        ("CHAR", Some(_)) => length().map_or_else(own, Type::Char),
        ("VARCHAR", Some(_)) => length().map_or_else(own, Type::Varchar),
        ("NUMERIC", Some(size)) => {
            let sizes = size
                .split_once(',')
                .and_then(|(precision, scale)| Some((precision.parse().ok()?, scale.parse().ok()?)));
            sizes.map_or_else(own, |(precision, scale)| Type::Numeric { precision, scale })
        }
        _ => own(),
    }
}

/// What an enumeration is called where its own name is not known: an enum type is no object here.
pub(super) fn enumeration_name(table: &QualifiedName, column: &str) -> QualifiedName {
    QualifiedName::from(format!("{}_{column}", table.name))
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
