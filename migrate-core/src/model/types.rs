//! Which column type a Rust type is, as sqlx maps it.

use crate::schema::{Type, types};

/// A Rust type that a column can be made of. `Option` says that the column may hold `NULL`, and is of the same type.
///
/// ```
/// use migrate_core::model::ColumnType;
/// use migrate_core::prelude::*;
///
/// assert_eq!(<Option<i64> as ColumnType>::column_type(), bigint());
/// assert_eq!(<Vec<u8> as ColumnType>::column_type(), bytes());
/// assert_eq!(<Vec<String> as ColumnType>::column_type(), array_of(text()));
/// ```
#[diagnostic::on_unimplemented(
    message = "no column type is known for `{Self}`",
    note = "say it at the field: `#[column(ty = varchar(80))]`; types of other crates are features of migrate-core"
)]
pub trait ColumnType {
    /// The type of the column.
    fn column_type() -> Type;
}

/// What a list can hold: all but bytes, of which a list is one value.
pub trait ElementType: ColumnType {}

macro_rules! column_types {
    ($($(#[$attribute:meta])* $rust:ty => $column:expr;)*) => {
        $($(#[$attribute])* impl ColumnType for $rust {
            fn column_type() -> Type {
                $column
            }
        }

        $(#[$attribute])* impl ElementType for $rust {})*
    };
}

column_types! {
    i16 => types::smallint();
    i32 => types::integer();
    i64 => types::bigint();
    f32 => types::real();
    f64 => types::double();
    bool => types::boolean();
    String => types::text();
    #[cfg(feature = "uuid")] sqlx::types::Uuid => types::uuid();
    #[cfg(feature = "chrono")] sqlx::types::chrono::NaiveDate => types::date();
    #[cfg(feature = "chrono")] sqlx::types::chrono::NaiveTime => types::time();
    #[cfg(feature = "chrono")] sqlx::types::chrono::NaiveDateTime => types::timestamp();
    #[cfg(feature = "chrono")] sqlx::types::chrono::DateTime<sqlx::types::chrono::Utc> => types::timestamptz();
    #[cfg(feature = "chrono")] sqlx::types::chrono::DateTime<sqlx::types::chrono::Local> => types::timestamptz();
    #[cfg(feature = "chrono")] sqlx::types::chrono::DateTime<sqlx::types::chrono::FixedOffset> => types::timestamptz();
    #[cfg(feature = "time")] sqlx::types::time::Date => types::date();
    #[cfg(feature = "time")] sqlx::types::time::Time => types::time();
    #[cfg(feature = "time")] sqlx::types::time::PrimitiveDateTime => types::timestamp();
    #[cfg(feature = "time")] sqlx::types::time::OffsetDateTime => types::timestamptz();
    #[cfg(feature = "jiff")] jiff::civil::Date => types::date();
    #[cfg(feature = "jiff")] jiff::civil::Time => types::time();
    #[cfg(feature = "jiff")] jiff::civil::DateTime => types::timestamp();
    #[cfg(feature = "jiff")] jiff::Timestamp => types::timestamptz();
    #[cfg(feature = "jiff")] jiff_sqlx::Date => types::date();
    #[cfg(feature = "jiff")] jiff_sqlx::Time => types::time();
    #[cfg(feature = "jiff")] jiff_sqlx::DateTime => types::timestamp();
    #[cfg(feature = "jiff")] jiff_sqlx::Timestamp => types::timestamptz();
    #[cfg(feature = "json")] sqlx::types::JsonValue => types::jsonb();
}

#[cfg(feature = "json")]
impl<T> ColumnType for sqlx::types::Json<T> {
    fn column_type() -> Type {
        types::jsonb()
    }
}

impl<T: ColumnType> ColumnType for Option<T> {
    fn column_type() -> Type {
        T::column_type()
    }
}

impl ColumnType for Vec<u8> {
    fn column_type() -> Type {
        types::bytes()
    }
}

impl<T: ElementType> ColumnType for Vec<T> {
    fn column_type() -> Type {
        types::array_of(T::column_type())
    }
}

#[cfg(all(test, feature = "chrono", feature = "jiff", feature = "time"))]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_one_type_in_each_crate_for_times() {
        fn of<T: ColumnType>() -> Type {
            T::column_type()
        }
        let moments = [
            of::<jiff::Timestamp>(),
            of::<jiff_sqlx::Timestamp>(),
            of::<Option<sqlx::types::time::OffsetDateTime>>(),
            of::<sqlx::types::chrono::DateTime<sqlx::types::chrono::Utc>>(),
        ];
        assert!(
            moments.iter().all(|ty| *ty == types::timestamptz()),
            "{moments:?}"
        );
        let dates = [
            of::<jiff::civil::Date>(),
            of::<jiff_sqlx::Date>(),
            of::<sqlx::types::time::Date>(),
            of::<sqlx::types::chrono::NaiveDate>(),
        ];
        assert!(dates.iter().all(|ty| *ty == types::date()), "{dates:?}");
    }
}
