//! What the operations on views carry.

use crate::schema::{QualifiedName, View};

/// See [`Operation::CreateView`](crate::operation::Operation::CreateView).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateView {
    /// The view.
    pub view: View,
    /// Whether it takes the place of the one of that name.
    pub replace: bool,
}

/// See [`Operation::DropView`](crate::operation::Operation::DropView).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropView {
    /// The view.
    pub name: QualifiedName,
    /// Whether it is a materialized one.
    pub materialized: bool,
    /// It may be gone already.
    pub if_exists: bool,
    /// What refers to it goes too.
    pub cascade: bool,
}
