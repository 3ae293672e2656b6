//! MySQL 8.0.19 and later, and MariaDB 10.5 and later, in what both of them take.
//!
//! Where their languages differ, only the common part is written, and the rest is refused with a way out. What
//! text means depends on a session's `sql_mode`: everything written here means the same in each mode, but for
//! what [`plain_literal`] says.

mod catalog;
mod client;
mod ddl;
mod definition;
#[cfg(feature = "sqlparser")]
mod grammar;
mod index;
mod key;
mod native;
mod normal;
mod object;
mod present;
mod probe;
mod session;
mod types;

use crate::dialect::lexer::{Backslash, Bodies, LineEnds, Syntax};
use crate::dialect::{
    AdvisoryLock, Commit, Dialect, Fold, Kind, NameLimit, Names, Namespace, Native, Present, Probe, Reading,
    Rules, Scope, Session, Statement, Unreadable, Unsupported, Way, Within, authored, sql,
};
use crate::operation::Operation;
use crate::schema::{Backend, ConstraintKind, Expression, Metadata, QualifiedName, Table, Type};

/// MySQL's language, and MariaDB's.
#[derive(Debug)]
pub(crate) struct MySql;

static SYNTAX: Syntax = Syntax {
    dollar_quotes: false,
    backslash: Backslash::Escape,
    nested_comments: false,
    hash_comments: true,
    executable_comments: true,
    double_quoted_text: true,
    dash_needs_blank: true,
    identifier_quotes: &[('`', '`')],
    line_ends: LineEnds::Newline,
    bodies: Bodies::Routine,
    several_answers: &["CALL"],
};

/// <https://dev.mysql.com/doc/refman/8.0/en/identifiers.html>
static NAMES: Names = Names {
    limit: NameLimit::Characters(64),
    trailing_blank: false,
    supplementary: false,
    // Whether the case of a table, view, trigger or schema counts is a setting of the server. A check has its name within
    // a table on MariaDB and within a schema on MySQL. Every primary key is called `PRIMARY`.
    spaces: &[
        Namespace {
            kinds: &[Kind::Table, Kind::View],
            within: Within::Schema,
            fold: Fold::Exact,
        },
        Namespace {
            kinds: &[Kind::Constraint(ConstraintKind::ForeignKey)],
            within: Within::Schema,
            fold: Fold::Ascii,
        },
        Namespace {
            kinds: &[Kind::Trigger],
            within: Within::Schema,
            fold: Fold::Exact,
        },
        Namespace {
            kinds: &[Kind::Column],
            within: Within::Table,
            fold: Fold::Letters,
        },
        Namespace {
            kinds: &[Kind::Index, Kind::Constraint(ConstraintKind::Unique)],
            within: Within::Table,
            fold: Fold::Letters,
        },
        Namespace {
            kinds: &[Kind::Constraint(ConstraintKind::Check)],
            within: Within::Table,
            fold: Fold::Ascii,
        },
        Namespace {
            kinds: &[Kind::Schema],
            within: Within::Database,
            fold: Fold::Exact,
        },
    ],
};

/// The words that begin statements which commit nothing by themselves. What a procedure does is found out when it
/// has run.
/// <https://dev.mysql.com/doc/refman/8.0/en/implicit-commit.html>
const ROWS_ONLY: [&str; 14] = [
    "SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH", "VALUES", "TABLE", "DO", "CALL", "SET",
    "SHOW", "EXPLAIN", "DESCRIBE",
];

