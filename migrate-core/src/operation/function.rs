//! What the operations on stored functions and on extensions carry.

use crate::schema::{Extension, Function, QualifiedName};

/// See [`Operation::CreateFunction`](crate::operation::Operation::CreateFunction).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateFunction {
    /// The function.
    pub function: Function,
    /// Whether it takes the place of the one of that name and these arguments.
    pub replace: bool,
}

/// See [`Operation::DropFunction`](crate::operation::Operation::DropFunction).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropFunction {
    /// The function.
    pub name: QualifiedName,
    /// Its arguments, in SQL, which tell it from others of its name.
    pub arguments: String,
    /// It may be gone already.
    pub if_exists: bool,
}

/// See [`Operation::CreateExtension`](crate::operation::Operation::CreateExtension).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateExtension {
    /// The extension.
    pub extension: Extension,
    /// It may be there already.
    pub if_not_exists: bool,
}

/// See [`Operation::DropExtension`](crate::operation::Operation::DropExtension).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropExtension {
    /// The extension.
    pub name: String,
    /// It may be gone already.
    pub if_exists: bool,
    /// What was made by it goes too.
    pub cascade: bool,
}
