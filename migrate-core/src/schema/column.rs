//! A column of a table.
//!
//! Constraints that name a column, its primary key included, stand with the table, not here.

use crate::schema::{Expression, Identity, QualifiedName, Type};

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Whether it may hold `NULL`.
    pub nullable: bool,
    /// The value that the database gives it when an insert does not.
    pub server_default: Option<Expression>,
    /// Whether the database numbers the rows: an identity column on PostgreSQL, the row id on SQLite,
    /// `AUTO_INCREMENT` on MySQL.
    pub autoincrement: bool,
    /// How a sequence of its own numbers it, where that is said in more words than `autoincrement`.
    pub identity: Option<Identity>,
    /// What it is computed from, when it holds no value of its own.
    pub generated: Option<Generated>,
    /// The collation that its text is ordered by; the database's without one.
    pub collation: Option<String>,
    /// What it is for, where the database keeps comments.
    pub comment: Option<String>,
}

impl Column {
    /// A nullable column without default or comment.
    #[must_use]
    pub fn new(name: impl Into<String>, ty: impl Into<Type>) -> Self {
        Self {
            name: name.into(),
            ty: ty.into(),
            nullable: true,
            server_default: None,
            autoincrement: false,
            identity: None,
            generated: None,
            collation: None,
            comment: None,
        }
    }

    /// Whether it has this enum type, or is a list of it.
    #[must_use]
    pub fn has_enum(&self, name: &QualifiedName) -> bool {
        let enumeration = self.ty.enumeration();
        enumeration.is_some_and(|enumeration| enumeration.name == *name)
    }
}

/// What the value of a column is computed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// The expression over other columns, in SQL.
    pub expression: String,
    /// Whether the value is stored with the row; else it is computed when it is read.
    pub stored: bool,
}
