//! Just enough of a lexer to tell where statements in an author's SQL begin and end.
//!
//! It knows quotes, comments, words and semicolons, not grammar. Where a database could read a text in two
//! ways, it is not certain, and says so by not counting the text as one statement.

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

/// Whether text ends inside of quotes or a comment.
pub(crate) fn is_unterminated(syntax: &'static Syntax, sql: &str) -> bool {
    Lexer::new(syntax, sql).any(|token| token == Token::Unterminated)
}

/// A piece of an author's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part<'s> {
    /// Text that stays as it is.
    Text(&'s str),
    /// The name of a value: `plan` of `:plan`.
    Value(&'s str),
}

/// A text cut at its `:name`s, wherever these are not quoted, in a comment, or part of a `::cast`. `None` where a
/// setting of the server decides what is quoted.
pub(crate) fn parts<'s>(syntax: &'static Syntax, sql: &'s str) -> Option<Vec<Part<'s>>> {
    let mut parts = Vec::new();
    // Where the text that is not yet a part begins, and where a lone colon ended, after which a name may follow.
    let (mut from, mut colon) = (0, None);
    for (token, Range { start, end }) in tokens(syntax, sql) {
        colon = match token {
            Token::Uncertain => return None,
            Token::Word(word) if colon == Some(start) => {
                parts.push(Part::Text(&sql[from..start - 1]));
                parts.push(Part::Value(word));
                from = end;
                None
            }
            // Two in a row are a cast.
            Token::Other if sql[start..end] == *":" && colon != Some(start) => Some(end),
            Token::Word(_)
            | Token::Other
            | Token::Semicolon
            | Token::LineComment
            | Token::BlockComment
            | Token::Unterminated => None,
        };
    }
    parts.push(Part::Text(&sql[from..]));
    Some(parts)
}

/// See [`Dialect::is_single`](crate::dialect::Dialect::is_single).
pub(crate) fn is_single(syntax: &'static Syntax, sql: &str) -> bool {
    let mut begun = false;
    let mut ended = false;
    for token in Lexer::new(syntax, sql) {
        match token {
            Token::LineComment | Token::BlockComment => {}
            Token::Word(word) if !begun && is_one_of(syntax.several_answers, word) => return false,
            Token::Uncertain | Token::Unterminated => return false,
            Token::Semicolon => ended = true,
            Token::Word(_) | Token::Other if ended => return false,
            Token::Word(_) | Token::Other => begun = true,
        }
    }
    begun
}

/// See [`Dialect::split`](crate::dialect::Dialect::split).
pub(crate) fn split<'s>(syntax: &'static Syntax, sql: &'s str) -> Option<Vec<&'s str>> {
    let mut statements = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    // Where the statement begins, and whether there is more of it than comments.
    let (mut from, mut begun) = (0, false);
    for (token, bytes) in tokens(syntax, sql) {
        match token {
            Token::Uncertain | Token::Unterminated => return None,
            Token::LineComment | Token::BlockComment => {}
            Token::Word(word) if opens_body(syntax.bodies, &words, word) => return None,
            Token::Word(word) => {
                words.push(word);
                begun = true;
            }
            Token::Other => begun = true,
            Token::Semicolon => {
                if std::mem::take(&mut begun) {
                    statements.push(sql[from..bytes.start].trim());
                }
                words.clear();
                from = bytes.end;
            }
        }
    }
    if begun {
        statements.push(sql[from..].trim());
    }
    Some(statements)
}

/// See [`Dialect::is_about_rows`](crate::dialect::Dialect::is_about_rows).
pub(crate) fn is_about_rows(syntax: &'static Syntax, sql: &str) -> bool {
    const WORDS: [&str; 7] = [
        "INSERT", "UPDATE", "DELETE", "REPLACE", "SELECT", "WITH", "VALUES",
    ];
    let first = Lexer::new(syntax, sql).find_map(|token| match token {
        Token::Word(word) => Some(word),
        Token::Semicolon
        | Token::LineComment
        | Token::BlockComment
        | Token::Other
        | Token::Uncertain
        | Token::Unterminated => None,
    });
    first.is_some_and(|first| WORDS.iter().any(|word| first.eq_ignore_ascii_case(word)))
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
    statements(syntax, sql)
        .into_iter()
        .find_map(|words| match words.as_slice() {
            [first, ..] if is_one_of(&TRANSACTION_CONTROL, first) => Some(*first),
            [first, second, ..]
                if first.eq_ignore_ascii_case("PREPARE") && second.eq_ignore_ascii_case("TRANSACTION") =>
            {
                Some(*first)
            }
            _ => None,
        })
}

/// Whether a statement holds a body with semicolons of its own.
pub(crate) fn has_body(syntax: &'static Syntax, sql: &str) -> bool {
    statements(syntax, sql).iter().any(|words| {
        (1..words.len()).any(|at| {
            let (before, rest) = words.split_at(at);
            rest.first()
                .is_some_and(|word| opens_body(syntax.bodies, before, word))
        })
    })
}

/// The first of these words that a statement begins with.
pub(crate) fn begins_with<'s>(syntax: &'static Syntax, sql: &'s str, words: &[&str]) -> Option<&'s str> {
    let firsts = statements(syntax, sql)
        .into_iter()
        .filter_map(|statement| statement.first().copied());
    firsts.into_iter().find(|first| is_one_of(words, first))
}

/// Whether one of the statements begins with another word than these.
pub(crate) fn begins_otherwise(syntax: &'static Syntax, sql: &str, words: &[&str]) -> bool {
    statements(syntax, sql)
        .iter()
        .filter_map(|statement| statement.first())
        .any(|first| !is_one_of(words, first))
}

/// The words of each statement; those of a body stand with the statement that holds it.
fn statements<'s>(syntax: &'static Syntax, sql: &'s str) -> Vec<Vec<&'s str>> {
    let mut statements = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    // How many BEGIN and CASE of a body are open, and whether the last word closed one.
    let mut depth = 0_usize;
    let mut closed = false;
    for token in Lexer::new(syntax, sql) {
        match token {
            Token::Semicolon if depth == 0 => {
                statements.push(std::mem::take(&mut words));
                closed = false;
            }
            Token::Word(word) => {
                let is = |other: &str| word.eq_ignore_ascii_case(other);
                let after_end = std::mem::take(&mut closed);
                if after_end && is_one_of(&BLOCKS, word) {
                    // That was no end of a BEGIN: `END IF`.
                    depth += 1;
                } else if depth > 0 && is("END") {
                    depth -= 1;
                    closed = true;
                } else if depth > 0 && !after_end && (is("CASE") || is("BEGIN")) {
                    depth += 1;
                } else if depth == 0 && opens_body(syntax.bodies, &words, word) {
                    depth = 1;
                }
                words.push(word);
            }
            Token::Semicolon | Token::Other | Token::Uncertain | Token::Unterminated => closed = false,
            Token::LineComment | Token::BlockComment => {}
        }
    }
    statements.push(words);
    statements
}

/// What may follow an `END` in a body, besides a `CASE`.
const BLOCKS: [&str; 5] = ["IF", "LOOP", "WHILE", "REPEAT", "FOR"];

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.iter().any(|other| word.eq_ignore_ascii_case(other))
}

