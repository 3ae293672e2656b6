//! What sqlx reads of PostgreSQL's columns.

use crate::dialect::Native;
use crate::schema::Type;

pub(super) fn native(ty: &Type) -> Option<Native> {
    let Type::Custom(spelling) = ty else {
        return Native::of(ty);
    };
    // The digits of a second's fraction say nothing here.
    let plain = match (spelling.split_once('('), spelling.split_once(')')) {
        (Some((before, _)), Some((_, after))) => format!("{before}{after}"),
        _ => spelling.clone(),
    };
    Some(match plain.as_str() {
        "numeric" => Native::Decimal,
        "character varying" | "citext" | "name" => Native::Text,
        "\"char\"" => Native::I8,
        "timestamp without time zone" => Native::Timestamp,
        "timestamp with time zone" => Native::TimestampTz,
        "time without time zone" => Native::Time,
        _ => return None,
    })
}
