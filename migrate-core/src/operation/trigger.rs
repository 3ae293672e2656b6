//! What the operations on triggers carry.

use crate::schema::{QualifiedName, Trigger};

/// See [`Operation::CreateTrigger`](crate::operation::Operation::CreateTrigger).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTrigger {
    /// The trigger.
    pub trigger: Trigger,
    /// Whether it takes the place of the one of that name.
    pub replace: bool,
}

/// See [`Operation::DropTrigger`](crate::operation::Operation::DropTrigger).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropTrigger {
    /// The trigger.
    pub name: String,
    /// Its table.
    pub table: QualifiedName,
    /// It may be gone already.
    pub if_exists: bool,
}