const ROUTINES: [&str; 4] = ["TRIGGER", "PROCEDURE", "FUNCTION", "EVENT"];

/// Whether a body begins at `word`, after the words of the statement `before` it.
fn opens_body(bodies: Bodies, before: &[&str], word: &str) -> bool {
    let [first, rest @ ..] = before else {
        return false;
    };
    let altered = bodies == Bodies::Routine && first.eq_ignore_ascii_case("ALTER");
    (first.eq_ignore_ascii_case("CREATE") || altered)
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
            Bodies::Routine => {
                word.eq_ignore_ascii_case("BEGIN") && rest.iter().any(|word| is_one_of(&ROUTINES, word))
            }
        }
}

#[cfg(test)]
mod tests {
    use crate::dialect::{Dialect, for_scheme};

    fn dialects() -> [&'static dyn Dialect; 2] {
        ["postgres", "sqlite"].map(|scheme| for_scheme(scheme).unwrap())
    }

    /// Whether each dialect takes the text for one statement.
    fn single(sql: &str) -> [bool; 2] {
        dialects().map(|dialect| dialect.is_single(sql))
    }

    fn control(sql: &str) -> [Option<&str>; 2] {
        dialects().map(|dialect| dialect.transaction_control(sql))
    }

    #[test]
    fn a_value_is_named_after_a_lone_colon_outside_of_quotes_and_comments() {
        let names = |sql| {
            let parts = super::parts(for_scheme("postgres").unwrap().syntax(), sql)?;
            let names = parts.into_iter().filter_map(|part| match part {
                super::Part::Value(name) => Some(name),
                super::Part::Text(_) => None,
            });
            Some(names.collect::<Vec<_>>())
        };
        assert_eq!(names("SELECT :a, b::text, :c::int"), Some(vec!["a", "c"]));
        assert_eq!(
            names("SELECT ':a', \":b\", $$ :c $$ -- :d\n /* :e */"),
            Some(vec![])
        );
        assert_eq!(
            names("SELECT x[1:n], : z, 'it''s :q', :_1"),
            Some(vec!["n", "_1"])
        );
        assert_eq!(names(r"SELECT 'a\', :b"), None);
    }

