//! The names of MySQL's types.
//!
//! The width of an integer says nothing; MySQL leaves it out, MariaDB does not.

use super::tokens::{Token, tokens};
use crate::dialect::Dialect;
use crate::dialect::mysql::MySql;
use crate::schema::{Type, types::enumeration};

/// The type of a spelling; [`Type::Custom`], in the catalog's spelling as far as that is known, where the model has no
/// name for it. An enumeration has no name.
pub(in crate::dialect::mysql) fn read(spelling: &str) -> Type {
    let custom = || Type::Custom(spelling.trim().to_owned());
    let Some(tokens) = tokens(spelling) else {
        return custom();
    };
    let mut words: Vec<&str> = Vec::new();
    let mut numbers: Vec<u32> = Vec::new();
    let mut texts: Vec<&str> = Vec::new();
    for token in &tokens {
        match token {
            Token::Word(word) => words.push(word),
            Token::Number(number) => match number.parse() {
                Ok(number) => numbers.push(number),
                Err(_) => return custom(),
            },
            Token::Text(text) => texts.push(text),
            Token::Mark('(' | ')' | ',') => {}
            Token::Quoted(_) | Token::Hex(_) | Token::Bits(_) | Token::Operator(_) | Token::Mark(_) => {
                return custom();
            }
        }
    }
    if words == ["enum"] && numbers.is_empty() {
        return Type::Enumeration(enumeration("", texts));
    }
    if !texts.is_empty() {
        return Type::Custom(spelled(&tokens));
    }
    let spelling = words.join(" ");
    match (spelling.as_str(), numbers.as_slice()) {
        ("tinyint", [1]) | ("bool" | "boolean", []) => Type::Boolean,
        ("smallint" | "int2", _) => Type::SmallInt,
        ("int" | "integer" | "int4", _) => Type::Integer,
        ("bigint" | "int8", _) => Type::BigInt,
        ("decimal" | "numeric" | "dec" | "fixed", []) => numeric(10, 0).unwrap_or_else(custom),
        ("decimal" | "numeric" | "dec" | "fixed", [precision]) => {
            numeric(*precision, 0).unwrap_or_else(custom)
        }
        ("decimal" | "numeric" | "dec" | "fixed", [precision, scale]) => {
            numeric(*precision, *scale).unwrap_or_else(custom)
        }
        ("float", []) => Type::Real,
        ("double" | "double precision" | "real", []) => Type::Double,
        ("longtext", []) => Type::Text,
        ("varchar" | "character varying", [length]) => Type::Varchar(*length),
        ("char" | "character", [36]) => Type::Uuid,
        ("char" | "character", [length]) => Type::Char(*length),
        ("char" | "character", []) => Type::Char(1),
        ("date", []) => Type::Date,
        ("time", [6]) => Type::Time,
        ("datetime", [6]) => Type::Timestamp,
        ("json", []) => Type::Json,
        ("longblob", []) => Type::Bytes,
        ("bit", []) => Type::Custom("bit(1)".into()),
        // MariaDB says how many digits it shows.
        ("tinyint" | "mediumint" | "year", _) => Type::Custom(spelling),
        (other, _) if other.ends_with(" unsigned") || other.ends_with(" zerofill") => {
            Type::Custom(spelled(&without_width(tokens)))
        }
        _ => Type::Custom(spelled(&tokens)),
    }
}

fn numeric(precision: u32, scale: u32) -> Option<Type> {
    Some(Type::Numeric {
        precision: precision.try_into().ok()?,
        scale: scale.try_into().ok()?,
    })
}

/// `int(10) unsigned` without its width.
fn without_width(mut tokens: Vec<Token>) -> Vec<Token> {
    let is_integer =
        matches!(tokens.first(), Some(Token::Word(word)) if word.ends_with("int") || word == "integer");
    let has_width = matches!(
        tokens.get(1..4),
        Some([Token::Mark('('), Token::Number(_), Token::Mark(')')])
    );
    if is_integer && has_width {
        tokens.drain(1..4);
    }
    if tokens.first() == Some(&Token::Word("integer".into())) {
        tokens.splice(..1, [Token::Word("int".into())]);
    }
    tokens
}

/// As the catalog spells it: a blank between words alone.
fn spelled(tokens: &[Token]) -> String {
    let mut text = String::new();
    for token in tokens {
        let is_word = matches!(token, Token::Word(_));
        if is_word && !text.is_empty() {
            text.push(' ');
        }
        match token {
            Token::Word(word) => text.push_str(word),
            Token::Number(number) => text.push_str(number),
            Token::Mark(mark) => text.push(*mark),
            Token::Text(value) => text.push_str(&MySql.literal(value)),
            Token::Quoted(_) | Token::Hex(_) | Token::Bits(_) | Token::Operator(_) => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_the_same_by_each_of_its_names() {
        for (one, other) in [
            ("int(11)", Type::Integer),
            ("INTEGER", Type::Integer),
            ("tinyint(1)", Type::Boolean),
            ("tinyint(4)", Type::Custom("tinyint".into())),
            ("TINYINT", Type::Custom("tinyint".into())),
            ("int(10) unsigned", Type::Custom("int unsigned".into())),
            ("BIGINT UNSIGNED", Type::Custom("bigint unsigned".into())),
            (
                "DECIMAL(10, 2) unsigned",
                Type::Custom("decimal(10,2) unsigned".into()),
            ),
            ("char(36)", Type::Uuid),
            ("datetime(6)", Type::Timestamp),
            ("DATETIME", Type::Custom("datetime".into())),
            ("year(4)", Type::Custom("year".into())),
            ("mediumtext", Type::Custom("mediumtext".into())),
            (
                "decimal(10,2)",
                Type::Numeric {
                    precision: 10,
                    scale: 2,
                },
            ),
            (
                "enum('a','it''s','b,c')",
                Type::Enumeration(enumeration("", ["a", "it's", "b,c"])),
            ),
            ("SET( 'a', 'b')", Type::Custom("set('a','b')".into())),
        ] {
            assert_eq!(read(one), other, "{one}");
        }
    }
}
