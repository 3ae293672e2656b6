//! [`Native`]: the Rust type that sqlx reads a column as.
//!
//! What a type is called is the same everywhere, but not what a driver makes of it: that is each dialect's business.

use crate::schema::Type;

/// A Rust type that sqlx reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Native {
    /// `i8`
    I8,
    /// `i16`
    I16,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u8`
    U8,
    /// `u16`
    U16,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// `bool`
    Bool,
    /// `String`
    Text,
    /// `Vec<u8>`
    Bytes,
    /// A UUID.
    Uuid,
    /// A date.
    Date,
    /// A time of day.
    Time,
    /// Date and time without a zone.
    Timestamp,
    /// A moment.
    TimestampTz,
    /// A JSON value.
    Json,
    /// An exact decimal number.
    Decimal,
}

impl Native {
    /// What a type is by its name. An enumeration is a type of its own, and so is a list; of a database's own types
    /// nothing is known here.
    #[must_use]
    pub fn of(ty: &Type) -> Option<Self> {
        Some(match ty {
            Type::SmallInt => Self::I16,
            Type::Integer => Self::I32,
            Type::BigInt => Self::I64,
            Type::Numeric { .. } => Self::Decimal,
            Type::Real => Self::F32,
            Type::Double => Self::F64,
            Type::Text | Type::Varchar(_) | Type::Char(_) => Self::Text,
            Type::Boolean => Self::Bool,
            Type::Uuid => Self::Uuid,
            Type::Date => Self::Date,
            Type::Time => Self::Time,
            Type::Timestamp => Self::Timestamp,
            Type::TimestampTz => Self::TimestampTz,
            Type::Json | Type::Jsonb => Self::Json,
            Type::Bytes => Self::Bytes,
            Type::Enumeration(_) | Type::Array(_) | Type::Custom(_) => return None,
        })
    }
}
