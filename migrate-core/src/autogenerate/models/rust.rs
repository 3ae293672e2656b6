//! Columns' types as Rust's.

use super::Names;
use super::imports::Imports;
use crate::dialect::{Dialect, Native};
use crate::schema::Type;

/// A Rust type for a column.
pub(super) struct Rust {
    /// As the file writes it.
    pub(super) name: String,
    /// The column type that it is by itself, where it is one.
    pub(super) column_type: Option<Type>,
    /// Whether sqlx reads the column as it.
    pub(super) is_read: bool,
}

/// The Rust type of a column that is not `NULL`.
pub(super) fn rust(dialect: &dyn Dialect, names: &Names, ty: &Type, imports: &mut Imports) -> Rust {
    if let Type::Array(element) = ty {
        let element = rust(dialect, names, element, imports);
        // A list of bytes' lists has no column type of its own.
        let of = element.column_type.filter(|of| *of != Type::Bytes);
        return Rust {
            name: format!("Vec<{}>", element.name),
            column_type: of.map(|of| Type::Array(Box::new(of))),
            is_read: element.is_read,
        };
    }
    if let Some(name) = ty.enumeration().and_then(|of| names.enums.identifier(&of.name)) {
        return Rust {
            name: name.to_owned(),
            column_type: Some(ty.clone()),
            is_read: true,
        };
    }
    match dialect.native(ty) {
        Some(native) => of_native(native, imports),
        None => Rust {
            name: "String".into(),
            column_type: None,
            is_read: false,
        },
    }
}

fn of_native(native: Native, imports: &mut Imports) -> Rust {
    let (name, column_type) = match native {
        Native::I8 => ("i8", None),
        Native::I16 => ("i16", Some(Type::SmallInt)),
        Native::I32 => ("i32", Some(Type::Integer)),
        Native::I64 => ("i64", Some(Type::BigInt)),
        Native::U8 => ("u8", None),
        Native::U16 => ("u16", None),
        Native::U32 => ("u32", None),
        Native::U64 => ("u64", None),
        Native::F32 => ("f32", Some(Type::Real)),
        Native::F64 => ("f64", Some(Type::Double)),
        Native::Bool => ("bool", Some(Type::Boolean)),
        Native::Text => ("String", Some(Type::Text)),
        Native::Bytes => ("Vec<u8>", Some(Type::Bytes)),
        Native::Uuid => {
            imports.sqlx("Uuid");
            ("Uuid", Some(Type::Uuid))
        }
        Native::Date => {
            imports.chrono("NaiveDate");
            ("NaiveDate", Some(Type::Date))
        }
        Native::Time => {
            imports.chrono("NaiveTime");
            ("NaiveTime", Some(Type::Time))
        }
        Native::Timestamp => {
            imports.chrono("NaiveDateTime");
            ("NaiveDateTime", Some(Type::Timestamp))
        }
        Native::TimestampTz => {
            imports.chrono("DateTime");
            imports.chrono("Utc");
            ("DateTime<Utc>", Some(Type::TimestampTz))
        }
        Native::Json => {
            imports.sqlx("JsonValue");
            ("JsonValue", Some(Type::Jsonb))
        }
        Native::Decimal => {
            imports.sqlx("Decimal");
            ("Decimal", None)
        }
    };
    Rust {
        name: name.into(),
        column_type,
        is_read: true,
    }
}
