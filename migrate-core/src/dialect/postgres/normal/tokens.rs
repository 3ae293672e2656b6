//! The tokens of an expression, as PostgreSQL's own lexer takes them.
//!
//! It is the dialects' lexer with what an expression needs besides: numbers and operators are one token each, and what
//! is quoted is read. Comments are none.

use crate::dialect::lexer;
use crate::dialect::postgres::SYNTAX;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A keyword or a name, in lower case.
    Word(String),
    /// A name in quotes.
    Quoted(String),
    /// A text.
    Text(String),
    Number(String),
    Operator(String),
    /// `::`.
    Cast,
    /// A parenthesis, a bracket, a comma, a dot.
    Mark(char),
}

/// The tokens of a text; `None` where it is none that ends.
pub(super) fn tokens(sql: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut taken = 0;
    for (token, place) in lexer::tokens(&SYNTAX, sql) {
        if place.start < taken {
            continue;
        }
        let text = &sql[place.clone()];
        taken = place.end;
        tokens.push(match token {
            lexer::Token::LineComment | lexer::Token::BlockComment => continue,
            lexer::Token::Unterminated | lexer::Token::Semicolon => return None,
            lexer::Token::Word(word) => Token::Word(word.to_lowercase()),
            // What a backslash is depends on a setting, and by default it is one.
            lexer::Token::Uncertain => Token::Text(unquoted(text, '\'')?),
            lexer::Token::Other => {
                let rest = &sql[place.start..];
                let (token, length) = other(rest, text)?;
                taken = place.start + length;
                token
            }
        });
    }
    Some(tokens)
}

/// What begins with a token that is no word, and its length.
fn other(rest: &str, text: &str) -> Option<(Token, usize)> {
    let first = text.chars().next()?;
    let whole = text.len();
    Some(match first {
        '\'' => (Token::Text(unquoted(text, '\'')?), whole),
        '"' => (Token::Quoted(unquoted(text, '"')?), whole),
        'e' | 'E' if whole > 1 => (Token::Text(unescaped(&unquoted(&text[1..], '\'')?)?), whole),
        '$' if whole > 1 => {
            let tag = text[1..].find('$')? + 2;
            (Token::Text(text.get(tag..whole - tag)?.to_owned()), whole)
        }
        '0'..='9' | '.' => match lexer::number(rest) {
            0 => (Token::Mark('.'), 1),
            length => (Token::Number(plain(&rest[..length])), length),
        },
        ':' if rest.starts_with("::") => (Token::Cast, 2),
        '(' | ')' | '[' | ']' | ',' | ':' => (Token::Mark(first), 1),
        _ if OPERATORS.contains(first) => {
            let length = operator(rest);
            let spelled = &rest[..length];
            let spelled = if spelled == "!=" { "<>" } else { spelled };
            (Token::Operator(spelled.to_owned()), length)
        }
        _ => return None,
    })
}

const OPERATORS: &str = "+-*/<>=~!@#%^&|`?";

/// The length of an operator: <https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-OPERATORS>.
fn operator(text: &str) -> usize {
    let end = text.find(|character| !OPERATORS.contains(character));
    let mut length = end.unwrap_or(text.len());
    for comment in ["--", "/*"] {
        length = length.min(text.find(comment).unwrap_or(length));
    }
    let may_end_so = text[..length].contains(['~', '!', '@', '#', '%', '^', '&', '|', '`', '?']);
    while length > 1 && !may_end_so && text[..length].ends_with(['+', '-']) {
        length -= 1;
    }
    length
}

/// A number without an exponent, as PostgreSQL writes it: `1e3` is `1000`.
pub(super) fn plain(number: &str) -> String {
    let number = &match (number.starts_with('.'), number.strip_suffix('.')) {
        (true, _) => format!("0{number}"),
        (false, whole) => whole.unwrap_or(number).to_owned(),
    };
    let parts = number.split_once(['e', 'E']);
    let Some((digits, Ok(exponent))) = parts.map(|(digits, exponent)| (digits, exponent.parse::<i32>()))
    else {
        return number.to_owned();
    };
    // Further than any type reaches.
    if exponent.unsigned_abs() > 400 {
        return number.to_owned();
    }
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let places = exponent.unsigned_abs() as usize;
    if exponent >= 0 {
        let moved = fraction.get(..places).unwrap_or(fraction);
        let zeros = "0".repeat(places - moved.len());
        let rest = &fraction[moved.len()..];
        let point = if rest.is_empty() { "" } else { "." };
        format!("{whole}{moved}{zeros}{point}{rest}")
    } else {
        let padded = format!("{}{whole}", "0".repeat((places + 1).saturating_sub(whole.len())));
        let (whole, moved) = padded.split_at(padded.len() - places);
        format!("{whole}.{moved}{fraction}")
    }
}

fn unquoted(text: &str, quote: char) -> Option<String> {
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    Some(inner.replace(&format!("{quote}{quote}"), &quote.to_string()))
}

/// What stands in `E'..'`, of whose escapes the common ones are known.
fn unescaped(text: &str) -> Option<String> {
    let mut read = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        read.push(match character {
            '\\' => match characters.next()? {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                plain @ ('\\' | '\'') => plain,
                _ => return None,
            },
            plain => plain,
        });
    }
    Some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_no_exponent() {
        for (written, kept) in [
            ("1e3", "1000"),
            ("1.5E3", "1500"),
            ("1.2345e2", "123.45"),
            ("1e-3", "0.001"),
            ("15e-1", "1.5"),
            ("12.5e-1", "1.25"),
            ("7", "7"),
            ("7.50", "7.50"),
            (".5", "0.5"),
            ("5.", "5"),
            ("1e9999", "1e9999"),
        ] {
            assert_eq!(plain(written), kept);
        }
    }
}
