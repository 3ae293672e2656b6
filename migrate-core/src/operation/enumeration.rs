//! What the operations on named enum types carry.

use crate::schema::{Enumeration, QualifiedName};

/// See [`Operation::CreateEnum`](crate::operation::Operation::CreateEnum).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateEnum {
    /// The type.
    pub enumeration: Enumeration,
    /// It may be there already: this is the way back of a drop [if unused](DropEnum::if_unused). No directive says so.
    pub if_not_exists: bool,
}

/// See [`Operation::AddEnumValue`](crate::operation::Operation::AddEnumValue).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddEnumValue {
    /// The type.
    pub name: QualifiedName,
    /// The value.
    pub value: String,
    /// Where it stands in the order of the values; last without one.
    pub position: Option<EnumPosition>,
    /// It may be there already.
    pub if_not_exists: bool,
}

/// A place among the values of an enum type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnumPosition {
    /// Before this value.
    Before(String),
    /// After this value.
    After(String),
}

/// See [`Operation::RenameEnumValue`](crate::operation::Operation::RenameEnumValue).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenameEnumValue {
    /// The type.
    pub name: QualifiedName,
    /// The value.
    pub value: String,
    /// What it is called from now on.
    pub to: String,
}

/// See [`Operation::DropEnum`](crate::operation::Operation::DropEnum).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropEnum {
    /// The type.
    pub name: QualifiedName,
    /// It may be gone already.
    pub if_exists: bool,
    /// It may be gone, or needed by something: then it stays. This is the type of a column that was the last one to have
    /// it, and that brought it. No directive says so.
    pub if_unused: bool,
}
