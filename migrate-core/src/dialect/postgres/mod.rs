//! PostgreSQL 12 and later.
//!
//! Names and types are taken as they are given: whether a table or type exists is for the simulation, or the
//! server, to say.

mod catalog;
mod client;
mod counting;
mod ddl;
mod enumeration;
#[cfg(feature = "sqlparser")]
mod grammar;
mod identity;
mod index;
mod native;
mod normal;
mod object;
mod session;
mod types;

use crate::dialect::lexer::{Backslash, Bodies, LineEnds, Syntax};
use crate::dialect::{
    AdvisoryLock, Dialect, Fold, Kind, NameLimit, Names, Namespace, Native, Present, Reading, Scope, Session,
    Statement, Unreadable, Unsupported, Way, Within, sql,
};
use crate::operation::Operation;
use crate::schema::{Backend, ConstraintKind, Expression, Metadata, QualifiedName, Table, Type};

/// PostgreSQL's language.
#[derive(Debug)]
pub(crate) struct Postgres;

static SYNTAX: Syntax = Syntax {
    dollar_quotes: true,
    backslash: Backslash::ByPrefix,
    nested_comments: true,
    hash_comments: false,
    executable_comments: false,
    double_quoted_text: false,
    dash_needs_blank: false,
    identifier_quotes: &[('"', '"')],
    line_ends: LineEnds::NewlineOrReturn,
    bodies: Bodies::BeginAtomic,
    several_answers: &[],
};

/// `NAMEDATALEN` less one. The server would cut a longer name, with a notice only.
static NAMES: Names = Names {
    limit: NameLimit::Bytes(63),
    trailing_blank: true,
    supplementary: true,
    spaces: &[
        // A constraint with an index of its own is in the namespace of indexes, which is that of tables.
        Namespace {
            kinds: &[
                Kind::Table,
                Kind::View,
                Kind::Sequence,
                Kind::Index,
                Kind::Constraint(ConstraintKind::PrimaryKey),
                Kind::Constraint(ConstraintKind::Unique),
                Kind::Constraint(ConstraintKind::Exclude),
            ],
            within: Within::Schema,
            fold: Fold::Exact,
        },
        // A row of a table or view is of a type of that name.
        Namespace {
            kinds: &[Kind::EnumType, Kind::Table, Kind::View],
            within: Within::Schema,
            fold: Fold::Exact,
        },
        Namespace {
            kinds: &[
                Kind::Constraint(ConstraintKind::PrimaryKey),
                Kind::Constraint(ConstraintKind::Unique),
                Kind::Constraint(ConstraintKind::Exclude),
                Kind::Constraint(ConstraintKind::ForeignKey),
                Kind::Constraint(ConstraintKind::Check),
            ],
            within: Within::Table,
            fold: Fold::Exact,
        },
        Namespace {
            kinds: &[Kind::Column],
            within: Within::Table,
            fold: Fold::Exact,
        },
        Namespace {
            kinds: &[Kind::Trigger],
            within: Within::Table,
            fold: Fold::Exact,
        },
        Namespace {
            kinds: &[Kind::Schema],
            within: Within::Database,
            fold: Fold::Exact,
        },
        Namespace {
            kinds: &[Kind::Extension],
            within: Within::Database,
            fold: Fold::Exact,
        },
    ],
};

impl Dialect for Postgres {
    fn name(&self) -> &'static str {
        "postgres"
    }

    fn backend(&self) -> Backend {
        Backend::Postgres
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
        identity::way(operation)
    }

    fn refuse(&self, operation: &Operation) -> Result<(), Unsupported> {
        identity::refuse(self, operation)
    }

    fn present(&self, table: &QualifiedName) -> String {
        identity::present(self, table)
    }

    fn alter(
        &self,
        _table: &QualifiedName,
        operations: &[&Operation],
        present: &Present,
    ) -> Result<Vec<Statement>, Unsupported> {
        identity::alter(self, operations, present)
    }

    fn presumed(&self, table: &Table, _metadata: &Metadata) -> Option<Present> {
        Some(identity::presumed(table))
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
        Ok(types::expression(self, expression))
    }

    /// A backslash makes it an `E''` literal, which means the same whatever `standard_conforming_strings` is.
    fn literal(&self, text: &str) -> String {
        if text.contains('\\') {
            format!("E{}", sql::literal(&text.replace('\\', "\\\\")))
        } else {
            sql::literal(text)
        }
    }

    fn claim_table(&self, table: &str) -> Option<String> {
        Some(session::claim_table(table))
    }

    fn scripted(&self, sql: &str) -> Result<String, Unsupported> {
        client::scripted(sql)
    }

    fn key_columns(&self, table: &QualifiedName) -> String {
        session::key_columns(table)
    }

    /// As text: a literal in quotes takes the type of what it is compared with.
    fn key_value(&self, column: &str) -> String {
        format!("{column}::text")
    }

    fn guard(&self, table: &str, column: &str, values: &[String]) -> Vec<String> {
        vec![session::guard(table, column, values)]
    }

    fn own_database(&self, name: &str) -> Option<[String; 2]> {
        let name = self.identifier(name);
        Some([
            format!("CREATE DATABASE {name}"),
            format!("DROP DATABASE IF EXISTS {name}"),
        ])
    }

    fn advisory_lock(&self, key: i64) -> Option<AdvisoryLock> {
        Some(session::advisory_lock(key))
    }

    fn find_table(&self, schema: Option<&str>, table: &str, column: &str, beside: &str) -> String {
        session::find_table(schema, table, column, beside)
    }
}