    #[test]
    fn a_semicolon_in_quotes_or_a_comment_ends_no_statement() {
        for sql in [
            "SELECT 1",
            "SELECT 1;",
            " SELECT 1 ; -- done; really\n",
            "SELECT ';', 'it''s; ' AS \"a;b\"\"c;\"",
            "SELECT /* ; */ 1 -- ;\n + 1",
            "SELECT 1 /* ; */;",
        ] {
            assert_eq!(single(sql), [true, true], "{sql}");
        }
    }

    #[test]
    fn each_dialect_knows_its_own_quotes() {
        assert_eq!(single("DO $$ BEGIN; END; $$"), [true, false]);
        assert_eq!(single("DO $a$ ; $$ ; $b$ ; $a$"), [true, false]);
        assert_eq!(single("SELECT $1; SELECT $1"), [false, false]);
        assert_eq!(single("SELECT a$b$; SELECT a$b$"), [false, false]);
        assert_eq!(single("SELECT E'\\'; '"), [true, false]);
        assert_eq!(single("SELECT /* /* */ ; */ 1"), [true, false]);
        assert_eq!(single("SELECT `;`, [;]"), [false, true]);
        assert_eq!(single("SELECT 1 -- a\r; SELECT 2"), [false, true]);
    }

    #[test]
    fn a_text_falls_into_its_statements_where_it_is_certain_where_they_end() {
        let split = |sql| dialects().map(|dialect| dialect.split(sql));
        assert_eq!(
            split("-- a\nSELECT ';'; ; SELECT 2 -- b;\n;\n -- c"),
            [(); 2].map(|()| Some(vec!["-- a\nSELECT ';'", "SELECT 2 -- b;"]))
        );
        assert_eq!(split(" -- nothing"), [(); 2].map(|()| Some(vec![])));
        assert_eq!(split("SELECT 1; SELECT 'open"), [None, None]);
        let trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; END; SELECT 1";
        assert_eq!(split(trigger)[1], None);
        let function = "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END; SELECT 1";
        assert_eq!(split(function)[0], None);
    }

    #[test]
    fn what_is_not_certain_is_not_single() {
        for sql in [
            "",
            " -- nothing",
            "SELECT 1; SELECT 2",
            "SELECT 'open",
            "SELECT 1 /* open",
            "SELECT \"open",
            "SELECT ';'';",
            "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; END",
        ] {
            assert_eq!(single(sql), [false, false], "{sql}");
        }
        // A setting of the server decides where this text ends.
        assert_eq!(single("SELECT '\\'"), [false, true]);
    }

