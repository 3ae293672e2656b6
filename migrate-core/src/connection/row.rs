//! Rows as every database can give them: named columns of plain values.
//!
//! This is for what a data step asks in portable SQL. Whoever needs a database's own types (uuid, timestamps,
//! json) takes the native connection from [`Db`](super::Db), or casts to text in the statement.

use std::fmt;
use std::sync::Arc;

/// One value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// SQL's NULL.
    Null,
    /// A boolean, where the database has them; SQLite and MySQL give an integer.
    Bool(bool),
    /// An integer of any width.
    Integer(i64),
    /// A floating-point number.
    Real(f64),
    /// Text, and whatever else a database has a text form for.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// One row of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    columns: Arc<[String]>,
    values: Vec<Value>,
}

/// Why a value could not be taken out of a row.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RowError {
    /// There is no such column.
    #[error("the row has no column `{column}`")]
    NoColumn {
        /// The name asked for.
        column: String,
    },
    /// The value is of another kind.
    #[error("column `{column}` holds {found:?}, which is no {wanted}")]
    Kind {
        /// The column's name.
        column: String,
        /// The value found.
        found: Value,
        /// What was asked for.
        wanted: &'static str,
    },
}

impl Row {
    pub(crate) fn new(columns: Arc<[String]>, values: Vec<Value>) -> Self {
        Self { columns, values }
    }

    /// The values in the statement's order.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// The value of a column, by name.
    ///
    /// # Errors
    /// [`RowError`] when there is no such column, or its value cannot be a `T`.
    pub fn get<T: FromValue>(&self, column: &str) -> Result<T, RowError> {
        let value = self
            .columns
            .iter()
            .position(|name| name == column)
            .and_then(|index| self.values.get(index))
            .ok_or_else(|| RowError::NoColumn {
                column: column.into(),
            })?;
        T::from_value(value).ok_or_else(|| RowError::Kind {
            column: column.into(),
            found: value.clone(),
            wanted: T::NAME,
        })
    }
}

/// What a [`Value`] can be read as.
pub trait FromValue: Sized {
    /// The type's name, for messages.
    const NAME: &'static str;

    /// The value as this type, or nothing when it is of another kind.
    fn from_value(value: &Value) -> Option<Self>;
}

macro_rules! from_value {
    ($type:ty, $name:literal, $($pattern:pat => $result:expr),+) => {
        impl FromValue for $type {
            const NAME: &'static str = $name;

            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    $($pattern => $result,)+
                    _ => None,
                }
            }
        }
    };
}

from_value!(bool, "boolean", Value::Bool(value) => Some(*value), Value::Integer(value) => match value {
    0 => Some(false),
    1 => Some(true),
    _ => None,
});
from_value!(i64, "integer", Value::Integer(value) => Some(*value));
from_value!(i32, "32-bit integer", Value::Integer(value) => i32::try_from(*value).ok());
from_value!(f64, "number", Value::Real(value) => Some(*value));
from_value!(String, "text", Value::Text(value) => Some(value.clone()));
from_value!(Vec<u8>, "bytes", Value::Bytes(value) => Some(value.clone()));

impl<T: FromValue> FromValue for Option<T> {
    const NAME: &'static str = T::NAME;

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            Value::Bool(_) | Value::Integer(_) | Value::Real(_) | Value::Text(_) | Value::Bytes(_) => {
                T::from_value(value).map(Some)
            }
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("NULL"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Real(value) => write!(f, "{value}"),
            Self::Text(value) => f.write_str(value),
            Self::Bytes(value) => write!(f, "{} bytes", value.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Row {
        Row::new(
            Arc::from(["id".to_owned(), "name".to_owned(), "gone".to_owned()]),
            vec![Value::Integer(1), Value::Text("Ada".into()), Value::Null],
        )
    }

    #[test]
    fn values_are_read_by_name_and_kind() {
        assert_eq!(row().get::<i64>("id"), Ok(1));
        assert_eq!(row().get::<bool>("id"), Ok(true));
        assert_eq!(row().get::<String>("name").as_deref(), Ok("Ada"));
        assert_eq!(row().get::<Option<String>>("gone"), Ok(None));
    }

    #[test]
    fn a_missing_column_and_a_wrong_kind_say_so() {
        assert_eq!(
            row().get::<i64>("nope").unwrap_err().to_string(),
            "the row has no column `nope`"
        );
        assert_eq!(
            row().get::<i64>("name").unwrap_err().to_string(),
            "column `name` holds Text(\"Ada\"), which is no integer"
        );
    }
}
