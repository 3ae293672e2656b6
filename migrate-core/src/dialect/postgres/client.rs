//! What psql makes of a script before PostgreSQL sees any of it, and how a statement stands there unharmed.
//!
//! Outside of quotes and comments psql acts on a backslash, and puts the value of a variable of its own in the place of
//! `:name`, `:'name'` and `:"name"` where it has one of that name. Quotes fall as `standard_conforming_strings = on`
//! has them, which a script sets.

use crate::dialect::Unsupported;
use crate::dialect::postgres::{Postgres, SYNTAX};
use crate::dialect::sql::unsupported;
use crate::dialect::{authored, lexer};

/// What a script for psql begins with. Somebody's `.psqlrc` may have set the two variables otherwise; the rest is what
/// a session of ours sets, as far as every server knows it.
pub(super) const HEAD: &str = "\
-- For PostgreSQL, to be run by psql

\\set ON_ERROR_STOP on
\\set AUTOCOMMIT on

SET client_encoding = 'UTF8';

SET standard_conforming_strings = on;

SET statement_timeout = 0;

";

/// The statement as it stands in a script. Where a lone colon is SQL, as in `a[1:n]`, a blank may follow it, and keeps
/// psql from taking it for a variable's. A backslash outside of quotes is no SQL.
pub(super) fn scripted(sql: &str) -> Result<String, Unsupported> {
    let mut text = String::with_capacity(sql.len());
    let mut from = 0;
    // Where a colon ended that may be the first of two.
    let mut colon = None;
    for (_, span) in lexer::tokens(&SYNTAX, sql) {
        let lone = colon.take().filter(|end| *end == span.start);
        match sql.get(span.clone()) {
            Some("\\") => {
                return Err(unsupported(
                    &Postgres,
                    "a backslash outside of quotes in a script",
                    "psql would take it for a command: take it out",
                ));
            }
            Some(":") if lone.is_some() => {}
            Some(":") => colon = Some(span.end),
            Some(next) if lone.is_some() && !next.starts_with('=') => {
                text.push_str(sql.get(from..span.start).unwrap_or_default());
                text.push(' ');
                from = span.start;
            }
            Some(_) | None => {}
        }
    }
    text.push_str(sql.get(from..).unwrap_or_default());
    Ok(authored::terminated(&SYNTAX, &text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn psql_finds_no_variable_in_a_statement() {
        for (sql, script) in [
            ("SELECT a[1:n], a[:n]", "SELECT a[1: n], a[: n];"),
            ("SELECT a[1:'2'], a[1:\"n\"]", "SELECT a[1: '2'], a[1: \"n\"];"),
            ("SELECT a::text, a ::text", "SELECT a::text, a ::text;"),
            ("SELECT f(a := 1), :::b", "SELECT f(a := 1), ::: b;"),
            ("SELECT ':a', $$ :a $$ -- :a", "SELECT ':a', $$ :a $$ -- :a\n;"),
            ("SELECT 'a\\', :b", "SELECT 'a\\', : b;"),
        ] {
            assert_eq!(scripted(sql).as_deref(), Ok(script));
        }
    }

    #[test]
    fn a_backslash_that_psql_would_act_on_is_refused() {
        for sql in [
            "\\! touch x",
            "SELECT 1 \\gexec",
            "SELECT 'a' \\g",
            "SELECT $a$ $b$ $a$ \\q",
        ] {
            assert!(scripted(sql).is_err(), "{sql}");
        }
        for sql in [
            "SELECT '\\! x'",
            "SELECT E'\\'\\! x'",
            "SELECT 1 -- \\! x",
            "SELECT $a$ \n\\! x $a$",
        ] {
            assert!(scripted(sql).is_ok(), "{sql}");
        }
    }
}
