//! The tokens of an attribute, whoever made them.
//!
//! The compiler hands a macro tokens with spans; the command line has text with lines and columns. Both become
//! these, so that [one grammar](super::header) reads both. `S` is where a token stands: a [`Place`] in a file,
//! or a span of the compiler.

use core::fmt;
use std::{borrow::ToOwned, string::String, vec::Vec};

/// A line and a column of a file, both counted from 1; a column is a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Where a token of a text stands: the place for people, and its bytes for whoever changes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) place: Place,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenKind {
    /// An identifier or keyword.
    Word(String),
    /// A string literal, as its value.
    Str(String),
    /// Any other literal.
    Literal,
    /// One character of punctuation.
    Punct(char),
    /// An opening bracket of any kind.
    Open(char),
    /// A closing bracket of any kind.
    Close,
}

impl TokenKind {
    /// The kind of a literal, from its source text.
    #[must_use]
    pub fn of_literal(source: &str) -> Self {
        string_value(source).map_or(Self::Literal, Self::Str)
    }
}

/// A token and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<S> {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands.
    pub span: S,
}

impl<S> Token<S> {
    /// The same token with another kind of span.
    pub(super) fn map<T>(self, span: impl FnOnce(S) -> T) -> Token<T> {
        Token {
            kind: self.kind,
            span: span(self.span),
        }
    }
}

/// The value of a string literal, plain or raw; `None` for any other literal and for an escape that Rust does
/// not have. Line ends are `\n`, as the compiler reads them.
fn string_value(source: &str) -> Option<String> {
    let source = source.replace("\r\n", "\n");
    if let Some(raw) = source.strip_prefix('r') {
        return raw
            .trim_matches('#')
            .strip_prefix('"')?
            .strip_suffix('"')
            .map(ToOwned::to_owned);
    }
    unescape(source.strip_prefix('"')?.strip_suffix('"')?)
}

fn unescape(escaped: &str) -> Option<String> {
    let mut value = String::with_capacity(escaped.len());
    let mut rest = escaped;
    while let Some(backslash) = rest.find('\\') {
        value.push_str(&rest[..backslash]);
        let mut after = rest[backslash + 1..].chars();
        let escape = after.next()?;
        rest = after.as_str();
        value.push(match escape {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '0' => '\0',
            '\\' | '\'' | '"' => escape,
            'x' => {
                let digits = rest.get(..2)?;
                rest = &rest[2..];
                char::from(u8::from_str_radix(digits, 16).ok().filter(u8::is_ascii)?)
            }
            'u' => {
                let (digits, behind) = rest.strip_prefix('{')?.split_once('}')?;
                rest = behind;
                char::from_u32(u32::from_str_radix(&digits.replace('_', ""), 16).ok()?)?
            }
            '\n' => {
                rest = rest.trim_start_matches([' ', '\t', '\n', '\r']);
                continue;
            }
            _ => return None,
        });
    }
    value.push_str(rest);
    Some(value)
}

/// Counts lines and columns of ascending byte offsets of a text, each part of it once.
#[derive(Debug)]
pub(super) struct Places<'a> {
    text: &'a str,
    offset: usize,
    place: Place,
}

impl<'a> Places<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            offset: 0,
            place: Place { line: 1, column: 1 },
        }
    }

    /// The place of a byte offset that is not before the last one asked for.
    pub(super) fn at(&mut self, offset: usize) -> Place {
        let passed: Vec<&str> = self.text[self.offset..offset].split('\n').collect();
        if let [.., last] = passed.as_slice() {
            if passed.len() > 1 {
                self.place.line += passed.len() - 1;
                self.place.column = 1;
            }
            self.place.column += last.chars().count();
        }
        self.offset = offset;
        self.place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_literal_has_the_value_that_rust_gives_it() {
        let cases = [
            (r#""""#, ""),
            (r#""a\n\t\\\"\'\0\x41\u{1_F6_00}""#, "a\n\t\\\"'\0A\u{1F600}"),
            ("\"a \\\n   b\"", "a b"),
            ("\"a\r\nb\"", "a\nb"),
            (r##"r#"a\"b"#"##, "a\\\"b"),
            (r#"r"""#, ""),
        ];
        for (source, value) in cases {
            assert_eq!(
                TokenKind::of_literal(source),
                TokenKind::Str(value.to_owned()),
                "{source}"
            );
        }
    }

    #[test]
    fn other_literals_and_broken_escapes_have_no_string_value() {
        for source in [
            "1",
            "b\"a\"",
            "c\"a\"",
            "'a'",
            r#""\q""#,
            r#""\xff""#,
            r#""\u{110000}""#,
            "\"a\"x",
            "\"",
        ] {
            assert_eq!(TokenKind::of_literal(source), TokenKind::Literal, "{source}");
        }
    }

    #[test]
    fn places_count_characters_and_lines_from_one() {
        let text = "aé\r\n\tb";
        let mut places = Places::new(text);
        assert_eq!(places.at(0), Place { line: 1, column: 1 });
        assert_eq!(places.at(3), Place { line: 1, column: 3 });
        assert_eq!(places.at(6), Place { line: 2, column: 2 });
        assert_eq!(places.at(7), Place { line: 2, column: 3 });
    }
}
