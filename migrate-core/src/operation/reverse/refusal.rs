//! Why there is no way back from an operation, and what to do about it.

use crate::operation::{Operation, Place};
use crate::schema::{Element, QualifiedName, Type};

/// An operation that nothing undoes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{operation}` cannot be reversed: {reason}, or write `upgrade` and `downgrade` instead of `change`")]
pub struct Irreversible {
    /// The operation.
    pub operation: Box<Operation>,
    /// Where it was asked for.
    pub place: Place,
    /// Why.
    pub reason: NoWayBack,
}

/// Why there is no way back from an operation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoWayBack {
    /// It does nothing where things are so already.
    #[error("with `{clause}` it is not known whether this migration did it; leave `.{clause}()` out")]
    Uncertain {
        /// The word that says so.
        clause: &'static str,
    },
    /// What it takes away or changes was made by an author's own SQL, or changed by it, or never was.
    #[error(
        "no directive before it describes the {0}, or SQL by hand may have changed it since; do that by a directive"
    )]
    Unknown(Element),
    /// It takes along whatever refers to it.
    #[error(
        "`cascade` may take along what nothing describes; drop that by its name first, without `.cascade()`"
    )]
    Cascade,
    /// A database drops no value of an enum type.
    #[error(
        "a value of an enum type cannot be dropped; use a text column with a check for values that come and go"
    )]
    EnumValue,
    /// Where a sequence stood.
    #[error("nothing says which value the sequence would have given next; leave `.restart(..)` out")]
    Restart,
    /// How a sequence counted was left to the database.
    #[error("nothing says what its `{0}` was; say it where the sequence is created")]
    Counting(&'static str),
    /// A sequence that begins anew cannot be told to stop that.
    #[error(
        "a sequence cannot be told to end after its last value; say `.cycle()` where the sequence is created"
    )]
    Cycle,
    /// An author's own SQL.
    #[error("nothing says which SQL undoes it; say so by `.reverse(\"..\")`")]
    Execute,
    /// Columns that were filled, and stay.
    #[error("nothing says what the rows held before; say so by `.reverse(\"..\")`")]
    Backfill,
    /// A data step.
    #[error("nothing says which step undoes it; say so by `.reverse(step)`")]
    Run,
    /// Rows of a table whose key is not known.
    #[error("no primary key of `{table}` is known that would tell the rows from others; give the table one")]
    NoKey {
        /// The table.
        table: QualifiedName,
    },
    /// Rows without the values of their key.
    #[error("the rows do not say their `{column}`, by which they could be told from others; give it a value")]
    KeyNotGiven {
        /// The column of the key.
        column: String,
    },
    /// Rows that were deleted.
    #[error("the rows are gone")]
    DeletedRows,
    /// A change of type after which the old type does not take the values as they are.
    #[error(
        "nothing says how values of the new type become values of the old one; add another column instead"
    )]
    Conversion {
        /// The old type.
        from: Box<Type>,
        /// The new one.
        to: Box<Type>,
    },
    /// A column's collation was left to the database.
    #[error("nothing says what its collation was; say it where the column is added, by `.collate(..)`")]
    Collation,
    /// A function is not told by its arguments' defaults.
    #[error(
        "a function is dropped by its arguments without defaults; make one without defaults beside it, which calls it"
    )]
    ArgumentDefaults,
    /// A table and its sequence need each other.
    #[error(
        "a default takes from the sequence `{0}`, which the column owns; make it an `.identity()` column"
    )]
    OwnedSequence(QualifiedName),
}
