//! Defaults: what the catalog says of one, and the one value of all that mean the same.

use super::node::{self, Node};
use super::{expression, tokens};
use crate::schema::{Expression, Type};

/// The value of a default in SQL, as far as it is one of the model's own. Dates, uuids and decimals are text.
pub(in crate::dialect::postgres) fn read(sql: &str, ty: &Type) -> Expression {
    let own = || Expression::Sql(sql.trim().to_owned());
    let Some(node) = expression::read(sql, "") else {
        return own();
    };
    match node {
        Node::Name(word) => match word.as_str() {
            "true" => Expression::Bool(true),
            "false" => Expression::Bool(false),
            "null" => Expression::Null,
            _ => own(),
        },
        Node::Number(number) => match number.parse() {
            Ok(number) => Expression::Integer(number),
            Err(_) if matches!(ty, Type::Real | Type::Double) => double(&number).unwrap_or_else(own),
            Err(_) => Expression::Text(number),
        },
        Node::Text(text) if *ty == Type::Bytes => bytes(&text).map_or_else(own, Expression::Bytes),
        Node::Text(text) => Expression::Text(text),
        Node::Call(name, items) => match (name.as_str(), items.as_slice()) {
            ("now", []) => Expression::Now,
            ("decode", [Node::Text(digits), Node::Text(hex)]) if hex == "hex" => {
                bytes(&format!("\\x{digits}")).map_or_else(own, Expression::Bytes)
            }
            _ => own(),
        },
        Node::Array(_) | Node::Infix(..) | Node::Prefix(..) | Node::Postfix(..) => own(),
    }
}

/// The one value of all that are the same for a column of this type; `None` where it is `NULL`, as without any.
///
/// A text that the server converts when it takes the default (a date, a list, JSON) is compared as text, but for the
/// spellings of numbers, truth values and uuids, blanks in JSON, and a timestamp's midnight. A moment without a zone is taken
/// for one in UTC; what a server of another zone made of it is a difference.
pub(super) fn normal(default: &Expression, ty: &Type) -> Option<Expression> {
    let mut value = default.clone();
    if let Expression::Sql(sql) = default {
        value = read(sql, ty);
        if let Expression::Sql(sql) = value {
            return Some(Expression::Sql(expression::normal(&sql, "")));
        }
    }
    let text = match &value {
        Expression::Text(text) => text.clone(),
        Expression::Integer(number) => number.to_string(),
        Expression::Bool(truth) => truth.to_string(),
        Expression::Double(bits) => format!("{:?}", f64::from_bits(*bits)),
        Expression::Null => return None,
        Expression::Sql(_) | Expression::Now | Expression::Bytes(_) => return Some(value),
    };
    let trimmed = text.trim();
    Some(match ty {
        Type::SmallInt | Type::Integer | Type::BigInt => match trimmed.parse() {
            Ok(number) => Expression::Integer(number),
            Err(_) => value,
        },
        Type::Real | Type::Double => double(trimmed).unwrap_or(value),
        Type::Numeric { .. } => Expression::Text(decimal(trimmed)),
        Type::Custom(name) if name == "numeric" => Expression::Text(decimal(trimmed)),
        Type::Boolean => match trimmed.to_lowercase().as_str() {
            "t" | "true" | "y" | "yes" | "on" | "1" => Expression::Bool(true),
            "f" | "false" | "n" | "no" | "off" | "0" => Expression::Bool(false),
            _ => value,
        },
        Type::Uuid => Expression::Text(uuid(trimmed)),
        Type::Jsonb => Expression::Text(without_blanks(trimmed)),
        Type::Timestamp => Expression::Text(moment(trimmed)),
        Type::TimestampTz => {
            let ends = ["Z", "+00:00", "+00"];
            let bare = ends.iter().find_map(|end| trimmed.strip_suffix(end));
            Expression::Text(moment(bare.unwrap_or(trimmed)))
        }
        Type::Text
        | Type::Varchar(_)
        | Type::Char(_)
        | Type::Date
        | Type::Time
        | Type::Json
        | Type::Bytes
        | Type::Enumeration(_)
        | Type::Array(_)
        | Type::Custom(_) => Expression::Text(text),
    })
}

fn double(text: &str) -> Option<Expression> {
    text.parse::<f64>().ok().map(Expression::from)
}

/// `\x00ff`.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("\\x")?.as_bytes();
    let pairs = digits.chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

/// A decimal without what says nothing: `1` for `+1.00`.
fn decimal(text: &str) -> String {
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => ("-", text),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let text = &format!("{sign}{}", tokens::plain(text));
    let plain = text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
    if plain && text.contains('.') {
        let trimmed = text.trim_end_matches('0').trim_end_matches('.');
        trimmed.to_owned()
    } else {
        text.to_lowercase()
    }
}

fn uuid(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect();
    if digits.len() == 32 {
        digits.to_lowercase()
    } else {
        text.to_owned()
    }
}

/// `2020-01-01T12:30:00` and the like as PostgreSQL writes it.
fn moment(text: &str) -> String {
    node::day(&text.replace('T', " ")).to_owned()
}

/// JSON without the blanks between its parts.
fn without_blanks(text: &str) -> String {
    let mut inside = false;
    let mut escaped = false;
    let kept = text.chars().filter(|character| {
        if inside && !escaped && *character == '\\' {
            escaped = true;
            return true;
        }
        if *character == '"' && !escaped {
            inside = !inside;
        }
        escaped = false;
        inside || !character.is_whitespace()
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{sql, types};

    #[test]
    fn two_values_that_differ_stay_different() {
        let pairs: [(Type, Expression, Expression); 9] = [
            (types::text(), "a".into(), "A".into()),
            (types::text(), "1.0".into(), "1.00".into()),
            (types::integer(), 1_i32.into(), 10_i32.into()),
            (types::numeric(10, 2), "1.5".into(), "1.05".into()),
            (types::boolean(), true.into(), false.into()),
            (types::jsonb(), "{\"a b\": 1}".into(), "{\"ab\": 1}".into()),
            (types::json(), "{ }".into(), "{}".into()),
            (
                types::timestamp(),
                "2020-01-01 00:00:01".into(),
                "2020-01-01".into(),
            ),
            (types::text(), sql("lower('A')").into(), "a".into()),
        ];
        for (ty, one, other) in pairs {
            assert_ne!(
                normal(&one, &ty),
                normal(&other, &ty),
                "{ty:?}: {one:?}, {other:?}"
            );
        }
    }

    #[test]
    fn one_value_in_two_spellings_is_one() {
        let pairs: [(Type, Expression, Expression); 8] = [
            (types::integer(), "18".into(), 18_i32.into()),
            (types::integer(), sql("'18'::integer").into(), 18_i32.into()),
            (types::numeric(10, 2), 1.5.into(), sql("1.50").into()),
            (types::double(), 3_i32.into(), sql("3.0").into()),
            (types::boolean(), "yes".into(), sql("true").into()),
            (
                types::jsonb(),
                "{\"a\":1}".into(),
                sql("'{\"a\": 1}'::jsonb").into(),
            ),
            (
                types::timestamptz(),
                Expression::Now,
                sql("CURRENT_TIMESTAMP").into(),
            ),
            (
                types::bytes(),
                vec![1_u8].into(),
                sql("decode('01'::text, 'hex'::text)").into(),
            ),
        ];
        for (ty, one, other) in pairs {
            assert_eq!(normal(&one, &ty), normal(&other, &ty));
        }
        assert_eq!(normal(&Expression::Null, &types::text()), None);
    }
}
