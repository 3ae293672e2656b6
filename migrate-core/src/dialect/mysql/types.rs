//! How MySQL spells types, values and defaults.
//!
//! A text or bytes of any length is a `LONGTEXT` or `LONGBLOB`: `TEXT` ends at 64 KiB. A moment is a `DATETIME`, as
//! `TIMESTAMP` ends in 2038, and gets defaults that nobody asked for on some servers; the application keeps to UTC.

use crate::dialect::mysql::{MySql, needs_bytes, plain_literal};
use crate::dialect::sql::{Writer, hex, parenthesised, unsupported};
use crate::dialect::{Dialect, Unsupported};
use crate::schema::{Enumeration, Expression, Type};

pub(super) fn column_type(dialect: &MySql, ty: &Type) -> Result<String, Unsupported> {
    Ok(match ty {
        Type::SmallInt => "SMALLINT".into(),
        Type::Integer => "INTEGER".into(),
        Type::BigInt => "BIGINT".into(),
        Type::Numeric { precision, scale } => format!("NUMERIC({precision}, {scale})"),
        Type::Real => "FLOAT".into(),
        Type::Double => "DOUBLE".into(),
        Type::Text => "LONGTEXT".into(),
        Type::Varchar(length) => format!("VARCHAR({length})"),
        Type::Char(length) => format!("CHAR({length})"),
        Type::Boolean => "BOOLEAN".into(),
        Type::Uuid => "CHAR(36)".into(),
        Type::Date => "DATE".into(),
        Type::Time => "TIME(6)".into(),
        Type::Timestamp | Type::TimestampTz => "DATETIME(6)".into(),
        Type::Json | Type::Jsonb => "JSON".into(),
        Type::Bytes => "LONGBLOB".into(),
        Type::Enumeration(enumeration) => enumeration_type(dialect, enumeration)?,
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

fn enumeration_type(dialect: &MySql, enumeration: &Enumeration) -> Result<String, Unsupported> {
    let mut writer = Writer::new(dialect);
    writer.raw("ENUM(");
    writer.list(&enumeration.values, |writer, value| {
        writer.check_text(value);
        if value.ends_with(' ') {
            writer.refuse(
                format!("the value `{value}` of an enumeration, which ends with a blank"),
                "take the blank out of it",
            );
        } else if needs_bytes(value) && value.is_ascii() {
            // The bytes are taken in the column's character set, and so not beyond ASCII.
            writer.raw(&format!("0x{}", hex(value.as_bytes())));
        } else if needs_bytes(value) {
            writer.raw(&plain_literal(value));
        } else {
            writer.literal(value);
        }
    });
    Ok(writer.raw(")").finish()?.sql)
}

pub(super) fn expression(dialect: &MySql, expression: &Expression) -> Result<String, Unsupported> {
    Ok(match expression {
        Expression::Null => "NULL".into(),
        Expression::Bool(true) => "true".into(),
        Expression::Bool(false) => "false".into(),
        Expression::Integer(number) => number.to_string(),
        Expression::Double(bits) => match f64::from_bits(*bits) {
            number if number.is_finite() => format!("{number:?}"),
            number => {
                return Err(unsupported(
                    dialect,
                    format!("the number {number}, which is not finite"),
                    "use NULL",
                ));
            }
        },
        Expression::Text(text) => dialect.literal(text),
        Expression::Bytes(bytes) => format!("x'{}'", hex(bytes)),
        Expression::Now => "CURRENT_TIMESTAMP(6)".into(),
        Expression::Sql(sql) => parenthesised(sql),
    })
}

/// ` DEFAULT ..`. A type of any length takes nothing but an expression, in parentheses; a moment takes the current
/// one as it is, if it has as many digits.
pub(super) fn default(writer: &mut Writer<'_>, ty: &Type, value: Option<&Expression>) {
    let Some(value) = value else {
        return;
    };
    writer.raw(" DEFAULT ");
    let any_length = matches!(
        ty,
        Type::Text | Type::Json | Type::Jsonb | Type::Bytes | Type::Custom(_)
    );
    match value {
        Expression::Now => {
            writer.raw(now(ty));
        }
        // MariaDB keeps the expression as text, and in that forgets to escape what is in `_utf8mb4 0x..`.
        Expression::Text(text) if any_length && needs_bytes(text) => {
            writer.check_text(text);
            writer.raw(&format!("(CONVERT(0x{} USING utf8mb4))", hex(text.as_bytes())));
        }
        Expression::Bool(_)
        | Expression::Integer(_)
        | Expression::Double(_)
        | Expression::Text(_)
        | Expression::Bytes(_)
            if any_length =>
        {
            writer.raw("(").expression(value).raw(")");
        }
        Expression::Null
        | Expression::Bool(_)
        | Expression::Integer(_)
        | Expression::Double(_)
        | Expression::Text(_)
        | Expression::Bytes(_)
        | Expression::Sql(_) => {
            writer.expression(value);
        }
    }
}

fn now(ty: &Type) -> &'static str {
    if matches!(ty, Type::Timestamp | Type::TimestampTz) {
        "CURRENT_TIMESTAMP(6)"
    } else if *ty == Type::Date {
        "(CURRENT_DATE)"
    } else if *ty == Type::Time {
        "(CURRENT_TIME(6))"
    } else {
        "(CURRENT_TIMESTAMP(6))"
    }
}
