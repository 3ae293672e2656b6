//! Sequences, and columns that one numbers.

use crate::operation::{AlterSequence, CreateSequence};
use crate::schema::{Counting, QualifiedName};

/// How a column is numbered.
#[derive(Debug)]
pub struct CountingHandle<'op>(pub(crate) &'op mut Counting);

/// A sequence that is created.
#[derive(Debug)]
pub struct SequenceHandle<'op>(pub(crate) &'op mut CreateSequence);

/// A sequence that changes.
#[derive(Debug)]
pub struct AlterSequenceHandle<'op>(pub(crate) &'op mut AlterSequence);

/// What each of them can be told.
macro_rules! counting {
    ($($handle:ident: $($path:tt).+;)*) => {
        $(impl $handle<'_> {
            /// Its first value.
            pub fn start(self, value: i64) -> Self {
                self.$($path).+.start = Some(value);
                self
            }

            /// What is added for the next value.
            pub fn increment(self, by: i64) -> Self {
                self.$($path).+.increment = Some(by);
                self
            }

            /// Its least value.
            pub fn min(self, value: i64) -> Self {
                self.$($path).+.min = Some(value);
                self
            }

            /// Its greatest value.
            pub fn max(self, value: i64) -> Self {
                self.$($path).+.max = Some(value);
                self
            }

            /// How many values a session takes at once.
            pub fn cache(self, values: i64) -> Self {
                self.$($path).+.cache = Some(values);
                self
            }

            /// It begins anew after its last value.
            pub fn cycle(self) -> Self {
                self.$($path).+.cycle = true;
                self
            }
        })*
    };
}
counting! {
    CountingHandle: 0;
    SequenceHandle: 0.sequence.counting;
    AlterSequenceHandle: 0.counting;
}

impl SequenceHandle<'_> {
    /// A sequence of that name, however it counts, is good enough.
    pub fn if_not_exists(self) -> Self {
        self.0.if_not_exists = true;
        self
    }

    /// It goes when this column is dropped.
    pub fn owned_by(self, table: impl Into<QualifiedName>, column: &str) -> Self {
        self.0.sequence.owned_by = Some((table.into(), column.into()));
        self
    }
}

impl AlterSequenceHandle<'_> {
    /// The value that it gives next.
    pub fn restart(self, value: i64) -> Self {
        self.0.restart = Some(value);
        self
    }
}
