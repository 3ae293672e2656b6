//! Defaults: what a text says of one, and the one value of all that mean the same.

use super::expression::{bare, of_nothing};
use crate::dialect::sqlite::tokens::{Kind, tokens, unquoted};
use crate::schema::{Expression, Type};

/// The value of a default in SQL, as far as it is one of the model's own.
pub(in crate::dialect::sqlite) fn read(sql: &str, ty: &Type) -> Expression {
    let inner = bare(sql);
    let own = || Expression::Sql(inner.to_owned());
    let Ok(found) = tokens(inner) else { return own() };
    let text = |at: usize| {
        found
            .get(at)
            .map_or("", |token| &inner[token.span.start..token.span.end])
    };
    let kinds: Vec<Kind> = found.iter().map(|token| token.kind).collect();
    match kinds.as_slice() {
        [Kind::Word] => match text(0).to_ascii_lowercase().as_str() {
            "true" => Expression::Bool(true),
            "false" => Expression::Bool(false),
            "null" => Expression::Null,
            "current_timestamp" => Expression::Now,
            "current_date" | "current_time" => own(),
            // Where no expression stands, a word is a text.
            _ if inner.len() == sql.trim().len() => Expression::Text(text(0).to_owned()),
            _ => own(),
        },
        [Kind::Quoted] => Expression::Text(unquoted(text(0))),
        [Kind::Text] => match text(0).strip_prefix(['x', 'X']) {
            Some(hex) => bytes(&unquoted(hex)).map_or_else(own, Expression::Bytes),
            None => Expression::Text(unquoted(text(0))),
        },
        [Kind::Number] => number(text(0), ty).unwrap_or_else(own),
        [Kind::Mark(sign @ ('-' | '+')), Kind::Number] => {
            let sign = if *sign == '-' { "-" } else { "" };
            number(&format!("{sign}{}", text(1)), ty).unwrap_or_else(own)
        }
        _ => own(),
    }
}

fn number(text: &str, ty: &Type) -> Option<Expression> {
    match text.parse::<i128>() {
        Ok(0) if *ty == Type::Boolean => Some(Expression::Bool(false)),
        Ok(1) if *ty == Type::Boolean => Some(Expression::Bool(true)),
        Ok(number) => Some(Expression::Integer(number)),
        Err(_) => double(text),
    }
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let pairs = hex.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

/// The one value of all that are the same in a column of this type, which converts what it takes; `None` where it is `NULL`,
/// as without any.
pub(super) fn normal(default: &Expression, ty: &Type) -> Option<Expression> {
    let mut value = default.clone();
    if let Expression::Sql(sql) = default {
        // What an author writes is an expression, and stands in parentheses.
        value = read(&format!("({sql})"), ty);
        if let Expression::Sql(sql) = value {
            return Some(Expression::Sql(of_nothing(&sql)));
        }
    }
    let text = match &value {
        Expression::Null => return None,
        Expression::Now | Expression::Bytes(_) | Expression::Sql(_) => return Some(value),
        Expression::Text(text) => text.clone(),
        Expression::Bool(truth) => u8::from(*truth).to_string(),
        Expression::Integer(number) => number.to_string(),
        Expression::Double(bits) => format!("{:?}", f64::from_bits(*bits)),
    };
    Some(match ty {
        Type::Boolean => match text.as_str() {
            "0" => Expression::Bool(false),
            "1" => Expression::Bool(true),
            _ => value,
        },
        Type::SmallInt | Type::Integer | Type::BigInt | Type::Numeric { .. } | Type::Real | Type::Double => {
            numeric(text.trim()).unwrap_or(value)
        }
        Type::Text
        | Type::Varchar(_)
        | Type::Char(_)
        | Type::Uuid
        | Type::Json
        | Type::Jsonb
        | Type::Enumeration(_) => Expression::Text(text),
        Type::Date
        | Type::Time
        | Type::Timestamp
        | Type::TimestampTz
        | Type::Bytes
        | Type::Array(_)
        | Type::Custom(_) => {
            if let Expression::Bool(truth) = value {
                Expression::Integer(truth.into())
            } else {
                value
            }
        }
    })
}

/// A number without a fraction is an integer, whatever it is written as.
fn numeric(text: &str) -> Option<Expression> {
    if let Ok(number) = text.parse::<i128>() {
        return Some(Expression::Integer(number));
    }
    let plain = text.trim_end_matches('0').strip_suffix('.');
    if let Some(Ok(number)) = plain.map(str::parse::<i128>) {
        return Some(Expression::Integer(number));
    }
    double(text)
}

/// `nan` is a text.
fn double(text: &str) -> Option<Expression> {
    let number = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    let parsed = text
        .parse::<f64>()
        .ok()
        .filter(|parsed| number && !parsed.is_nan());
    parsed.map(Expression::from)
}
