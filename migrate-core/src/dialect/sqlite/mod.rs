//! SQLite 3.35 and later.
//!
//! What its `ALTER TABLE` cannot do is refused here. It keeps no comments: they are left out without a word,
//! as Alembic leaves them out, so that a model with comments works on every database.

mod ddl;
mod object;
mod session;
mod types;

use crate::dialect::lexer::{Bodies, LineEnds, Syntax};
use crate::dialect::{Dialect, Session, Statement, Unsupported, sql};
use crate::operation::Operation;
use crate::schema::{Backend, Expression, Type};

/// SQLite's language.
#[derive(Debug)]
pub(crate) struct Sqlite;

static SYNTAX: Syntax = Syntax {
    dollar_quotes: false,
    escape_strings: false,
    nested_comments: false,
    identifier_quotes: &[('"', '"'), ('`', '`'), ('[', ']')],
    line_ends: LineEnds::Newline,
    bodies: Bodies::Trigger,
};

impl Dialect for Sqlite {
    fn name(&self) -> &'static str {
        "sqlite"
    }

    fn backend(&self) -> Backend {
        Backend::Sqlite
    }

    fn session(&self) -> &'static Session {
        &session::SESSION
    }

    fn max_identifier_bytes(&self) -> Option<usize> {
        None
    }

    fn syntax(&self) -> &'static Syntax {
        &SYNTAX
    }

    fn compile(&self, operation: &Operation) -> Result<Vec<Statement>, Unsupported> {
        ddl::compile(self, operation)
    }

    fn column_type(&self, ty: &Type) -> Result<String, Unsupported> {
        types::column_type(self, ty)
    }

    fn expression(&self, expression: &Expression) -> Result<String, Unsupported> {
        types::expression(self, expression)
    }

    fn literal(&self, text: &str) -> String {
        sql::literal(text)
    }

    fn find_table(&self, schema: Option<&str>, table: &str, _column: &str) -> String {
        session::find_table(schema, table)
    }
}
