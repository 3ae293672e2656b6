//! A database's language: operations in, SQL text out.
//!
//! No I/O and nothing async: who sends the text, and when, is the runtime's business.

mod postgres;
mod session;
mod sql;
mod sqlite;

use std::fmt;

pub use session::{AdvisoryLock, Session};

use crate::operation::Operation;

/// One piece of SQL text, without a terminator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The text.
    pub sql: String,
}

/// What a database cannot do, and what to do instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{dialect} cannot do `{operation}`: {hint}")]
pub struct Unsupported {
    /// The database.
    pub dialect: &'static str,
    /// What was asked for.
    pub operation: String,
    /// What to do instead.
    pub hint: String,
}

/// A database's language.
pub trait Dialect: fmt::Debug + Send + Sync {
    /// Its name, which is its URL's scheme.
    fn name(&self) -> &'static str;

    /// How a session is led.
    fn session(&self) -> &'static Session;

    /// The SQL of an operation.
    ///
    /// # Errors
    /// [`Unsupported`] when the database cannot do it.
    fn compile(&self, operation: &Operation) -> Result<Vec<Statement>, Unsupported> {
        match operation {
            Operation::Execute(execute) => Ok(vec![Statement {
                sql: execute.sql.clone(),
            }]),
            Operation::Run(_) => Ok(Vec::new()),
        }
    }

    /// A name, quoted.
    fn identifier(&self, name: &str) -> String {
        sql::identifier(name)
    }

    /// A text, quoted.
    fn literal(&self, text: &str) -> String {
        sql::literal(text)
    }

    /// A statement with its terminator.
    fn terminated(&self, sql: &str) -> String {
        format!("{}\n;", sql.trim_end_matches([';', ' ', '\n']))
    }

    /// Whether the text is surely one statement.
    fn is_single(&self, sql: &str) -> bool {
        !sql.contains(';')
    }

    /// The keyword by which a text would begin or end a transaction.
    fn transaction_control(&self, sql: &str) -> Option<&'static str> {
        sql.ends_with("COMMIT").then_some("COMMIT")
    }

    /// The statement that keeps other writers off a table until the transaction ends, where one is needed.
    fn claim_table(&self, _table: &str) -> Option<String> {
        None
    }

    /// A lock for a run, where the opening of a transaction is none.
    fn advisory_lock(&self, _key: i64) -> Option<AdvisoryLock> {
        None
    }

    /// A query for the schema that a table is in, or would be made in, and whether it is there.
    fn find_table(&self, schema: Option<&str>, table: &str) -> String;
}

/// The dialect of a URL's scheme.
#[must_use]
pub fn for_scheme(scheme: &str) -> Option<&'static dyn Dialect> {
    match scheme {
        "postgres" | "postgresql" => Some(&postgres::Postgres),
        "sqlite" => Some(&sqlite::Sqlite),
        _ => None,
    }
}
