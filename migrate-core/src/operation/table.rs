//! What the operations on whole tables carry.

use crate::schema::{QualifiedName, Table};

/// See [`Operation::CreateTable`](crate::operation::Operation::CreateTable).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTable {
    /// The table to be.
    pub table: Table,
    /// A table of that name, whatever its columns, is good enough.
    pub if_not_exists: bool,
}

/// See [`Operation::DropTable`](crate::operation::Operation::DropTable).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropTable {
    /// The table.
    pub table: QualifiedName,
    /// It may be gone already.
    pub if_exists: bool,
    /// What refers to it goes too.
    pub cascade: bool,
}

/// See [`Operation::RenameTable`](crate::operation::Operation::RenameTable).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenameTable {
    /// The table, under its old name.
    pub table: QualifiedName,
    /// Its new name, in the same schema.
    pub to: String,
}

/// See [`Operation::CommentTable`](crate::operation::Operation::CommentTable).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentTable {
    /// The table.
    pub table: QualifiedName,
    /// The comment; `None` removes it.
    pub comment: Option<String>,
}
