//! A text of the catalog as tokens with their places.
//!
//! It is the dialects' lexer with two things added that a definition needs: numbers and blobs are one token each,
//! and quotes are told apart. Comments and white space are no tokens.

use crate::dialect::lexer;
use crate::dialect::sqlite::SYNTAX;

/// A stretch of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Span {
    /// From where this one starts to where another ends.
    pub(super) fn to(self, other: Self) -> Self {
        Self {
            start: self.start,
            end: other.end,
        }
    }

    pub(super) fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword, or a name without quotes.
    Word,
    /// `"..."`, `` `..` `` or `[..]`: a name, or by SQLite's leniency a text.
    Quoted,
    /// `'..'` or `X'..'`: a text, or by SQLite's leniency a name.
    Text,
    Number,
    /// A parenthesis, a comma, an operator: one character.
    Mark(char),
}

/// The tokens of a text, or the place where something is opened and not closed.
pub(super) fn tokens(sql: &str) -> Result<Vec<Token>, usize> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut taken = 0;
    for (token, range) in lexer::tokens(&SYNTAX, sql) {
        if range.start < taken {
            continue;
        }
        let text = &sql[range.clone()];
        let first = text.chars().next().unwrap_or(' ');
        let mut span = Span {
            start: range.start,
            end: range.end,
        };
        let kind = match token {
            lexer::Token::LineComment | lexer::Token::BlockComment => continue,
            lexer::Token::Unterminated | lexer::Token::Uncertain => return Err(span.start),
            lexer::Token::Word(_) => Kind::Word,
            lexer::Token::Semicolon => Kind::Mark(';'),
            lexer::Token::Other => match first {
                '\'' => match tokens.last_mut() {
                    // X'..' is one blob.
                    Some(last) if last.span.end == span.start && is_x(last, sql) => {
                        *last = Token {
                            kind: Kind::Text,
                            span: last.span.to(span),
                        };
                        continue;
                    }
                    Some(_) | None => Kind::Text,
                },
                '"' | '`' | '[' => Kind::Quoted,
                '0'..='9' | '.' => match number_length(&sql[span.start..]) {
                    0 => Kind::Mark('.'),
                    length => {
                        span.end = span.start + length;
                        Kind::Number
                    }
                },
                other => Kind::Mark(other),
            },
        };
        taken = span.end;
        tokens.push(Token { kind, span });
    }
    Ok(tokens)
}

fn is_x(token: &Token, sql: &str) -> bool {
    token.kind == Kind::Word && sql[token.span.start..token.span.end].eq_ignore_ascii_case("x")
}

/// How long the number is that a text begins with: `0x1F`, `1_000`, `.5`, `2.5e-3`. A lone dot is none.
fn number_length(text: &str) -> usize {
    let mut length = 0;
    let mut digits = false;
    let hexadecimal = text.starts_with("0x") || text.starts_with("0X");
    for character in text.chars() {
        let exponent_sign =
            matches!(character, '+' | '-') && !hexadecimal && digits && text[..length].ends_with(['e', 'E']);
        if !(character.is_ascii_alphanumeric() || matches!(character, '.' | '_') || exponent_sign) {
            break;
        }
        digits |= character.is_ascii_digit();
        if length == 1 && !digits {
            return 0;
        }
        length += character.len_utf8();
    }
    if digits { length } else { 0 }
}

/// A name without its quotes.
pub(super) fn unquoted(text: &str) -> String {
    let inner = || text.get(1..text.len().saturating_sub(1)).unwrap_or("");
    match text.chars().next() {
        Some(quote @ ('"' | '`' | '\'')) => inner().replace(&format!("{quote}{quote}"), &quote.to_string()),
        Some('[') => inner().to_owned(),
        Some(_) | None => text.to_owned(),
    }
}

/// Whether a text of the catalog may mean a column of this name, somewhere from `within` on. A text in single quotes
/// does not count, and neither does the name of a function.
pub(super) fn mentions(sql: &str, tokens: &[Token], within: Span, name: &str) -> bool {
    tokens.iter().enumerate().any(|(index, token)| {
        let text = &sql[token.span.start..token.span.end];
        let called = tokens
            .get(index + 1)
            .is_some_and(|next| next.kind == Kind::Mark('('));
        within.holds(token.span)
            && match token.kind {
                Kind::Word => !called && text.eq_ignore_ascii_case(name),
                Kind::Quoted => unquoted(text).eq_ignore_ascii_case(name),
                Kind::Text | Kind::Number | Kind::Mark(_) => false,
            }
    })
}
