//! One value as SQL text can hold it: a column's default in the database, or a cell of a bulk insert.
//!
//! A value knows no column: dates, uuids, json and decimals are given as text, which the database converts as
//! it does for any literal. How a value is spelled belongs to the dialect.

/// SQL text of one database, as its author wrote it. Made by [`sql`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sql(pub String);

/// SQL text that goes to the database as it is: a default, a cell or an index element.
///
/// ```
/// use migrate_core::schema::{Expression, sql};
///
/// assert_eq!(Expression::from(sql("gen_random_uuid()")), Expression::Sql("gen_random_uuid()".into()));
/// ```
#[must_use]
pub fn sql(text: impl Into<String>) -> Sql {
    Sql(text.into())
}

/// The moment the transaction (PostgreSQL) or statement (SQLite) runs, spelled as each database spells it.
#[must_use]
pub fn now() -> Expression {
    Expression::Now
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expression {
    /// `NULL`.
    Null,
    /// A truth value; SQLite has 1 and 0.
    Bool(bool),
    /// A whole number.
    Integer(i128),
    /// A binary floating-point number, as its bits, so that values compare exactly. See [`Expression::from`] for
    /// `f64`. An exact decimal is [`Expression::Text`]: the database converts it to the column's type.
    Double(u64),
    /// Text, and whatever is written as text: uuid, date, time, json, an enum's value, a decimal.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// The current moment, see [`now`].
    Now,
    /// An expression in one database's own language, see [`sql`].
    Sql(String),
}

impl From<Sql> for Expression {
    fn from(Sql(text): Sql) -> Self {
        Self::Sql(text)
    }
}

impl From<bool> for Expression {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<f64> for Expression {
    fn from(value: f64) -> Self {
        Self::Double(value.to_bits())
    }
}

impl From<&str> for Expression {
    fn from(value: &str) -> Self {
        Self::Text(value.into())
    }
}

impl From<&String> for Expression {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}

impl From<String> for Expression {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&[u8]> for Expression {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.into())
    }
}

impl From<Vec<u8>> for Expression {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

/// `None` is `NULL`.
impl<T: Into<Self>> From<Option<T>> for Expression {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

macro_rules! whole_numbers {
    ($($number:ty)*) => {
        $(impl From<$number> for Expression {
            fn from(value: $number) -> Self {
                Self::Integer(value.into())
            }
        })*
    };
}
whole_numbers!(i8 i16 i32 i64 i128 u8 u16 u32 u64);
