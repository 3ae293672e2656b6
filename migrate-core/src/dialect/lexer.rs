//! Just enough of a lexer to tell what is quoted in an author's SQL, and what is not.
//!
//! It knows quotes, comments, words and semicolons, not grammar; that a text is several statements is for
//! [`authored`](super::authored) to say. Where a database could read a text in two ways, the token is
//! [`Token::Uncertain`].

use std::ops::Range;

/// How a database's text falls into tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Syntax {
    /// Whether `$tag$..$tag$` is text.
    pub(crate) dollar_quotes: bool,
    /// What a backslash means in a text.
    pub(crate) backslash: Backslash,
    /// Whether `/*` within a comment begins another.
    pub(crate) nested_comments: bool,
    /// Whether `#` begins a comment.
    pub(crate) hash_comments: bool,
    /// Whether the server runs what stands in `/*! */`.
    pub(crate) executable_comments: bool,
    /// Whether `".."` may be text as well as an identifier.
    pub(crate) double_quoted_text: bool,
    /// Whether `--` begins a comment only before a blank, a control character or the end.
    pub(crate) dash_needs_blank: bool,
    /// What opens and closes a quoted identifier. Twice the closing character is one of it.
    pub(crate) identifier_quotes: &'static [(char, char)],
    /// What ends a `--` comment.
    pub(crate) line_ends: LineEnds,
    /// Which statements hold further statements.
    pub(crate) bodies: Bodies,
    /// The words that begin a statement which may give several answers.
    pub(crate) several_answers: &'static [&'static str],
}

/// What a backslash means in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backslash {
    /// A character like any other.
    Plain,
    /// It escapes in `E'..'`; in `'..'` a setting decides, and it usually is plain.
    ByPrefix,
    /// A setting decides, and it usually escapes.
    Escape,
}

/// What ends a `--` comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineEnds {
    /// A newline.
    Newline,
    /// A newline or a carriage return.
    NewlineOrReturn,
}

/// Where a body begins, whose semicolons do not end the statement around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bodies {
    /// At `BEGIN ATOMIC` in a `CREATE`.
    BeginAtomic,
    /// At `BEGIN` in a `CREATE TRIGGER`.
    Trigger,
    /// At `BEGIN` in a `CREATE` of a trigger, procedure, function or event.
    Routine,
}

/// A piece of text that means something as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'s> {
    /// A keyword or an identifier without quotes.
    Word(&'s str),
    /// `;`.
    Semicolon,
    /// `-- ..`.
    LineComment,
    /// `/* .. */`.
    BlockComment,
    /// Quoted text or identifier, one character of a number, operator.
    Other,
    /// Text whose end depends on a setting of the server.
    Uncertain,
    /// Something that is opened and not closed.
    Unterminated,
}

struct Lexer<'s> {
    syntax: &'static Syntax,
    rest: &'s str,
}

impl<'s> Iterator for Lexer<'s> {
    type Item = Token<'s>;

    fn next(&mut self) -> Option<Token<'s>> {
        self.rest = trimmed(self.rest);
        let first = self.rest.chars().next()?;
        let (token, length) = self.token(first);
        self.rest = self.rest.get(length..).unwrap_or("");
        Some(token)
    }
}

impl<'s> Lexer<'s> {
    fn new(syntax: &'static Syntax, sql: &'s str) -> Self {
        Self { syntax, rest: sql }
    }

    /// The token that the rest begins with, and its length in bytes.
    fn token(&self, first: char) -> (Token<'s>, usize) {
        let rest = self.rest;
        if first == ';' {
            (Token::Semicolon, 1)
        } else if self.line_comment() {
            let end = match self.syntax.line_ends {
                LineEnds::Newline => rest.find('\n'),
                LineEnds::NewlineOrReturn => rest.find(['\n', '\r']),
            };
            (Token::LineComment, end.unwrap_or(rest.len()))
        } else if let Some(opening) = self.executable_comment() {
            // Its end is two operators.
            (Token::Other, opening)
        } else if rest.starts_with("/*") {
            self.block_comment()
        } else if first == '\'' || first == '"' && self.syntax.double_quoted_text {
            self.text(first)
        } else if let Some((_, close)) = self.identifier_quote(first) {
            quoted(rest, 1, close, None)
        } else if first == '$' && self.syntax.dollar_quotes {
            dollar_quoted(rest)
        } else if is_word_start(first) {
            let word = word(rest);
            if self.syntax.backslash == Backslash::ByPrefix
                && word.eq_ignore_ascii_case("e")
                && rest[word.len()..].starts_with('\'')
            {
                return quoted(rest, word.len() + 1, '\'', Some('\\'));
            }
            (Token::Word(word), word.len())
        } else {
            (Token::Other, first.len_utf8())
        }
    }

