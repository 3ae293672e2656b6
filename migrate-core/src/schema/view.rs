//! A view.

use crate::schema::QualifiedName;

/// A query with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Its name.
    pub name: QualifiedName,
    /// The query, in SQL.
    pub query: String,
    /// Whether the database keeps the rows (`MATERIALIZED`).
    pub materialized: bool,
}

impl View {
    /// A view of this query.
    #[must_use]
    pub fn of(name: impl Into<QualifiedName>, query: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            query: query.into(),
            materialized: false,
        }
    }
}
