//! Columns that are filled in batches.

use crate::operation::{Backfill, Columns};
use crate::schema::Expression;

/// Columns of a table that are filled in batches.
#[derive(Debug)]
pub struct BackfillHandle<'op>(pub(crate) &'op mut Backfill);

impl BackfillHandle<'_> {
    /// One more column of the same rows, and what it is filled with.
    pub fn set(self, column: &str, value: impl Into<Expression>) -> Self {
        self.0.set.push((column.into(), value.into()));
        self
    }

    /// It fills only the rows that fulfil this condition.
    pub fn where_(self, condition: &str) -> Self {
        self.0.filter = Some(condition.into());
        self
    }

    /// How many rows a batch has: 1,000 where it is not said. Each batch is a transaction.
    pub fn batch(self, rows: u32) -> Self {
        self.0.batch = rows;
        self
    }

    /// The columns of the key that the batches walk along: the table's primary key where it is not said. An index over
    /// them, in this order, makes the walk quick. They hold no `NULL` in the rows that are filled.
    pub fn by(self, columns: impl Columns) -> Self {
        self.0.by = columns.names();
        self
    }

    /// The SQL that undoes it, for the downgrade of a `reversible` migration; `""` where there is nothing to undo. A
    /// column that the same migration adds needs none: it goes, with all that it holds.
    pub fn reverse(self, sql: &str) -> Self {
        self.0.reverse = Some(sql.into());
        self
    }
}
