//! What the operations on constraints of an existing table carry.

use crate::schema::{Constraint, ConstraintKind, QualifiedName};

/// See [`Operation::AddConstraint`](crate::operation::Operation::AddConstraint).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddConstraint {
    /// The table.
    pub table: QualifiedName,
    /// The constraint to be.
    pub constraint: Constraint,
    /// Whether rows that are there already are left unchecked, until a
    /// [`ValidateConstraint`](crate::operation::Operation::ValidateConstraint).
    pub not_valid: bool,
}

/// See [`Operation::ValidateConstraint`](crate::operation::Operation::ValidateConstraint).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidateConstraint {
    /// The table.
    pub table: QualifiedName,
    /// The constraint.
    pub name: String,
}

/// See [`Operation::RenameConstraint`](crate::operation::Operation::RenameConstraint).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenameConstraint {
    /// The table.
    pub table: QualifiedName,
    /// The constraint, under its old name.
    pub name: String,
    /// Its new name.
    pub to: String,
    /// Whether it is the primary key, for a database where that has no name.
    pub primary_key: bool,
}

/// See [`Operation::DropConstraint`](crate::operation::Operation::DropConstraint).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropConstraint {
    /// The table.
    pub table: QualifiedName,
    /// The constraint.
    pub name: String,
    /// What kind it is of, for a database that has to be told.
    pub kind: Option<ConstraintKind>,
    /// It may be gone already.
    pub if_exists: bool,
    /// What refers to it goes too.
    pub cascade: bool,
}
