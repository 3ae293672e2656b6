//! What the operations on schemas, the namespaces of tables, carry.

/// See [`Operation::CreateSchema`](crate::operation::Operation::CreateSchema).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateSchema {
    /// The schema.
    pub name: String,
    /// It may be there already.
    pub if_not_exists: bool,
}

/// See [`Operation::DropSchema`](crate::operation::Operation::DropSchema).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropSchema {
    /// The schema.
    pub name: String,
    /// It may be gone already.
    pub if_exists: bool,
    /// What is in it goes too.
    pub cascade: bool,
}
