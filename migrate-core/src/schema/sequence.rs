//! Sequences, and the columns that are numbered by one.

use crate::schema::QualifiedName;

/// How a sequence counts. What is `None` is the database's default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counting {
    /// Its first value.
    pub start: Option<i64>,
    /// What is added for the next value.
    pub increment: Option<i64>,
    /// Its least value.
    pub min: Option<i64>,
    /// Its greatest value.
    pub max: Option<i64>,
    /// How many values a session takes at once.
    pub cache: Option<i64>,
    /// Whether it begins anew after its last value.
    pub cycle: bool,
}

/// A sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// Its name.
    pub name: QualifiedName,
    /// How it counts.
    pub counting: Counting,
    /// The column that it goes with when that is dropped.
    pub owned_by: Option<(QualifiedName, String)>,
}

/// A column that the database numbers by a sequence of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Identity {
    /// Whether an insert may not give a value itself (`GENERATED ALWAYS`); it may by default.
    pub always: bool,
    /// How it counts.
    pub counting: Counting,
}
