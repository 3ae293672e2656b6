//! How PostgreSQL spells types and values.

use crate::dialect::postgres::Postgres;
use crate::dialect::sql::{Writer, hex, parenthesised};
use crate::dialect::{Dialect, Unsupported};
use crate::schema::{Expression, Type};

pub(super) fn column_type(dialect: &Postgres, ty: &Type) -> Result<String, Unsupported> {
    Ok(match ty {
        Type::SmallInt => "SMALLINT".into(),
        Type::Integer => "INTEGER".into(),
        Type::BigInt => "BIGINT".into(),
        Type::Numeric { precision, scale } => format!("NUMERIC({precision}, {scale})"),
        Type::Real => "REAL".into(),
        Type::Double => "DOUBLE PRECISION".into(),
        Type::Text => "TEXT".into(),
        Type::Varchar(length) => format!("VARCHAR({length})"),
        Type::Char(length) => format!("CHAR({length})"),
        Type::Boolean => "BOOLEAN".into(),
        Type::Uuid => "UUID".into(),
        Type::Date => "DATE".into(),
        Type::Time => "TIME".into(),
        Type::Timestamp => "TIMESTAMP".into(),
        Type::TimestampTz => "TIMESTAMP WITH TIME ZONE".into(),
        Type::Json => "JSON".into(),
        Type::Jsonb => "JSONB".into(),
        Type::Bytes => "BYTEA".into(),
        Type::Enumeration(enumeration) => Writer::new(dialect).qualified(&enumeration.name).finish()?.sql,
        Type::Array(element) => format!("{}[]", column_type(dialect, element)?),
        Type::Custom(spelling) => spelling.clone(),
    })
}

pub(super) fn expression(dialect: &Postgres, expression: &Expression) -> String {
    match expression {
        Expression::Null => "NULL".into(),
        Expression::Bool(true) => "true".into(),
        Expression::Bool(false) => "false".into(),
        Expression::Integer(number) => number.to_string(),
        Expression::Double(bits) => double(f64::from_bits(*bits)),
        Expression::Text(text) => dialect.literal(text),
        Expression::Bytes(bytes) => format!("decode('{}', 'hex')", hex(bytes)),
        Expression::Now => "now()".into(),
        Expression::Sql(sql) => parenthesised(sql),
    }
}

/// A number with an exponent is of type `numeric` to PostgreSQL and converts exactly; what is not finite has
/// names.
fn double(number: f64) -> String {
    if number.is_nan() {
        "'NaN'".into()
    } else if number.is_infinite() {
        if number > 0.0 { "'Infinity'" } else { "'-Infinity'" }.into()
    } else {
        format!("{number:?}")
    }
}
