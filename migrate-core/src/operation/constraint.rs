//! What the operations on constraints of an existing table carry.

use crate::schema::{Constraint, QualifiedName};

/// See [`Operation::AddConstraint`](crate::operation::Operation::AddConstraint).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddConstraint {
    /// The table.
    pub table: QualifiedName,
    /// The constraint to be.
    pub constraint: Constraint,
}

/// See [`Operation::DropConstraint`](crate::operation::Operation::DropConstraint).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropConstraint {
    /// The table.
    pub table: QualifiedName,
    /// The constraint.
    pub name: String,
    /// It may be gone already.
    pub if_exists: bool,
}
