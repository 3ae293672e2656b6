//! How PostgreSQL's sequences count when nothing is said.

use crate::schema::{Counting, Type};

/// The least and the greatest value of a type.
pub(super) type Range = (i64, i64);

/// That of a sequence that stands by itself.
pub(super) const BIGINT: Range = (i64::MIN, i64::MAX);

/// That of a column's own sequence.
pub(super) fn range(ty: &Type) -> Range {
    if *ty == Type::SmallInt {
        (i16::MIN.into(), i16::MAX.into())
    } else if *ty == Type::Integer {
        (i32::MIN.into(), i32::MAX.into())
    } else {
        BIGINT
    }
}

/// The same without what would be so anyway:
/// <https://www.postgresql.org/docs/current/sql-createsequence.html#id-1.9.3.81.6>.
pub(super) fn lean(counting: &Counting, (least, greatest): Range) -> Counting {
    let up = counting.increment.unwrap_or(1) > 0;
    let min = counting.min.unwrap_or(if up { 1 } else { least });
    let max = counting.max.unwrap_or(if up { greatest } else { -1 });
    let unless = |value: Option<i64>, default: i64| value.filter(|value| *value != default);
    Counting {
        start: unless(counting.start, if up { min } else { max }),
        increment: unless(counting.increment, 1),
        min: unless(counting.min, if up { 1 } else { least }),
        max: unless(counting.max, if up { greatest } else { -1 }),
        cache: unless(counting.cache, 1),
        cycle: counting.cycle,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sequence_does_by_itself_is_not_said() {
        let said = Counting {
            start: Some(1),
            increment: Some(1),
            min: Some(1),
            max: Some(i64::MAX),
            cache: Some(1),
            cycle: false,
        };
        assert_eq!(lean(&said, BIGINT), Counting::default());
        let integer = range(&Type::Integer);
        assert_eq!(lean(&said, integer).max, Some(i64::MAX));
        let down = Counting {
            start: Some(-1),
            increment: Some(-2),
            max: Some(-1),
            ..Counting::default()
        };
        let lean = lean(&down, BIGINT);
        assert_eq!((lean.start, lean.increment, lean.max), (None, Some(-2), None));
    }
}
