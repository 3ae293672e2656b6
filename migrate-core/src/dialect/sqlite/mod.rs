//! SQLite 3.35 and later; 3.37 for what needs a rebuild.
//!
//! What its `ALTER TABLE` cannot do is a rebuild, which takes what the table is now: `facts` asks for it, `reader`,
//! `definition` and `edit` are its text, `alter` applies operations to that, and `rebuild` and `drop` write statements.
//! `catalog` reads a whole database by the same reader, and `normal` makes two spellings of one thing equal.

mod alter;
mod catalog;
mod client;
mod ddl;
mod definition;
mod drop;
mod edit;
mod facts;
#[cfg(feature = "sqlparser")]
mod grammar;
mod guard;
mod named;
mod native;
mod normal;
mod object;
mod reader;
mod rebuild;
mod session;
#[cfg(test)]
mod texts;
mod tokens;
mod types;

use crate::dialect::lexer::{Backslash, Bodies, LineEnds, Syntax};
use crate::dialect::{
    Dialect, Fold, Kind, NameLimit, Names, Namespace, Native, Present, Reading, Rules, Scope, Session,
    Statement, Unreadable, Unsupported, Way, Within,
};
use crate::operation::Operation;
use crate::schema::{Backend, Expression, Metadata, QualifiedName, Type};

/// SQLite's language.
#[derive(Debug)]
pub(crate) struct Sqlite;

static SYNTAX: Syntax = Syntax {
    dollar_quotes: false,
    backslash: Backslash::Plain,
    nested_comments: false,
    hash_comments: false,
    executable_comments: false,
    double_quoted_text: false,
    dash_needs_blank: false,
    identifier_quotes: &[('"', '"'), ('`', '`'), ('[', ']')],
    line_ends: LineEnds::Newline,
    bodies: Bodies::Trigger,
    several_answers: &[],
};

static NAMES: Names = Names {
    limit: NameLimit::None,
    trailing_blank: true,
    supplementary: true,
    // It does not look at the names of constraints.
    spaces: &[
        Namespace {
            kinds: &[Kind::Table, Kind::View, Kind::Index],
            within: Within::Schema,
            fold: Fold::Ascii,
        },
        Namespace {
            kinds: &[Kind::Trigger],
            within: Within::Schema,
            fold: Fold::Ascii,
        },
        Namespace {
            kinds: &[Kind::Column],
            within: Within::Table,
            fold: Fold::Ascii,
        },
    ],
};

impl Dialect for Sqlite {
    fn name(&self) -> &'static str {
        "sqlite"
    }

    fn backend(&self) -> Backend {
        Backend::Sqlite
    }

    fn rules(&self) -> Rules {
        Rules {
            alterations_are_one: true,
            ..Rules::default()
        }
    }

    fn session(&self) -> &'static Session {
        &session::SESSION
    }

    fn names(&self) -> &'static Names {
        &NAMES
    }

    fn syntax(&self) -> &'static Syntax {
        &SYNTAX
    }

    fn compile(&self, operation: &Operation) -> Result<Vec<Statement>, Unsupported> {
        ddl::compile(self, operation)
    }

    fn way(&self, operation: &Operation) -> Way {
        alter::way(self, operation)
    }

    fn refuse(&self, operation: &Operation) -> Result<(), Unsupported> {
        alter::refuse(self, operation)
    }

    fn present(&self, table: &QualifiedName) -> String {
        facts::query(table)
    }

    fn alter(
        &self,
        table: &QualifiedName,
        operations: &[&Operation],
        present: &Present,
    ) -> Result<Vec<Statement>, Unsupported> {
        alter::alter(self, table, operations, present)
    }

    fn catalog(&self, scope: &Scope) -> Result<Vec<String>, Unsupported> {
        Ok(catalog::queries(scope))
    }

    fn read(&self, answers: &[Present]) -> Result<Reading, Unreadable> {
        catalog::read(answers)
    }

    fn normal(&self, metadata: &Metadata) -> Metadata {
        normal::metadata(metadata)
    }

    #[cfg(feature = "sqlparser")]
    fn understood(&self, sql: &str, known: &Metadata) -> Option<Vec<Operation>> {
        crate::dialect::parsed::operations(&grammar::GRAMMAR, sql, known)
    }

    fn column_type(&self, ty: &Type) -> Result<String, Unsupported> {
        types::column_type(self, ty)
    }

    fn native(&self, ty: &Type) -> Option<Native> {
        native::native(ty)
    }

    fn expression(&self, expression: &Expression) -> Result<String, Unsupported> {
        types::expression(self, expression)
    }

    fn literal(&self, text: &str) -> String {
        client::literal(text)
    }

    fn scripted(&self, sql: &str) -> Result<String, Unsupported> {
        client::scripted(sql)
    }

    fn key_columns(&self, table: &QualifiedName) -> String {
        session::key_columns(table)
    }

    fn guard(&self, table: &str, column: &str, values: &[String]) -> Vec<String> {
        guard::rows(table, column, values)
    }

    fn guard_table(&self, table: &QualifiedName, present: &Present) -> Vec<String> {
        guard::table(table, present)
    }

    fn find_table(&self, schema: Option<&str>, table: &str, _column: &str, beside: &str) -> String {
        session::find_table(schema, table, beside)
    }
}
