//! What is asked of an author's SQL: where its statements begin and end, and what they do to the transaction.
//!
//! It goes by words and semicolons, not by grammar. Where a database could read a text in two ways, it is not certain,
//! and says so by not counting the text as one statement.

use std::ops::Range;

use crate::dialect::lexer::{Bodies, Syntax, Token, tokens};

/// Whether text ends inside of quotes or a comment.
pub(crate) fn is_unterminated(syntax: &'static Syntax, sql: &str) -> bool {
    tokens(syntax, sql).any(|(token, _)| token == Token::Unterminated)
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
    for (token, _) in tokens(syntax, sql) {
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
    let first = tokens(syntax, sql).find_map(|(token, _)| match token {
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
    for (token, _) in tokens(syntax, sql) {
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
    for (token, _) in tokens(syntax, sql) {
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
