//! The tokens of an expression, as both servers take them.
//!
//! It is the dialects' lexer with what an expression needs besides: numbers and operators are one token each, and what
//! is quoted is read. Comments are none, and neither is the character set that stands before a text.

use crate::dialect::lexer;
use crate::dialect::mysql::SYNTAX;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A keyword or a name, in lower case.
    Word(String),
    /// A name in backticks.
    Quoted(String),
    Text(String),
    /// `x'..'` or `0x..`, its digits in lower case.
    Hex(String),
    /// `b'..'`.
    Bits(String),
    Number(String),
    Operator(&'static str),
    /// A parenthesis, a comma, a dot.
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
            lexer::Token::Word(word) => match prefixed(word, &sql[place.end..]) {
                Some((prefixed, length)) => {
                    taken += length;
                    match prefixed {
                        Some(token) => token,
                        None => continue,
                    }
                }
                None => Token::Word(word.to_lowercase()),
            },
            lexer::Token::Other | lexer::Token::Uncertain => {
                let (token, length) = other(&sql[place.start..], text)?;
                taken = place.start + length;
                token
            }
        });
    }
    Some(tokens)
}

/// What a word before a quote makes of it, and the length of the quoted. A character set makes a text of bytes, and of a
/// text nothing.
fn prefixed(word: &str, rest: &str) -> Option<(Option<Token>, usize)> {
    if SETS.contains(&word.to_lowercase().as_str()) {
        let blank = rest.len() - rest.trim_start().len();
        let next = rest.trim_start();
        if let Some(hex) = next.strip_prefix("0x") {
            let end = hexadecimal(hex);
            return Some((Some(Token::Text(text_of(&hex[..end])?)), blank + 2 + end));
        }
        return next.starts_with(['\'', '"']).then_some((None, 0));
    }
    let inner = rest.strip_prefix('\'')?;
    let end = inner.find('\'')?;
    let digits = inner[..end].to_lowercase();
    let token = match word {
        "x" | "X" => Some(Token::Hex(digits)),
        "b" | "B" => Some(Token::Bits(digits)),
        "n" | "N" => return Some((None, 0)),
        _ => return None,
    };
    Some((token, end + 2))
}

fn hexadecimal(text: &str) -> usize {
    let end = text.find(|character: char| !character.is_ascii_hexdigit());
    end.unwrap_or(text.len())
}

/// The text of which these are the bytes.
pub(super) fn text_of(digits: &str) -> Option<String> {
    String::from_utf8(bytes(digits)?).ok()
}

pub(super) fn bytes(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

/// Character sets, as they stand before a text.
const SETS: &[&str] = &["_utf8mb4", "_utf8mb3", "_utf8", "_latin1", "_ascii"];

/// Longer ones first.
const OPERATORS: &[(&str, &str)] = &[
    ("<=>", "<=>"),
    ("->>", "->>"),
    ("->", "->"),
    ("<=", "<="),
    (">=", ">="),
    ("<>", "<>"),
    ("!=", "<>"),
    ("<<", "<<"),
    (">>", ">>"),
    ("&&", "and"),
    ("||", "or"),
    ("<", "<"),
    (">", ">"),
    ("=", "="),
    ("+", "+"),
    ("-", "-"),
    ("*", "*"),
    ("/", "/"),
    ("%", "mod"),
    ("^", "^"),
    ("&", "&"),
    ("|", "|"),
    ("~", "~"),
    ("!", "!"),
];

/// What begins with a token that is no word, and its length.
fn other(rest: &str, text: &str) -> Option<(Token, usize)> {
    let first = text.chars().next()?;
    let whole = text.len();
    if let Some(hex) = rest.strip_prefix("0x") {
        let end = hexadecimal(hex);
        let digits = hex[..end].to_lowercase();
        return ends(&hex[end..]).then_some((Token::Hex(digits), end + 2));
    }
    Some(match first {
        '\'' | '"' => (Token::Text(unescaped(text, first)?), whole),
        '`' => {
            let inner = text.strip_prefix('`')?.strip_suffix('`')?;
            (Token::Quoted(inner.replace("``", "`")), whole)
        }
        '0'..='9' | '.' => match lexer::number(rest) {
            0 => (Token::Mark('.'), 1),
            length if !ends(&rest[length..]) => return None,
            length => {
                let whole = if first == '.' { "0" } else { "" };
                let number = format!("{whole}{}", &rest[..length]);
                (Token::Number(number.to_lowercase()), length)
            }
        },
        '(' | ')' | ',' => (Token::Mark(first), 1),
        _ => {
            let found = OPERATORS.iter().find(|(spelled, _)| rest.starts_with(spelled));
            let (spelled, operator) = found?;
            (Token::Operator(operator), spelled.len())
        }
    })
}

/// Whether no word goes on here: a name may begin with digits.
fn ends(rest: &str) -> bool {
    !rest.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_' || !next.is_ascii())
}

/// <https://dev.mysql.com/doc/refman/8.0/en/string-literals.html>
fn unescaped(text: &str, quote: char) -> Option<String> {
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    let mut read = String::new();
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        if character == '\\' {
            match characters.next()? {
                '0' => read.push('\0'),
                'b' => read.push('\u{8}'),
                'n' => read.push('\n'),
                'r' => read.push('\r'),
                't' => read.push('\t'),
                'Z' => read.push('\u{1a}'),
                pattern @ ('%' | '_') => {
                    read.push('\\');
                    read.push(pattern);
                }
                plain => read.push(plain),
            }
            continue;
        }
        if character == quote {
            // Twice the quote is one.
            characters.next();
        }
        read.push(character);
    }
    Some(read)
}
