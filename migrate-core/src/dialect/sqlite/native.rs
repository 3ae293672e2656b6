//! What sqlx reads of SQLite's columns.
//!
//! A column's declared type decides little: any integer has 64 bits and any number is a double. Of a spelling that is no
//! type of the model, the affinity tells.

use crate::dialect::Native;
use crate::schema::Type;

pub(super) fn native(ty: &Type) -> Option<Native> {
    let Type::Custom(spelling) = ty else {
        let native = Native::of(ty)?;
        return Some(match native {
            Native::I8 | Native::I16 | Native::I32 => Native::I64,
            Native::F32 | Native::Decimal => Native::F64,
            // A text of 36 characters, where sqlx takes 16 bytes for a UUID.
            Native::Uuid => Native::Text,
            Native::I64
            | Native::U8
            | Native::U16
            | Native::U32
            | Native::U64
            | Native::F64
            | Native::Bool
            | Native::Text
            | Native::Bytes
            | Native::Date
            | Native::Time
            | Native::Timestamp
            | Native::TimestampTz
            | Native::Json => native,
        });
    };
    let spelling = spelling.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| spelling.contains(word));
    Some(match spelling.as_str() {
        "bool" => Native::Bool,
        "timestamp" => Native::Timestamp,
        "" => Native::Bytes,
        _ if has(&["int"]) => Native::I64,
        _ if has(&["char", "clob", "text"]) => Native::Text,
        _ if has(&["blob"]) => Native::Bytes,
        _ if has(&["real", "floa", "doub", "num", "dec"]) => Native::F64,
        _ => return None,
    })
}
