//! Just enough of a lexer to tell where statements in an author's SQL begin and end.
//!
//! It knows quotes, comments, words and semicolons, not grammar. Where a database could read a text in two
//! ways, it is not certain, and says so by not counting the text as one statement.

/// How a database's text falls into tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Syntax {
    /// Whether `$tag$..$tag$` is text.
    pub(crate) dollar_quotes: bool,
    /// Whether `E'..'` is text in which a backslash escapes, and one in `'..'` depends on a setting.
    pub(crate) escape_strings: bool,
    /// Whether `/*` within a comment begins another.
    pub(crate) nested_comments: bool,
    /// What opens and closes a quoted identifier. Twice the closing character is one of it.
    pub(crate) identifier_quotes: &'static [(char, char)],
    /// What ends a `--` comment.
    pub(crate) line_ends: LineEnds,
    /// Which statements hold further statements.
    pub(crate) bodies: Bodies,
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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'s> {
    Word(&'s str),
    Semicolon,
    LineComment,
    BlockComment,
    /// Quoted text or identifier, number, operator.
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
        self.rest = self.rest.trim_start();
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
        } else if rest.starts_with("--") {
            let end = match self.syntax.line_ends {
                LineEnds::Newline => rest.find('\n'),
                LineEnds::NewlineOrReturn => rest.find(['\n', '\r']),
            };
            (Token::LineComment, end.unwrap_or(rest.len()))
        } else if rest.starts_with("/*") {
            self.block_comment()
        } else if first == '\'' {
            self.text()
        } else if let Some((_, close)) = self.identifier_quote(first) {
            quoted(rest, 1, close, None)
        } else if first == '$' && self.syntax.dollar_quotes {
            dollar_quoted(rest)
        } else if is_word_start(first) {
            let word = word(rest);
            if self.syntax.escape_strings
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

    /// `'..'`. Where a setting decides what a backslash means, a text with one has no certain end.
    fn text(&self) -> (Token<'s>, usize) {
        let (token, length) = quoted(self.rest, 1, '\'', None);
        let uncertain = self.syntax.escape_strings && self.rest[..length].contains('\\');
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

/// Whether text ends inside of quotes or a comment.
pub(crate) fn is_unterminated(syntax: &'static Syntax, sql: &str) -> bool {
    Lexer::new(syntax, sql).any(|token| token == Token::Unterminated)
}

/// See [`Dialect::is_single`](crate::dialect::Dialect::is_single).
pub(crate) fn is_single(syntax: &'static Syntax, sql: &str) -> bool {
    let mut begun = false;
    let mut ended = false;
    for token in Lexer::new(syntax, sql) {
        match token {
            Token::LineComment | Token::BlockComment => {}
            Token::Uncertain | Token::Unterminated => return false,
            Token::Semicolon => ended = true,
            Token::Word(_) | Token::Other if ended => return false,
            Token::Word(_) | Token::Other => begun = true,
        }
    }
    begun
}

/// See [`Dialect::terminated`](crate::dialect::Dialect::terminated).
pub(crate) fn terminated(syntax: &'static Syntax, sql: &str) -> String {
    let mut needs_semicolon = false;
    let mut needs_newline = false;
    for token in Lexer::new(syntax, sql) {
        needs_newline = token == Token::LineComment;
        match token {
            Token::LineComment | Token::BlockComment => {}
            Token::Semicolon => needs_semicolon = false,
            Token::Word(_) | Token::Other | Token::Uncertain | Token::Unterminated => needs_semicolon = true,
        }
    }
    let mut text = sql.trim_end().to_owned();
    if needs_newline {
        text.push('\n');
    }
    if needs_semicolon {
        text.push(';');
    }
    text
}

/// The words that begin a statement which begins, ends or divides a transaction.
const TRANSACTION_CONTROL: [&str; 8] = [
    "BEGIN",
    "START",
    "COMMIT",
    "END",
    "ROLLBACK",
    "ABORT",
    "SAVEPOINT",
    "RELEASE",
];

/// See [`Dialect::transaction_control`](crate::dialect::Dialect::transaction_control).
pub(crate) fn transaction_control<'s>(syntax: &'static Syntax, sql: &'s str) -> Option<&'s str> {
    // The words of the statement so far, and how many BEGIN and CASE of its body are open.
    let mut words: Vec<&str> = Vec::new();
    let mut depth = 0_usize;
    for token in Lexer::new(syntax, sql) {
        match token {
            Token::Semicolon if depth == 0 => words.clear(),
            Token::Word(word) => {
                let is = |other: &&str| word.eq_ignore_ascii_case(other);
                match words.as_slice() {
                    [] if TRANSACTION_CONTROL.iter().any(is) => return Some(word),
                    [first] if first.eq_ignore_ascii_case("PREPARE") && is(&"TRANSACTION") => {
                        return Some(first);
                    }
                    _ if depth > 0 && is(&"END") => depth -= 1,
                    _ if depth > 0 && is(&"CASE") => depth += 1,
                    before if depth == 0 && opens_body(syntax.bodies, before, word) => depth = 1,
                    _ => {}
                }
                words.push(word);
            }
            Token::Semicolon
            | Token::LineComment
            | Token::BlockComment
            | Token::Other
            | Token::Uncertain
            | Token::Unterminated => {}
        }
    }
    None
}

/// Whether a body begins at `word`, after the words of the statement `before` it.
fn opens_body(bodies: Bodies, before: &[&str], word: &str) -> bool {
    let [first, rest @ ..] = before else {
        return false;
    };
    first.eq_ignore_ascii_case("CREATE")
        && match bodies {
            Bodies::BeginAtomic => {
                word.eq_ignore_ascii_case("ATOMIC")
                    && rest.last().is_some_and(|last| last.eq_ignore_ascii_case("BEGIN"))
            }
            Bodies::Trigger => {
                word.eq_ignore_ascii_case("BEGIN")
                    && rest
                        .iter()
                        .take(2)
                        .any(|word| word.eq_ignore_ascii_case("TRIGGER"))
            }
        }
}
