//! [`Element`]: what is spoken of, when something is said about one thing of a schema.

use std::fmt;

use crate::schema::QualifiedName;

/// One thing that a schema holds, by its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Element {
    /// A schema.
    Schema(String),
    /// A table.
    Table(QualifiedName),
    /// A column of a table.
    Column(QualifiedName, String),
    /// A constraint of a table.
    Constraint(QualifiedName, String),
    /// An index of a table.
    Index(QualifiedName, String),
    /// A trigger of a table or view.
    Trigger(QualifiedName, String),
    /// A view.
    View(QualifiedName),
    /// A sequence.
    Sequence(QualifiedName),
    /// A named enum type.
    EnumType(QualifiedName),
    /// A value of a named enum type.
    EnumValue(QualifiedName, String),
    /// A stored function.
    Function(QualifiedName),
    /// An extension.
    Extension(String),
}

/// For people: ``column `users.email` ``.
impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Schema(name) => write!(f, "schema `{name}`"),
            Self::Table(name) => write!(f, "table `{name}`"),
            Self::Column(table, name) => write!(f, "column `{table}.{name}`"),
            Self::Constraint(table, name) => write!(f, "constraint `{name}` of `{table}`"),
            Self::Index(table, name) => write!(f, "index `{name}` on `{table}`"),
            Self::Trigger(table, name) => write!(f, "trigger `{name}` on `{table}`"),
            Self::View(name) => write!(f, "view `{name}`"),
            Self::Sequence(name) => write!(f, "sequence `{name}`"),
            Self::EnumType(name) => write!(f, "enum type `{name}`"),
            Self::EnumValue(name, value) => write!(f, "value `{value}` of enum type `{name}`"),
            Self::Function(name) => write!(f, "function `{name}`"),
            Self::Extension(name) => write!(f, "extension `{name}`"),
        }
    }
}
