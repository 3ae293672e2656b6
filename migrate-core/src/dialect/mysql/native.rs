//! What sqlx reads of MySQL's columns.

use crate::dialect::Native;
use crate::schema::Type;

pub(super) fn native(ty: &Type) -> Option<Native> {
    let Type::Custom(spelling) = ty else {
        return match Native::of(ty) {
            // A text of 36 characters, where sqlx takes 16 bytes for a UUID.
            Some(Native::Uuid) => Some(Native::Text),
            // A `DATETIME` is without a zone.
            Some(Native::TimestampTz) => Some(Native::Timestamp),
            native => native,
        };
    };
    let word = spelling.split([' ', '(']).next().unwrap_or_default();
    let is_unsigned = spelling.contains(" unsigned") || spelling.contains(" zerofill");
    let whole = |signed: Native, unsigned: Native| if is_unsigned { unsigned } else { signed };
    Some(match word {
        "tinyint" => whole(Native::I8, Native::U8),
        "smallint" => whole(Native::I16, Native::U16),
        "mediumint" | "int" | "integer" => whole(Native::I32, Native::U32),
        "bigint" => whole(Native::I64, Native::U64),
        "year" => Native::U16,
        "bit" => Native::U64,
        "float" => Native::F32,
        "double" => Native::F64,
        "decimal" | "numeric" => Native::Decimal,
        "tinytext" | "text" | "mediumtext" => Native::Text,
        "tinyblob" | "blob" | "mediumblob" | "binary" | "varbinary" => Native::Bytes,
        "time" => Native::Time,
        "datetime" => Native::Timestamp,
        "timestamp" => Native::TimestampTz,
        _ => return None,
    })
}
