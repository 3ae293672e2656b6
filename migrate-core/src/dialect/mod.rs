//! Dialects: operations in, SQL text out.
//!
//! A dialect is pure: it asks no database and knows no connection. Every identifier and literal that an
//! operation names is quoted, by one writer; what a database cannot do is [`Unsupported`], never a panic and
//! never SQL that means something else. Only the folders of this module name a database.

mod authored;
mod catalog;
mod ddl;
mod lexer;
mod mysql;
mod names;
mod namespace;
mod native;
#[cfg(feature = "sqlparser")]
mod parsed;
mod postgres;
mod present;
mod row;
mod rules;
mod session;
mod sql;
mod sqlite;
mod statement;

use std::fmt::Debug;

pub use catalog::{Note, Reading, Scope, Unreadable};
pub use lexer::Syntax;
pub use names::{NameLimit, Names};
pub use namespace::{Fold, Kind, Namespace, Within};
pub use native::Native;
pub use present::{Present, Way};
pub use rules::Rules;
pub use session::{AdvisoryLock, Alteration, Session};
pub use statement::{Commit, Found, Probe, Statement};

pub(crate) use ddl::Walk;

use crate::operation::{Operation, Recorded};
use crate::schema::{Backend, Expression, Metadata, QualifiedName, Table, Type};

/// What a database cannot do, or a name or text that it cannot hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{dialect} does not support {operation}: {hint}")]
pub struct Unsupported {
    /// The dialect's name.
    pub dialect: &'static str,
    /// What was asked for, in a few words: `changing a column's type`.
    pub operation: String,
    /// What to do instead.
    pub hint: String,
}

/// One database's language.
pub trait Dialect: Debug + Send + Sync {
    /// Its name, which is its URL's scheme.
    fn name(&self) -> &'static str;

    /// Which database it speaks to.
    fn backend(&self) -> Backend;

    /// How a session is led.
    fn session(&self) -> &'static Session;

    /// What it takes as a name.
    fn names(&self) -> &'static Names;

    /// How its text falls into tokens.
    fn syntax(&self) -> &'static Syntax;

    /// What it demands of the way from one description to another.
    fn rules(&self) -> Rules {
        Rules::default()
    }

    /// What it takes to write an operation's statements.
    fn way(&self, _operation: &Operation) -> Way {
        Way::Direct
    }

    /// The statements that do what an operation says. There may be none, as for an enum type where each column carries
    /// its values. A data step has no SQL either; whoever runs the migration runs it.
    ///
    /// # Errors
    /// [`Unsupported`] when the database cannot do it, cannot do it safely, or when it takes what the table is now
    /// ([`Way::WithPresent`]).
    fn compile(&self, operation: &Operation) -> Result<Vec<Statement>, Unsupported>;

    /// What it refuses of an alteration whatever the table is, so that it is told before anything is sent. It is asked only
    /// where [`way`](Self::way) says that something has to be known; [`compile`](Self::compile) tells it of all else.
    ///
    /// # Errors
    /// [`Unsupported`] when the database can do it on no table.
    fn refuse(&self, _operation: &Operation) -> Result<(), Unsupported> {
        Ok(())
    }

    /// One query whose rows are what [`alter`](Self::alter) has to know of a table. It is asked only where
    /// [`way`](Self::way) says that something has to be known.
    fn present(&self, _table: &QualifiedName) -> String {
        String::new()
    }

    /// The statements that do these operations, all on this table, given what it is now. They are one rebuild where
    /// the database needs one. They belong into a transaction; what has to be set around it is in
    /// [`Session::alteration`].
    ///
    /// # Errors
    /// As [`compile`](Self::compile), and when the table cannot be changed so without losing something.
    fn alter(
        &self,
        _table: &QualifiedName,
        operations: &[&Operation],
        _present: &Present,
    ) -> Result<Vec<Statement>, Unsupported> {
        let mut statements = Vec::new();
        for operation in operations {
            statements.extend(self.compile(operation)?);
        }
        Ok(statements)
    }

