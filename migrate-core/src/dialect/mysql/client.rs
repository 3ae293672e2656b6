//! What the clients of MySQL and MariaDB make of a script before a server sees any of it, and how a statement stands
//! there unharmed.
//!
//! They end a statement at each `;` outside of quotes, and know no bodies. Outside of quotes they act on a backslash, and
//! on some words that a statement begins with. Of what is quoted they only change one thing: a line loses its carriage
//! return.

use crate::dialect::Unsupported;
use crate::dialect::authored;
use crate::dialect::lexer::{self, Token};
use crate::dialect::mysql::{MySql, SYNTAX};
use crate::dialect::sql::unsupported;

/// The words that a client acts on where a statement begins. `USE` and `HELP` are left to it: they are what they say.
const COMMANDS: [&str; 23] = [
    "CHARSET",
    "CLEAR",
    "CONNECT",
    "DELIMITER",
    "EDIT",
    "EGO",
    "EXIT",
    "GO",
    "NOPAGER",
    "NOTEE",
    "NOWARNING",
    "PAGER",
    "PRINT",
    "PROMPT",
    "QUIT",
    "REHASH",
    "RESETCONNECTION",
    "SANDBOX",
    "SOURCE",
    "STATUS",
    "SYSTEM",
    "TEE",
    "WARNINGS",
];

/// The statement as it stands in a script. Another text ends one that has a body.
pub(super) fn scripted(sql: &str) -> Result<String, Unsupported> {
    for (token, span) in lexer::tokens(&SYNTAX, sql) {
        let text = sql.get(span).unwrap_or_default();
        if text == "\\" {
            return Err(unsupported(
                &MySql,
                "a backslash outside of quotes in a script",
                "the client would take it for a command: take it out",
            ));
        }
        if matches!(token, Token::Other | Token::Uncertain) && text.contains("\r\n") {
            return Err(unsupported(
                &MySql,
                format!("a line that ends in `\\r\\n` within {text:?} in a script"),
                "the client drops the `\\r`: take it out, write it as `\\r`, or run this on a live database",
            ));
        }
    }
    if let Some(word) = authored::begins_with(&SYNTAX, sql, &COMMANDS) {
        return Err(unsupported(
            &MySql,
            format!("`{word}` at the beginning of a statement in a script"),
            "the client would take it for a command of its own: take it out",
        ));
    }
    if !authored::has_body(&SYNTAX, sql) {
        return Ok(authored::terminated(&SYNTAX, sql));
    }
    let end = (0..)
        .map(|number| format!("$${number}$$"))
        .find(|end| !sql.contains(end.as_str()));
    let end = end.unwrap_or_default();
    let text = sql.trim_end().trim_end_matches(';');
    Ok(format!("DELIMITER {end}\n{text}\n{end}\nDELIMITER ;"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_tells_the_client_where_a_body_ends() {
        let body = "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.b = '$$0$$'; END;";
        assert_eq!(
            scripted(body),
            Ok(format!(
                "DELIMITER $$1$$\n{}\n$$1$$\nDELIMITER ;",
                body.trim_end_matches(';')
            ))
        );
        assert_eq!(scripted("SELECT 1").as_deref(), Ok("SELECT 1;"));
    }

    #[test]
    fn no_statement_is_a_command() {
        for sql in ["SELECT 1 \\! ls", "system ls", "SELECT 1;\n -- x\nSource x"] {
            assert!(scripted(sql).is_err(), "{sql}");
        }
        for sql in ["SELECT 'a\r\nb'", "SELECT `a\r\nb`", "SELECT 'a\\\r\n'"] {
            assert!(scripted(sql).is_err(), "{sql}");
        }
        assert!(scripted("SELECT 1\r\n").is_ok());
        for sql in ["SELECT '\\! ls'", "SELECT 1\nAS go", "SELECT `\\`"] {
            assert!(scripted(sql).is_ok(), "{sql}");
        }
    }
}