impl Dialect for MySql {
    fn name(&self) -> &'static str {
        "mysql"
    }

    fn backend(&self) -> Backend {
        Backend::MySql
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

    /// <https://dev.mysql.com/doc/refman/8.0/en/create-table-foreign-keys.html>
    fn rules(&self) -> Rules {
        Rules {
            foreign_keys_need_indexes: true,
            numbering_needs_key: true,
            alterations_are_one: false,
        }
    }

    fn compile(&self, operation: &Operation) -> Result<Vec<Statement>, Unsupported> {
        let mut statements = match present::whole(self, operation)? {
            Some(statements) => statements,
            None => ddl::compile(self, operation)?,
        };
        for (statement, probe) in statements.iter_mut().zip(probe::probes(operation)) {
            statement.probe = probe;
        }
        Ok(committing(statements))
    }

    fn way(&self, operation: &Operation) -> Way {
        present::way(operation)
    }

    fn refuse(&self, operation: &Operation) -> Result<(), Unsupported> {
        present::refuse(self, operation)
    }

    fn present(&self, table: &QualifiedName) -> String {
        present::query(self, table)
    }

    fn alter(
        &self,
        table: &QualifiedName,
        operations: &[&Operation],
        present: &Present,
    ) -> Result<Vec<Statement>, Unsupported> {
        Ok(committing(present::alter(self, table, operations, present)?))
    }

    fn altered(&self, operations: &[&Operation]) -> Option<Probe> {
        Some(probe::altered(operations))
    }

    fn presumed(&self, table: &Table, metadata: &Metadata) -> Option<Present> {
        present::presumed(self, table, metadata)
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

    /// Doubling quotes is right in every mode. A text that takes more than that is given as its bytes.
    fn literal(&self, text: &str) -> String {
        if needs_bytes(text) {
            format!("_utf8mb4 0x{}", sql::hex(text.as_bytes()))
        } else {
            sql::literal(text)
        }
    }

    /// Backticks, for what double quotes are depends on the mode.
    fn identifier(&self, name: &str) -> String {
        format!("`{}`", name.replace('\0', "\u{fffd}").replace('`', "``"))
    }

    fn scripted(&self, sql: &str) -> Result<String, Unsupported> {
        client::scripted(sql)
    }

    /// A table that Alembic made compares without regard to case.
    fn equals(&self, column: &str, text: &str) -> String {
        let literal = self.literal(text);
        let introducer = if literal.starts_with('\'') { "_utf8mb4" } else { "" };
        format!("{column} = {introducer}{literal} COLLATE utf8mb4_bin")
    }

    fn key_columns(&self, table: &QualifiedName) -> String {
        key::columns(table)
    }

    fn key_after(&self, columns: &[String], literals: &[String]) -> String {
        key::compared(columns, '>', "", literals)
    }

    fn key_up_to(&self, columns: &[String], literals: &[String]) -> String {
        key::compared(columns, '<', "=", literals)
    }

    fn guard(&self, table: &str, column: &str, values: &[String]) -> Vec<String> {
        session::guard(table, column, values)
    }

    fn claim_table(&self, table: &str) -> Option<String> {
        Some(session::claim_table(table))
    }

    /// The server's own default may be a character set that holds few characters.
    fn own_database(&self, name: &str) -> Option<[String; 2]> {
        let name = self.identifier(name);
        Some([
            format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"),
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

/// Whether something in a text depends on the mode, where a backslash may escape, or on the client, which drops a carriage
/// return at the end of a line.
fn needs_bytes(text: &str) -> bool {
    text.contains(['\\', '\r'])
}

/// A text where the grammar takes nothing but a text in quotes, as for a comment. The backslashes are doubled, as
/// they must be in every mode but `NO_BACKSLASH_ESCAPES`; there they would be stored doubled, and nothing worse: the
/// text ends where it should. So is the carriage return written, which the client would drop at the end of a line. A session of our own is never in that mode.
fn plain_literal(text: &str) -> String {
    sql::literal(&text.replace('\\', "\\\\").replace('\r', "\\r"))
}

/// Says of each statement that changes tables that it commits, with whatever was open before it.
fn committing(mut statements: Vec<Statement>) -> Vec<Statement> {
    for statement in &mut statements {
        if authored::begins_otherwise(&SYNTAX, &statement.sql, &ROWS_ONLY) {
            statement.commit = Commit::Alone;
        }
    }
    statements
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Op;

    fn commits(sql: &str) -> bool {
        let mut op = Op::new();
        op.execute(sql);
        let mut statements = op
            .finish()
            .into_iter()
            .flat_map(|recorded| MySql.compile(&recorded.operation).unwrap());
        statements.any(|statement| statement.commit == Commit::Alone)
    }

    #[test]
    fn only_what_changes_rows_leaves_the_transaction_open() {
        for sql in [
            "INSERT INTO a VALUES (1)",
            " -- x\n update a set b = 1; DELETE FROM a;",
            "(SELECT 1)",
            "CALL p()",
            "",
        ] {
            assert!(!commits(sql), "{sql}");
        }
        for sql in [
            "CREATE TABLE a (b INT)",
            "DELETE FROM a; DROP TABLE a",
            "/*!50000 ALTER TABLE a ADD b INT */",
            "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN DELETE FROM b; END",
            "OPTIMIZE TABLE a",
        ] {
            assert!(commits(sql), "{sql}");
        }
    }
}
