//! What a backfill carries: columns of a large table that are filled in batches.
//!
//! How a batch is found, and what happens between two of them, is for whoever runs it.

use std::fmt;

use crate::schema::{Expression, QualifiedName};

/// See [`Operation::Backfill`](crate::operation::Operation::Backfill).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backfill {
    /// The table.
    pub table: QualifiedName,
    /// The columns that are filled, and with what; at least one.
    pub set: Vec<(String, Expression)>,
    /// The condition that a row has to fulfil; every row is filled without one.
    pub filter: Option<String>,
    /// The columns of the key that the batches walk along; the table's primary key when there is none.
    pub by: Vec<String>,
    /// How many rows a batch has.
    pub batch: u32,
    /// The SQL that undoes it.
    pub reverse: Option<String>,
}

impl Backfill {
    /// How many rows a batch has where nobody says so: some milliseconds' work, for which nobody waits long.
    pub const BATCH: u32 = 1_000;
}

/// What it fills, for people: `users.full_name`.
impl fmt::Display for Backfill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns: Vec<&str> = self.set.iter().map(|(column, _)| column.as_str()).collect();
        match columns.as_slice() {
            [column] => write!(f, "{}.{column}", self.table),
            columns => write!(f, "{} ({})", self.table, columns.join(", ")),
        }
    }
}