    /// The statements by which a script fails where the table is not what it was when this was told of it.
    fn guard_table(&self, _table: &QualifiedName, _present: &Present) -> Vec<String> {
        Vec::new()
    }

    /// How to find out whether such alterations were done, when a run was cut off at them; `None` where they are part of
    /// a transaction, which leaves no doubt.
    fn altered(&self, _operations: &[&Operation]) -> Option<Probe> {
        None
    }

    /// What the database would answer to [`present`](Self::present) about a table of a model that holds this, for scripts,
    /// where nobody can be asked; `None` where a model does not hold all that it takes.
    fn presumed(&self, _table: &Table, _metadata: &Metadata) -> Option<Present> {
        None
    }

    /// The queries whose answers together are all that [`read`](Self::read) has to know of a database: as many of them
    /// however much it holds. They write nothing.
    ///
    /// # Errors
    /// [`Unsupported`] when the database has no such scope.
    fn catalog(&self, scope: &Scope) -> Result<Vec<String>, Unsupported>;

    /// What the answers to the queries of [`catalog`](Self::catalog) say, in their order. It is what
    /// [`compile`](Self::compile)'s statements would be made from: a column that the directives number is numbered so,
    /// what is the database's default is not said, and a constraint's index is the constraint.
    ///
    /// # Errors
    /// [`Unreadable`] when an answer is not what was asked for.
    fn read(&self, answers: &[Present]) -> Result<Reading, Unreadable>;

    /// The same with one spelling of everything, so that what a model or a migration says and what the database reads it
    /// back as are equal. It is for comparing: SQL in it need not be what its author would run.
    fn normal(&self, metadata: &Metadata) -> Metadata;

    /// The script of what was recorded: all its statements, each ended. A data step is not in it.
    ///
    /// ```
    /// use migrate_core::{dialect::for_scheme, prelude::*};
    ///
    /// let mut op = Op::new();
    /// op.drop_index("ix_users_name", "users");
    /// op.drop_table("users");
    /// let script = for_scheme("sqlite").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, "DROP INDEX \"ix_users_name\";\nDROP TABLE \"users\";");
    /// ```
    ///
    /// # Errors
    /// The first [`Unsupported`] of them.
    fn script(&self, recorded: &[Recorded]) -> Result<String, Unsupported> {
        let mut statements = Vec::new();
        for recorded in recorded.iter().filter(|recorded| recorded.is_for(self.backend())) {
            statements.extend(self.compile(&recorded.operation)?);
        }
        let statements = statements.iter().map(|statement| self.scripted(&statement.sql));
        Ok(statements.collect::<Result<Vec<_>, _>>()?.join("\n"))
    }

    /// How it spells a type.
    ///
    /// # Errors
    /// [`Unsupported`] when it has no such type.
    fn column_type(&self, ty: &Type) -> Result<String, Unsupported>;

    /// The Rust type that sqlx reads a column of this type as; `None` where there is none, and for enumerations and lists,
    /// which are types of their own.
    fn native(&self, ty: &Type) -> Option<Native>;

    /// How it spells a value. An author's own expression stands in parentheses.
    ///
    /// # Errors
    /// [`Unsupported`] when it cannot hold the value.
    fn expression(&self, expression: &Expression) -> Result<String, Unsupported>;

    /// Text as a literal. NUL, which no database holds in text, becomes U+FFFD here; [`compile`](Self::compile)
    /// refuses it.
    fn literal(&self, text: &str) -> String;

    /// A name as an identifier, always quoted. NUL is treated as in [`literal`](Self::literal).
    fn identifier(&self, name: &str) -> String {
        sql::identifier(name)
    }

    /// Whether text is exactly one statement. When that is not certain (a trigger's body, a backslash whose
    /// meaning depends on a setting), the answer is no.
    fn is_single(&self, sql: &str) -> bool {
        authored::is_single(self.syntax(), sql)
    }