    fn identifier_quote(&self, first: char) -> Option<(char, char)> {
        self.syntax
            .identifier_quotes
            .iter()
            .copied()
            .find(|(open, _)| *open == first)
    }

    fn line_comment(&self) -> bool {
        if self.syntax.hash_comments && self.rest.starts_with('#') {
            return true;
        }
        self.rest.strip_prefix("--").is_some_and(|after| {
            !self.syntax.dash_needs_blank
                || after
                    .chars()
                    .next()
                    .is_none_or(|next| next.is_whitespace() || next.is_control())
        })
    }

    /// The length of `/*!50700` or `/*M!100100`, when the rest begins with one that the server may run.
    fn executable_comment(&self) -> Option<usize> {
        let after = self.rest.strip_prefix("/*")?;
        let after = after.strip_prefix('M').unwrap_or(after).strip_prefix('!')?;
        let after = after.trim_start_matches(|character: char| character.is_ascii_digit());
        self.syntax
            .executable_comments
            .then_some(self.rest.len() - after.len())
    }

    /// `'..'`. Where a setting decides what a backslash means, a text with one has no certain end.
    fn text(&self, quote: char) -> (Token<'s>, usize) {
        let escape = (self.syntax.backslash == Backslash::Escape).then_some('\\');
        let (token, length) = quoted(self.rest, 1, quote, escape);
        let depends = self.syntax.backslash != Backslash::Plain;
        let uncertain = depends && self.rest[..length].contains('\\');
        (
            if uncertain && token == Token::Other {
                Token::Uncertain
            } else {
                token
            },
            length,
        )
    }

    fn block_comment(&self) -> (Token<'s>, usize) {
        let mut depth = 1;
        let mut at = 2;
        while let Some(found) = self.rest[at..].find(['/', '*']) {
            at += found;
            if self.rest[at..].starts_with("*/") {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return (Token::BlockComment, at);
                }
            } else if self.syntax.nested_comments && self.rest[at..].starts_with("/*") {
                depth += 1;
                at += 2;
            } else {
                at += 1;
            }
        }
        (Token::Unterminated, self.rest.len())
    }
}

/// What is quoted, from `start` up to a `close` that is not doubled and not escaped.
fn quoted(text: &str, start: usize, close: char, escape: Option<char>) -> (Token<'_>, usize) {
    let mut characters = text[start..].char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if Some(character) == escape {
            characters.next();
        } else if character == close && characters.next_if(|(_, next)| *next == close).is_none() {
            return (Token::Other, start + at + close.len_utf8());
        }
    }
    (Token::Unterminated, text.len())
}

/// `$tag$..$tag$`, or a lone `$` as in the parameter `$1`.
fn dollar_quoted(text: &str) -> (Token<'_>, usize) {
    let Some(tag) = text[1..].find('$').map(|end| &text[..end + 2]) else {
        return (Token::Other, 1);
    };
    let name = &tag[1..tag.len() - 1];
    if !(name.is_empty() || word(name) == name && name.starts_with(is_word_start)) {
        return (Token::Other, 1);
    }
    match text[tag.len()..].find(tag) {
        Some(end) => (Token::Other, 2 * tag.len() + end),
        None => (Token::Unterminated, text.len()),
    }
}

fn is_word_start(character: char) -> bool {
    character.is_ascii_alphabetic() || character == '_' || !character.is_ascii()
}

fn word(text: &str) -> &str {
    let end = text.find(|character: char| {
        !(is_word_start(character) || character.is_ascii_digit() || character == '$')
    });
    &text[..end.unwrap_or(text.len())]
}

/// The tokens of a text, each with the bytes that it takes.
pub(crate) fn tokens<'s>(
    syntax: &'static Syntax,
    sql: &'s str,
) -> impl Iterator<Item = (Token<'s>, Range<usize>)> {
    let mut lexer = Lexer::new(syntax, sql);
    std::iter::from_fn(move || {
        let start = sql.len() - trimmed(lexer.rest).len();
        let token = lexer.next()?;
        Some((token, start..sql.len() - lexer.rest.len()))
    })
}

/// Text without the blanks before it. Others than these are parts of words.
fn trimmed(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c'])
}

/// The length of the number that a text begins with; 0 where it begins with none.
pub(crate) fn number(text: &str) -> usize {
    let digits = |from: usize| {
        let rest = &text[from..];
        from + rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
    };
    let mut end = digits(0);
    if text[end..].starts_with('.') {
        end = digits(end + 1);
        if end == 1 {
            return 0;
        }
    }
    if text[end..].starts_with(['e', 'E']) {
        let sign = usize::from(text[end + 1..].starts_with(['+', '-']));
        let exponent = digits(end + 1 + sign);
        if exponent > end + 1 + sign {
            end = exponent;
        }
    }
    end
}
