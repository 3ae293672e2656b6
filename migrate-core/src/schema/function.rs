//! A stored function, and an extension that brings such.

use crate::schema::QualifiedName;

/// A function that the database stores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: QualifiedName,
    /// Its arguments as they stand between the parentheses, in SQL.
    pub arguments: String,
    /// All that follows the arguments, in SQL: what it returns, its language, its body.
    pub definition: String,
}

/// An extension of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// Its name.
    pub name: String,
    /// The schema that it puts its objects in.
    pub schema: Option<String>,
    /// Its version; the newest without one.
    pub version: Option<String>,
}

impl Function {
    /// A function of this name, these arguments and this definition.
    #[must_use]
    pub fn of(
        name: impl Into<QualifiedName>,
        arguments: impl Into<String>,
        definition: impl Into<String>,
    ) -> Self {
        Self {
            name: name.into(),
            arguments: arguments.into(),
            definition: definition.into(),
        }
    }
}
