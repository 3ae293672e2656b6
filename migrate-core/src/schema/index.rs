//! An index.

use crate::schema::{QualifiedName, Sql};

/// An index of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Its name; it lives in the table's schema.
    pub name: String,
    /// The table it belongs to.
    pub table: QualifiedName,
    /// What it is over, in order.
    pub elements: Vec<IndexElement>,
    /// Whether no two rows may have the same values.
    pub unique: bool,
    /// The access method (`gin`), where the database has several.
    pub method: Option<String>,
    /// The condition, in SQL, of the rows that it covers; all of them without one.
    pub predicate: Option<String>,
}

/// One part of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndexElement {
    /// A column, by name.
    Column(String),
    /// An element in SQL: an expression, and what may follow it (`age DESC`). PostgreSQL wants parentheses
    /// around an expression that is not a function call.
    Expression(String),
}

impl From<&str> for IndexElement {
    fn from(column: &str) -> Self {
        Self::Column(column.into())
    }
}

impl From<&String> for IndexElement {
    fn from(column: &String) -> Self {
        Self::Column(column.clone())
    }
}

impl From<String> for IndexElement {
    fn from(column: String) -> Self {
        Self::Column(column)
    }
}

impl From<Sql> for IndexElement {
    fn from(Sql(text): Sql) -> Self {
        Self::Expression(text)
    }
}
