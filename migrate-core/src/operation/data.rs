//! What the operations on rows carry, and how Rust tuples become rows.

use std::fmt;
use std::sync::Arc;

use crate::operation::DataStep;
use crate::schema::{Expression, QualifiedName};

/// See [`Operation::Execute`](crate::operation::Operation::Execute).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Execute {
    /// The text, which goes to the database as it is, but for the values.
    pub sql: String,
    /// What stands for `:name` in it, by name.
    pub values: Vec<(String, Expression)>,
    /// The text that undoes it.
    pub reverse: Option<String>,
}

/// See [`Operation::BulkInsert`](crate::operation::Operation::BulkInsert).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkInsert {
    /// The table.
    pub table: QualifiedName,
    /// The columns that get a value.
    pub columns: Vec<String>,
    /// A value for each of the columns, row by row.
    pub rows: Vec<Vec<Expression>>,
}

/// See [`Operation::DeleteRows`](crate::operation::Operation::DeleteRows).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeleteRows {
    /// The table.
    pub table: QualifiedName,
    /// The columns that tell a row from all others; at least one.
    pub columns: Vec<String>,
    /// A value for each of the columns, row by row.
    pub rows: Vec<Vec<Expression>>,
}

/// See [`Operation::Run`](crate::operation::Operation::Run).
#[derive(Clone)]
pub struct Run {
    /// The step's name.
    pub name: String,
    /// The step.
    pub step: Arc<dyn DataStep>,
    /// Its SQL form for offline mode.
    pub script: Option<String>,
    /// The step that undoes it.
    pub reverse: Option<Arc<dyn DataStep>>,
}

/// Two steps are the same when their names are; what a function does cannot be compared. Their places stand
/// beside them, in [`Recorded`](crate::operation::Recorded).
impl PartialEq for Run {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.script) == (&other.name, &other.script)
    }
}

impl Eq for Run {}

impl fmt::Debug for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run")
            .field("name", &self.name)
            .field("script", &self.script)
            .finish_non_exhaustive()
    }
}

/// `N` values: a tuple of what converts into [`Expression`], or an array of one such type.
///
/// The number is part of the type, so that a row with a value too few or too many does not compile.
pub trait InsertRow<const N: usize> {
    /// The values, in order.
    fn values(self) -> Vec<Expression>;
}

impl<T: Into<Expression>, const N: usize> InsertRow<N> for [T; N] {
    fn values(self) -> Vec<Expression> {
        self.into_iter().map(Into::into).collect()
    }
}

macro_rules! tuple_rows {
    ($($count:literal: $($field:ident)+;)*) => {
        $(impl<$($field: Into<Expression>),+> InsertRow<$count> for ($($field,)+) {
            fn values(self) -> Vec<Expression> {
                #[expect(non_snake_case, reason = "a field's type parameter names its value too")]
                let ($($field,)+) = self;
                vec![$($field.into()),+]
            }
        })*
    };
}
tuple_rows! {
    1: A;
    2: A B;
    3: A B C;
    4: A B C D;
    5: A B C D E;
    6: A B C D E F;
    7: A B C D E F G;
    8: A B C D E F G H;
    9: A B C D E F G H I;
    10: A B C D E F G H I J;
    11: A B C D E F G H I J K;
    12: A B C D E F G H I J K L;
}
