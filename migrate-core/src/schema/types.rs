//! Column types that every database has, under SQL's names.
//!
//! Which of them a database really has, and how it spells them, is its dialect's business.

use crate::schema::QualifiedName;

/// The type of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Type {
    /// 16-bit integer.
    SmallInt,
    /// 32-bit integer.
    Integer,
    /// 64-bit integer.
    BigInt,
    /// Exact decimal number.
    Numeric {
        /// Decimal digits in all.
        precision: u16,
        /// Digits after the point.
        scale: u16,
    },
    /// 32-bit floating-point number.
    Real,
    /// 64-bit floating-point number.
    Double,
    /// Text of any length.
    Text,
    /// Text of at most this many characters.
    Varchar(u32),
    /// Text of exactly this many characters, padded with blanks where the database does so.
    Char(u32),
    /// A truth value.
    Boolean,
    /// A UUID.
    Uuid,
    /// A calendar date.
    Date,
    /// A time of day without a zone.
    Time,
    /// Date and time without a zone.
    Timestamp,
    /// A moment in time.
    TimestampTz,
    /// JSON kept as the text it came as.
    Json,
    /// JSON kept decomposed and indexable, where the database has that.
    Jsonb,
    /// Bytes.
    Bytes,
    /// One of a fixed list of texts.
    Enumeration(Enumeration),
    /// A list of values of one type.
    Array(Box<Self>),
    /// A type of one database, spelled as it spells it.
    Custom(String),
}

impl Type {
    /// The enumeration that it is, or is a list of.
    #[must_use]
    pub fn enumeration(&self) -> Option<&Enumeration> {
        if let Self::Array(element) = self {
            element.enumeration()
        } else if let Self::Enumeration(enumeration) = self {
            Some(enumeration)
        } else {
            None
        }
    }

    /// The enumeration that it is, or is a list of, to be changed.
    pub fn enumeration_mut(&mut self) -> Option<&mut Enumeration> {
        if let Self::Array(element) = self {
            element.enumeration_mut()
        } else if let Self::Enumeration(enumeration) = self {
            Some(enumeration)
        } else {
            None
        }
    }
}

/// A type whose values are a fixed list of texts. Made by [`enumeration`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enumeration {
    /// The type's name, where the database has named enum types.
    pub name: QualifiedName,
    /// The values, in their order.
    pub values: Vec<String>,
    /// Whether the type is there already, so that the column does not create it.
    pub existing: bool,
}

impl Enumeration {
    /// The type is there already: using it in a column does not create it.
    #[must_use]
    pub fn existing(mut self) -> Self {
        self.existing = true;
        self
    }
}

impl From<Enumeration> for Type {
    fn from(enumeration: Enumeration) -> Self {
        Self::Enumeration(enumeration)
    }
}

/// 16-bit integer.
#[must_use]
pub fn smallint() -> Type {
    Type::SmallInt
}

/// 32-bit integer.
#[must_use]
pub fn integer() -> Type {
    Type::Integer
}

/// 64-bit integer.
#[must_use]
pub fn bigint() -> Type {
    Type::BigInt
}

/// Exact decimal number with `precision` digits, `scale` of them after the point. SQLite computes with it as
/// with a floating-point number.
#[must_use]
pub fn numeric(precision: u16, scale: u16) -> Type {
    Type::Numeric { precision, scale }
}

/// 32-bit floating-point number; 64 bits on SQLite.
#[must_use]
pub fn real() -> Type {
    Type::Real
}

/// 64-bit floating-point number.
#[must_use]
pub fn double() -> Type {
    Type::Double
}

/// Text of any length. On MySQL it is `LONGTEXT`, which no key can be over.
#[must_use]
pub fn text() -> Type {
    Type::Text
}

/// Text of at most `length` characters. SQLite does not enforce the length.
#[must_use]
pub fn varchar(length: u32) -> Type {
    Type::Varchar(length)
}

/// Text of exactly `length` characters. SQLite does not enforce the length.
#[must_use]
pub fn char(length: u32) -> Type {
    Type::Char(length)
}

/// A truth value.
#[must_use]
pub fn boolean() -> Type {
    Type::Boolean
}

/// A UUID. SQLite and MySQL have no such type: there it is `CHAR(36)`.
#[must_use]
pub fn uuid() -> Type {
    Type::Uuid
}

/// A calendar date.
#[must_use]
pub fn date() -> Type {
    Type::Date
}

/// A time of day without a zone.
#[must_use]
pub fn time() -> Type {
    Type::Time
}

/// Date and time without a zone.
#[must_use]
pub fn timestamp() -> Type {
    Type::Timestamp
}

/// A moment in time. SQLite has no type with a zone, and MySQL's ends in 2038: there it is `DATETIME`, and the
/// application keeps to UTC.
#[must_use]
pub fn timestamptz() -> Type {
    Type::TimestampTz
}

/// JSON; `TEXT` on SQLite.
#[must_use]
pub fn json() -> Type {
    Type::Json
}

/// JSON in PostgreSQL's indexable form; the same as [`json`] elsewhere.
#[must_use]
pub fn jsonb() -> Type {
    Type::Jsonb
}

/// Bytes.
#[must_use]
pub fn bytes() -> Type {
    Type::Bytes
}

/// One of `values`.
///
/// On PostgreSQL this is an enum type of its own. The `create_table`, `add_column` or `alter_column` that uses
/// it creates the type, unless it says [`existing`](Enumeration::existing); the type goes with the last column that has
/// it, at the end of that migration. A type that `op.create_enum` created stays until `op.drop_enum`. On SQLite it is a
/// `VARCHAR` with a check constraint, on MySQL the column's own `ENUM`.
#[must_use]
pub fn enumeration(
    name: impl Into<QualifiedName>,
    values: impl IntoIterator<Item = impl Into<String>>,
) -> Enumeration {
    Enumeration {
        name: name.into(),
        values: values.into_iter().map(Into::into).collect(),
        existing: false,
    }
}

/// A list of values of type `element`. Only PostgreSQL has such.
#[must_use]
pub fn array_of(element: impl Into<Type>) -> Type {
    Type::Array(Box::new(element.into()))
}

/// A type of one database, spelled as it spells it: `custom("citext")`.
#[must_use]
pub fn custom(spelling: impl Into<String>) -> Type {
    Type::Custom(spelling.into())
}
