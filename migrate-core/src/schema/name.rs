//! Names of tables and types, with the schema (namespace) that they live in.
//!
//! A name is kept as its author wrote it. Quoting, and how long a name may be, belong to the dialect.

use std::fmt;

/// The name of a table or type, with its schema when one is given.
///
/// Text becomes an unqualified name, whatever characters it has: dots do not split it. [`qualified`] gives
/// the schema.
///
/// ```
/// use migrate_core::schema::{QualifiedName, qualified};
///
/// assert_eq!(QualifiedName::from("odd.name").schema, None);
/// assert_eq!(qualified("auth", "users").to_string(), "auth.users");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QualifiedName {
    /// The schema it lives in; without one, the database's own rule applies (PostgreSQL: the search path).
    pub schema: Option<String>,
    /// The name itself.
    pub name: String,
}

impl QualifiedName {
    /// Another name in the same schema.
    #[must_use]
    pub fn sibling(&self, name: impl Into<String>) -> Self {
        Self {
            schema: self.schema.clone(),
            name: name.into(),
        }
    }
}

/// A name in a schema: `qualified("auth", "users")`.
#[must_use]
pub fn qualified(schema: &str, name: &str) -> QualifiedName {
    QualifiedName {
        schema: Some(schema.into()),
        name: name.into(),
    }
}

impl From<String> for QualifiedName {
    fn from(name: String) -> Self {
        Self { schema: None, name }
    }
}

impl From<&str> for QualifiedName {
    fn from(name: &str) -> Self {
        name.to_owned().into()
    }
}

impl From<&String> for QualifiedName {
    fn from(name: &String) -> Self {
        name.clone().into()
    }
}

impl From<&Self> for QualifiedName {
    fn from(name: &Self) -> Self {
        name.clone()
    }
}

/// For people, not for SQL: nothing is quoted.
impl fmt::Display for QualifiedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            write!(f, "{schema}.")?;
        }
        f.write_str(&self.name)
    }
}
