//! What the operations on indexes carry.

use crate::schema::{Index, QualifiedName};

/// See [`Operation::CreateIndex`](crate::operation::Operation::CreateIndex).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateIndex {
    /// The index to be.
    pub index: Index,
    /// An index of that name, whatever it is over, is good enough.
    pub if_not_exists: bool,
    /// Whether writers of the table go on while it is built, which takes a step of its own.
    pub concurrently: bool,
}

/// See [`Operation::RenameIndex`](crate::operation::Operation::RenameIndex).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenameIndex {
    /// The index, under its old name.
    pub name: String,
    /// Its table, in whose schema it lives.
    pub table: QualifiedName,
    /// Its new name.
    pub to: String,
}

/// See [`Operation::DropIndex`](crate::operation::Operation::DropIndex).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropIndex {
    /// The index.
    pub name: String,
    /// Its table, in whose schema it lives.
    pub table: QualifiedName,
    /// It may be gone already.
    pub if_exists: bool,
    /// Whether writers of the table go on meanwhile, which takes a step of its own.
    pub concurrently: bool,
}
