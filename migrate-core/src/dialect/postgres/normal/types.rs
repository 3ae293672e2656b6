//! The names of PostgreSQL's types.

use super::tokens::{Token, tokens};
use crate::schema::Type;

/// The type of a spelling; [`Type::Custom`], in the catalog's spelling as far as that is known, where the model has no
/// name for it.
pub(in crate::dialect::postgres) fn read(spelling: &str) -> Type {
    let custom = || Type::Custom(spelling.trim().to_owned());
    let Some(mut tokens) = tokens(spelling) else {
        return custom();
    };
    if let [rest @ .., Token::Mark('['), Token::Mark(']')] = tokens.as_slice() {
        let _ = rest;
        let element = spelling.trim_end().strip_suffix(']').unwrap_or_default();
        let element = element.trim_end().strip_suffix('[').unwrap_or_default();
        return Type::Array(Box::new(read(element)));
    }
    if let [Token::Word(catalog), Token::Mark('.'), ..] = tokens.as_slice()
        && catalog == "pg_catalog"
    {
        tokens.drain(..2);
    }
    let mut words: Vec<&str> = Vec::new();
    let mut numbers: Vec<u32> = Vec::new();
    for token in &tokens {
        match token {
            Token::Word(word) => words.push(word),
            Token::Number(number) => match number.parse() {
                Ok(number) => numbers.push(number),
                Err(_) => return custom(),
            },
            Token::Mark('(' | ')' | ',') => {}
            Token::Quoted(_) | Token::Text(_) | Token::Operator(_) | Token::Cast | Token::Mark(_) => {
                return custom();
            }
        }
    }
    match (words.join(" ").as_str(), numbers.as_slice()) {
        ("smallint" | "int2", []) => Type::SmallInt,
        ("integer" | "int" | "int4", []) => Type::Integer,
        ("bigint" | "int8", []) => Type::BigInt,
        ("numeric" | "decimal" | "dec", [precision]) => numeric(*precision, 0).unwrap_or_else(custom),
        ("numeric" | "decimal" | "dec", [precision, scale]) => {
            numeric(*precision, *scale).unwrap_or_else(custom)
        }
        ("numeric" | "decimal" | "dec", []) => Type::Custom("numeric".into()),
        ("real" | "float4", []) => Type::Real,
        ("double precision" | "float8" | "float", []) => Type::Double,
        ("text", []) => Type::Text,
        ("character varying" | "varchar", [length]) => Type::Varchar(*length),
        ("character varying" | "varchar", []) => Type::Custom("character varying".into()),
        ("character" | "char", [length]) => Type::Char(*length),
        ("character" | "char", []) => Type::Char(1),
        ("boolean" | "bool", []) => Type::Boolean,
        ("uuid", []) => Type::Uuid,
        ("date", []) => Type::Date,
        ("time without time zone" | "time", []) => Type::Time,
        ("timestamp without time zone" | "timestamp", []) => Type::Timestamp,
        ("timestamp with time zone" | "timestamptz", []) => Type::TimestampTz,
        ("time with time zone" | "timetz", []) => Type::Custom("time with time zone".into()),
        ("timestamp without time zone" | "timestamp", [digits]) => {
            Type::Custom(format!("timestamp({digits}) without time zone"))
        }
        ("timestamp with time zone" | "timestamptz", [digits]) => {
            Type::Custom(format!("timestamp({digits}) with time zone"))
        }
        ("time without time zone" | "time", [digits]) => {
            Type::Custom(format!("time({digits}) without time zone"))
        }
        ("time with time zone" | "timetz", [digits]) => {
            Type::Custom(format!("time({digits}) with time zone"))
        }
        ("json", []) => Type::Json,
        ("jsonb", []) => Type::Jsonb,
        ("bytea", []) => Type::Bytes,
        ("bit varying" | "varbit", [length]) => Type::Custom(format!("bit varying({length})")),
        ("bit varying" | "varbit", []) => Type::Custom("bit varying".into()),
        _ => Type::Custom(spelled(&tokens)),
    }
}

fn numeric(precision: u32, scale: u32) -> Option<Type> {
    Some(Type::Numeric {
        precision: precision.try_into().ok()?,
        scale: scale.try_into().ok()?,
    })
}

/// As the catalog spells it: a blank between words alone.
fn spelled(tokens: &[Token]) -> String {
    let mut text = String::new();
    let mut after_word = false;
    for token in tokens {
        let (part, is_word) = match token {
            Token::Word(word) => (word.clone(), true),
            Token::Number(number) => (number.clone(), false),
            Token::Mark(mark) => (mark.to_string(), false),
            Token::Quoted(name) => (format!("\"{}\"", name.replace('"', "\"\"")), true),
            Token::Text(_) | Token::Operator(_) | Token::Cast => (String::new(), false),
        };
        if is_word && (after_word || text.ends_with(')')) {
            text.push(' ');
        }
        text.push_str(&part);
        after_word = is_word;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_the_same_by_each_of_its_names() {
        for (one, other) in [
            ("INT4", Type::Integer),
            ("character varying(20)", Type::Varchar(20)),
            ("VARCHAR (20)", Type::Varchar(20)),
            ("timestamptz", Type::TimestampTz),
            (
                "numeric(10, 2)",
                Type::Numeric {
                    precision: 10,
                    scale: 2,
                },
            ),
            ("text[]", Type::Array(Box::new(Type::Text))),
            (
                "varchar(3)[][]",
                Type::Array(Box::new(Type::Array(Box::new(Type::Varchar(3))))),
            ),
            ("CITEXT", Type::Custom("citext".into())),
            (
                "timestamptz(3)",
                Type::Custom("timestamp(3) with time zone".into()),
            ),
            (
                "timestamp(3) with time zone",
                Type::Custom("timestamp(3) with time zone".into()),
            ),
            ("auth.\"Kind\"", Type::Custom("auth.\"Kind\"".into())),
            ("bit varying(5)", Type::Custom("bit varying(5)".into())),
            (
                "geometry(Point,4326)",
                Type::Custom("geometry(point,4326)".into()),
            ),
        ] {
            assert_eq!(read(one), other, "{one}");
        }
    }
}