    /// The statements of a text, without their semicolons; `None` where it is not certain where each ends, as for one
    /// that holds a trigger's body.
    fn split<'s>(&self, sql: &'s str) -> Option<Vec<&'s str>> {
        authored::split(self.syntax(), sql)
    }

    /// Whether a statement is about rows alone: it changes no table.
    fn is_about_rows(&self, sql: &str) -> bool {
        authored::is_about_rows(self.syntax(), sql)
    }

    /// What a statement of an author's own does to what there is, as operations. There are none for one that leaves alone
    /// what models describe; `None` where it is not understood, which is all of them without the feature `sqlparser`.
    fn understood(&self, _sql: &str, _known: &Metadata) -> Option<Vec<Operation>> {
        None
    }

    /// Text ended by a `;` that no comment swallows.
    fn terminated(&self, sql: &str) -> String {
        authored::terminated(self.syntax(), sql)
    }

    /// Text as the database's own client takes it from a script: [terminated](Self::terminated), and with nothing in it
    /// that the client would act on itself.
    ///
    /// # Errors
    /// [`Unsupported`] when that client would make something else of it.
    fn scripted(&self, sql: &str) -> Result<String, Unsupported> {
        Ok(self.terminated(sql))
    }

    /// The word that begins the first statement of a text that would begin, end or divide a transaction
    /// (`COMMIT`), if there is one.
    fn transaction_control<'s>(&self, sql: &'s str) -> Option<&'s str> {
        authored::transaction_control(self.syntax(), sql)
    }

    /// A condition that holds where this column has exactly this text, its case included.
    fn equals(&self, column: &str, text: &str) -> String {
        format!("{column} = {}", self.literal(text))
    }

    /// A query for the columns of a table: a row for each, with its name, its place in the primary key or `NULL`, and
    /// whether the database sorts its values otherwise than it compares them, which no [walk](Self::key_after) can go along.
    fn key_columns(&self, table: &QualifiedName) -> String;

    /// How a quoted column of a key is asked for, so that what comes back, as a literal, is that value again.
    fn key_value(&self, column: &str) -> String {
        column.to_owned()
    }

    /// The condition that what these quoted columns hold comes after these literals, in the order in which the columns
    /// sort. It has a form that an index over the columns serves.
    fn key_after(&self, columns: &[String], literals: &[String]) -> String {
        sql::compared(columns, ">", literals)
    }

    /// The condition that it comes before them, or is what they are.
    fn key_up_to(&self, columns: &[String], literals: &[String]) -> String {
        sql::compared(columns, "<=", literals)
    }

    /// The statement that keeps other writers off a table until the transaction ends, where one is needed.
    fn claim_table(&self, _table: &str) -> Option<String> {
        None
    }

    /// The statements by which a script fails, and its transaction is undone, unless this column of this quoted table
    /// holds exactly these values. Until the transaction ends, nobody else changes them.
    fn guard(&self, table: &str, column: &str, values: &[String]) -> Vec<String>;

    /// A lock for a run, where the opening of a transaction is none.
    fn advisory_lock(&self, _key: i64) -> Option<AdvisoryLock> {
        None
    }

    /// The statements that make and drop a database of this name, where a server holds several.
    fn own_database(&self, _name: &str) -> Option<[String; 2]> {
        None
    }

    /// A query for the schema that a table is in, or would be made in, whether it is there, how many characters its
    /// column of this name takes, where the database holds it to that, and whether a table of that other name is beside
    /// it.
    fn find_table(&self, schema: Option<&str>, table: &str, column: &str, beside: &str) -> String;
}

/// The URL of a database in memory, which needs no server.
#[must_use]
pub fn in_memory() -> Option<&'static str> {
    sqlite::Sqlite.session().twin
}

/// The dialect of a database URL, by its scheme: `postgres`, `postgresql`, `mysql`, `mariadb`, `sqlite`.
#[must_use]
pub fn for_scheme(scheme: &str) -> Option<&'static dyn Dialect> {
    match scheme {
        "postgres" | "postgresql" => Some(&postgres::Postgres),
        "mysql" | "mariadb" => Some(&mysql::MySql),
        "sqlite" => Some(&sqlite::Sqlite),
        _ => None,
    }
}
