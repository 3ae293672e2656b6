//! What the operations on sequences carry.

use crate::schema::{Counting, QualifiedName, Sequence};

/// See [`Operation::CreateSequence`](crate::operation::Operation::CreateSequence).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateSequence {
    /// The sequence.
    pub sequence: Sequence,
    /// It may be there already.
    pub if_not_exists: bool,
}

/// See [`Operation::AlterSequence`](crate::operation::Operation::AlterSequence).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterSequence {
    /// The sequence.
    pub name: QualifiedName,
    /// What changes in how it counts.
    pub counting: Counting,
    /// The value that it gives next.
    pub restart: Option<i64>,
}

/// See [`Operation::DropSequence`](crate::operation::Operation::DropSequence).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropSequence {
    /// The sequence.
    pub name: QualifiedName,
    /// It may be gone already.
    pub if_exists: bool,
}
