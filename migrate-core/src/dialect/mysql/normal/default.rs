//! Defaults: what the catalog says of one, and the one value of all that mean the same.

use super::expression;
use super::node::Node;
use super::tokens::bytes;
use crate::schema::{Expression, Type};

/// The value of a default in SQL, as far as it is one of the model's own; `None` where it is `NULL`. Dates, uuids and
/// decimals are text.
pub(in crate::dialect::mysql) fn read(sql: &str, ty: &Type) -> Option<Expression> {
    let own = || Expression::Sql(sql.trim().to_owned());
    let Some(node) = expression::read(sql, "") else {
        return Some(own());
    };
    Some(match node {
        Node::Value(word) if word == "null" => return None,
        Node::Number(number) if *ty == Type::Boolean => match number.as_str() {
            "1" => Expression::Bool(true),
            "0" => Expression::Bool(false),
            _ => own(),
        },
        Node::Number(number) if matches!(ty, Type::Real | Type::Double) => {
            number.parse::<f64>().map_or_else(|_| own(), Expression::from)
        }
        Node::Number(number) => match number.parse() {
            Ok(number) => Expression::Integer(number),
            Err(_) => Expression::Text(number),
        },
        Node::Text(text) => Expression::Text(text),
        Node::Hex(digits) => bytes(&digits).map_or_else(own, Expression::Bytes),
        Node::Call(name, _) if is_now(&name, ty) => Expression::Now,
        Node::Call(..)
        | Node::Name(_)
        | Node::Value(_)
        | Node::Row(_)
        | Node::Infix(..)
        | Node::Prefix(..)
        | Node::Test(..)
        | Node::Words(_) => own(),
    })
}

/// Whether a function gives the current moment as a column of this type has it, whose digits the server takes.
fn is_now(name: &str, ty: &Type) -> bool {
    match name {
        "current_timestamp" => matches!(ty, Type::Timestamp | Type::TimestampTz | Type::Date | Type::Time),
        "curdate" => *ty == Type::Date,
        "curtime" => *ty == Type::Time,
        _ => false,
    }
}

/// The one value of all that are the same for a column of this type; `None` where it is `NULL`, as without any.
///
/// A text that the server converts when it takes the default (a date, JSON) is compared as text, but for the spellings of
/// numbers and truth values, and the fraction and the midnight of a moment.
pub(super) fn normal(default: &Expression, ty: &Type) -> Option<Expression> {
    let mut value = default.clone();
    if let Expression::Sql(sql) = default {
        value = read(sql, ty)?;
        if let Expression::Sql(sql) = value {
            return Some(Expression::Sql(expression::normal(&sql, "")));
        }
    }
    let text = match &value {
        Expression::Text(text) => text.clone(),
        Expression::Integer(number) => number.to_string(),
        Expression::Bool(truth) => i32::from(*truth).to_string(),
        Expression::Double(bits) => format!("{:?}", f64::from_bits(*bits)),
        Expression::Null => return None,
        Expression::Bytes(bytes) => match String::from_utf8(bytes.clone()) {
            Ok(text) if !matches!(ty, Type::Bytes | Type::Custom(_)) => text,
            Ok(_) | Err(_) => return Some(value),
        },
        Expression::Sql(_) | Expression::Now => return Some(value),
    };
    let trimmed = text.trim();
    Some(match ty {
        Type::SmallInt | Type::Integer | Type::BigInt => match trimmed.parse() {
            Ok(number) => Expression::Integer(number),
            Err(_) => value,
        },
        Type::Real | Type::Double => trimmed.parse::<f64>().map_or(value, Expression::from),
        Type::Numeric { scale, .. } => Expression::Text(decimal(trimmed, *scale)),
        Type::Boolean => match trimmed {
            "1" => Expression::Bool(true),
            "0" => Expression::Bool(false),
            _ => value,
        },
        Type::Timestamp | Type::TimestampTz => Expression::Text(moment(trimmed)),
        Type::Time => Expression::Text(time(trimmed)),
        Type::Bytes => Expression::Bytes(text.into_bytes()),
        // MariaDB converts it, MySQL keeps the text.
        Type::Date => Expression::Text(day(trimmed).to_owned()),
        Type::Text
        | Type::Varchar(_)
        | Type::Char(_)
        | Type::Uuid
        | Type::Json
        | Type::Jsonb
        | Type::Enumeration(_)
        | Type::Array(_) => Expression::Text(text),
        Type::Custom(_) => match trimmed.parse() {
            Ok(number) => Expression::Integer(number),
            Err(_) => Expression::Text(text),
        },
    })
}

/// A decimal as it is stored, with as many digits after the point; longer ones stay as they are.
fn decimal(text: &str, scale: u16) -> String {
    let text = text.strip_prefix('+').unwrap_or(text);
    let is_plain = text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    let missing = usize::from(scale).checked_sub(fraction.len());
    match missing {
        Some(_) if is_plain && fraction.is_empty() => whole.to_owned(),
        Some(_) if is_plain => format!("{whole}.{fraction}"),
        Some(_) | None => text.to_owned(),
    }
}

/// With seconds, and without a fraction that says nothing.
fn time(text: &str) -> String {
    let seconds = if text.matches(':').count() == 1 { ":00" } else { "" };
    format!("{}{seconds}", without_zeros(text))
}

/// `2020-01-01T12:30:00.5` and the like without what says nothing.
fn moment(text: &str) -> String {
    let text = text.replace('T', " ");
    day(without_zeros(&text)).to_owned()
}

fn without_zeros(text: &str) -> &str {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    }
}

/// A day for its first moment.
fn day(text: &str) -> &str {
    text.strip_suffix(" 00:00:00").unwrap_or(text)
}
