//! What sqlite3 makes of a script before SQLite sees any of it, and how a statement stands there unharmed.
//!
//! Outside of a statement it acts on a line that begins with `.` or `#`; within one it takes a line that holds nothing
//! but `/` or `go` for its end. Of what is quoted it only changes one thing: a line loses its carriage return.

use crate::dialect::authored;
use crate::dialect::lexer::{self, Token};
use crate::dialect::sql::{hex, unsupported};
use crate::dialect::sqlite::{SYNTAX, Sqlite};
use crate::dialect::{Unsupported, sql};

/// What a script for sqlite3 begins with. A connection of ours has foreign keys enforced, and that program's has not.
pub(super) const HEAD: &str = "\
-- For SQLite, to be run by sqlite3

.bail on

PRAGMA foreign_keys = ON;

";

/// A text, whose lines would not all arrive as they are, as its bytes. It is taken wherever a constant is.
pub(super) fn literal(text: &str) -> String {
    if text.contains("\r\n") {
        let text = text.replace('\0', "\u{fffd}");
        format!("(CAST(X'{}' AS TEXT))", hex(text.as_bytes()))
    } else {
        sql::literal(text)
    }
}

/// The statement as it stands in a script.
pub(super) fn scripted(sql: &str) -> Result<String, Unsupported> {
    let mut text = String::with_capacity(sql.len());
    let mut from = 0;
    for (token, span) in lexer::tokens(&SYNTAX, sql) {
        let Some(word) = sql.get(span.clone()) else {
            continue;
        };
        if word.contains("\r\n") && matches!(token, Token::Other) {
            return Err(unsupported(
                &Sqlite,
                format!("a line that ends in `\\r\\n` within {word:?} in a script"),
                "sqlite3 drops the `\\r`: take it out, write it as `char(13)`, or run this on a live database",
            ));
        }
        let blank = match word {
            "." | "#" if line_before(sql, span.start).is_empty() => " ",
            word if ends_statement(word) && is_alone(sql, span.start, span.end) => "/**/ ",
            _ => continue,
        };
        text.push_str(sql.get(from..span.start).unwrap_or_default());
        text.push_str(blank);
        from = span.start;
    }
    text.push_str(sql.get(from..).unwrap_or_default());
    Ok(authored::terminated(&SYNTAX, &text))
}

fn ends_statement(word: &str) -> bool {
    word == "/" || word.eq_ignore_ascii_case("go")
}

/// Whether nothing but blanks and comments stands beside it on its line.
fn is_alone(sql: &str, start: usize, end: usize) -> bool {
    let after = sql.get(end..).unwrap_or_default();
    let after = after.split('\n').next().unwrap_or_default().trim_start();
    let ends = after.is_empty() || after.starts_with("--") || after.starts_with("/*");
    ends && line_before(sql, start).trim_start().is_empty()
}

/// What stands on the line before this place.
fn line_before(sql: &str, at: usize) -> &str {
    let before = sql.get(..at).unwrap_or_default();
    before.rsplit('\n').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_a_statement_is_a_command() {
        for (sql, script) in [
            (".shell x", " .shell x;"),
            ("#x", " #x;"),
            ("SELECT 1;\n.quit", "SELECT 1;\n .quit;"),
            ("SELECT 14\n/\n2", "SELECT 14\n/**/ /\n2;"),
            ("SELECT 14\n  / -- by\n2", "SELECT 14\n  /**/ / -- by\n2;"),
            ("SELECT 1 AS\nGO\n", "SELECT 1 AS\n/**/ GO;"),
            ("SELECT 14\n/ 2, go", "SELECT 14\n/ 2, go;"),
            ("SELECT '\n.quit\ngo\n/\n'", "SELECT '\n.quit\ngo\n/\n';"),
            (
                "SELECT 1 -- a\n/* go\n/\n.quit */",
                "SELECT 1 -- a\n/* go\n/\n.quit */;",
            ),
        ] {
            assert_eq!(scripted(sql).as_deref(), Ok(script));
        }
    }

    #[test]
    fn what_a_line_would_lose_is_written_otherwise_or_refused() {
        assert_eq!(literal("a\r\n'"), "(CAST(X'610d0a27' AS TEXT))");
        assert_eq!(literal("a\r'\n"), "'a\r''\n'");
        assert!(scripted("SELECT 1\r\n").is_ok());
        for sql in ["SELECT 'a\r\nb'", "SELECT \"a\r\nb\""] {
            assert!(scripted(sql).is_err());
        }
    }
}