    #[test]
    fn a_script_gets_a_semicolon_that_no_comment_swallows() {
        let terminated = |sql: &str| {
            let [postgres, sqlite] = dialects().map(|dialect| dialect.terminated(sql));
            assert_eq!(postgres, sqlite);
            postgres
        };
        assert_eq!(terminated("SELECT 1"), "SELECT 1;");
        assert_eq!(terminated("SELECT 1 ;\n"), "SELECT 1 ;");
        assert_eq!(terminated("SELECT 1 -- one"), "SELECT 1 -- one\n;");
        assert_eq!(terminated("SELECT 1; -- one"), "SELECT 1; -- one\n");
        assert_eq!(terminated("SELECT ';' /* ; */"), "SELECT ';' /* ; */;");
        assert_eq!(terminated("-- nothing"), "-- nothing\n");
    }

    #[test]
    fn statements_that_end_a_transaction_are_found_wherever_they_stand() {
        for (sql, word) in [
            ("COMMIT", "COMMIT"),
            (" /* a */ -- b\n begin;", "begin"),
            ("SELECT 1;\nRollback", "Rollback"),
            ("START TRANSACTION", "START"),
            ("PREPARE TRANSACTION 'a'", "PREPARE"),
            ("SAVEPOINT a", "SAVEPOINT"),
            ("END", "END"),
        ] {
            assert_eq!(control(sql), [Some(word); 2], "{sql}");
        }
        for sql in [
            "SELECT 'COMMIT'",
            "SELECT 1 AS commit",
            "PREPARE plan AS SELECT 1",
            "-- COMMIT",
            "UPDATE a SET b = CASE WHEN true THEN 1 END",
        ] {
            assert_eq!(control(sql), [None; 2], "{sql}");
        }
    }

    #[test]
    fn what_only_mysql_reads_so() {
        let mysql = for_scheme("mysql").unwrap();
        for (sql, single) in [
            ("SELECT 1 # ; one", true),
            ("SELECT 1--1; SELECT 2", false),
            ("SELECT 1 --; one", false),
            ("SELECT 1 -- ; one", true),
            ("SELECT `;``;`", true),
            ("SELECT \"a;b\"", true),
            ("SELECT 1 /*! ; SELECT 2 */", false),
            ("SELECT 1 /*!50000 + 1 */", true),
            // Where it ends depends on a setting.
            ("SELECT 'it\\'s'", false),
            // It may give several answers.
            ("CALL p()", false),
        ] {
            assert_eq!(mysql.is_single(sql), single, "{sql}");
        }
        assert_eq!(mysql.transaction_control("SELECT 'it\\'s; COMMIT'"), None);
        assert_eq!(mysql.transaction_control("/*!50000 COMMIT */"), Some("COMMIT"));
        let procedure = "CREATE DEFINER = a@b PROCEDURE p() l: BEGIN DECLARE x INT; BEGIN SELECT 1; END; \
            IF x THEN WHILE x DO SET x = 0; END WHILE; ELSE SET x = CASE WHEN x THEN 1 END; END IF; \
            CASE x WHEN 1 THEN SELECT 1; END CASE; COMMIT; END; ";
        assert_eq!(mysql.transaction_control(procedure), None);
        assert_eq!(
            mysql.transaction_control(&format!("{procedure}COMMIT")),
            Some("COMMIT")
        );
    }

    #[test]
    fn the_end_of_a_body_ends_no_transaction() {
        let trigger = "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN \
            UPDATE a SET b = CASE WHEN 1 THEN 2 END; DELETE FROM c; END; ";
        let function = "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC \
            SELECT 1; SELECT CASE WHEN true THEN 2 END; END; ";
        let [_, sqlite] = control(trigger);
        let [postgres, _] = control(function);
        assert_eq!((postgres, sqlite), (None, None));
        let then_commit = format!("{trigger}COMMIT");
        assert_eq!(control(&then_commit)[1], Some("COMMIT"));
        let then_commit = format!("{function}COMMIT");
        assert_eq!(control(&then_commit)[0], Some("COMMIT"));
    }
}
