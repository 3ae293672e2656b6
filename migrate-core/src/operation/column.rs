//! What the operations on columns carry.

use crate::schema::{Column, Constraint, Expression, Generated, Identity, QualifiedName, Type};

/// See [`Operation::AddColumn`](crate::operation::Operation::AddColumn).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddColumn {
    /// The table.
    pub table: QualifiedName,
    /// The column to be.
    pub column: Column,
    /// The constraints that come with it, each over this column alone.
    pub constraints: Vec<Constraint>,
    /// It may be there already.
    pub if_not_exists: bool,
}

/// See [`Operation::DropColumn`](crate::operation::Operation::DropColumn).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropColumn {
    /// The table.
    pub table: QualifiedName,
    /// The column.
    pub column: String,
    /// It may be gone already.
    pub if_exists: bool,
    /// What refers to it goes too.
    pub cascade: bool,
}

/// A property that can be there or not: what it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting<T> {
    /// There, with this value.
    Set(T),
    /// Gone.
    Drop,
}

/// See [`Operation::AlterColumn`](crate::operation::Operation::AlterColumn). What is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterColumn {
    /// The table.
    pub table: QualifiedName,
    /// The column, under its old name.
    pub column: String,
    /// Its type.
    pub ty: Option<Type>,
    /// The expression that makes a new value from the old, when its type changes.
    pub using: Option<String>,
    /// Whether it may hold `NULL`.
    pub nullable: Option<bool>,
    /// Its default in the database.
    pub server_default: Option<Setting<Expression>>,
    /// How a sequence of its own numbers it.
    pub identity: Option<Setting<Identity>>,
    /// The expression that it is computed from. What was computed stays as a value when that is dropped.
    pub generated: Option<Setting<Generated>>,
    /// Whether the database numbers the rows.
    pub autoincrement: Option<bool>,
    /// The collation that its text is ordered by.
    pub collation: Option<String>,
    /// Its comment.
    pub comment: Option<Setting<String>>,
    /// Its new name, which it gets after all the rest.
    pub rename: Option<String>,
}

impl AlterColumn {
    /// Everything stays as it is.
    #[must_use]
    pub fn new(table: impl Into<QualifiedName>, column: impl Into<String>) -> Self {
        Self {
            table: table.into(),
            column: column.into(),
            ty: None,
            using: None,
            nullable: None,
            server_default: None,
            identity: None,
            generated: None,
            autoincrement: None,
            collation: None,
            comment: None,
            rename: None,
        }
    }
}
