//! How far a backfill got, as the journal keeps it, and why one cannot go on. Nothing is asked here.

use std::fmt;

use crate::dialect::Walk;
use crate::runtime::hash::fnv1a;
use crate::schema::Expression;

/// How many rows of a table a backfill has filled, and how many it has to fill. Both are told from a count that was taken
/// when it was begun, and from the sizes of its batches: rows that come and go meanwhile make them differ a little.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filled {
    /// How many are filled, and committed.
    pub rows: u64,
    /// How many there are.
    pub of: u64,
}

impl fmt::Display for Filled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} rows", self.rows, self.of)
    }
}

impl Filled {
    /// After one more batch of this many rows.
    pub(crate) fn and(self, batch: u32) -> Self {
        let rows = self.rows.saturating_add(batch.into());
        Self {
            rows,
            of: self.of.max(rows),
        }
    }

    /// All of them.
    pub(crate) fn whole(self) -> Self {
        let of = self.of.max(self.rows);
        Self { rows: of, of }
    }
}

/// Where a backfill stands: what the next batch has to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reached {
    /// Which walk it is, as [`course`].
    pub(crate) course: String,
    /// How much of it is done.
    pub(crate) filled: Filled,
    /// The key that the last batch ended at; none before the first one.
    pub(crate) key: Option<Vec<Expression>>,
}

/// What tells a walk from one along another key, or of another table.
pub(crate) fn course(walk: Walk<'_>) -> String {
    format!(
        "{:016x}",
        fnv1a(&format!("{:?}", (&walk.backfill.table, walk.key)))
    )
}

impl Reached {
    /// As text: three words, and each value of the key with its kind and its length.
    pub(crate) fn written(&self) -> String {
        let Self { course, filled, key } = self;
        let values = key.iter().flatten().map(|value| match value {
            Expression::Bool(value) => part('f', &value.to_string()),
            Expression::Integer(value) => part('i', &value.to_string()),
            Expression::Double(bits) => part('d', &bits.to_string()),
            Expression::Text(text) => part('t', text),
            Expression::Bytes(bytes) => {
                let bytes = bytes.iter().map(|byte| format!("{byte:02x}"));
                part('b', &bytes.collect::<String>())
            }
            // What a database tells is none of these.
            Expression::Null | Expression::Now | Expression::Sql(_) => part('n', ""),
        });
        format!(
            "{course} {} {} {}",
            filled.rows,
            filled.of,
            values.collect::<String>()
        )
    }

    /// What such a text says; none where somebody wrote something else.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut words = text.splitn(4, ' ');
        let course = words.next()?.to_owned();
        let (rows, of) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        let mut rest = words.next()?;
        let mut key = Vec::new();
        while let Some(kind) = rest.chars().next() {
            let (length, behind) = rest.strip_prefix(kind)?.split_once(':')?;
            let (value, behind) = behind.split_at_checked(length.parse().ok()?)?;
            key.push(value_of(kind, value)?);
            rest = behind;
        }
        Some(Self {
            course,
            filled: Filled { rows, of },
            key: (!key.is_empty()).then_some(key),
        })
    }
}

fn part(kind: char, text: &str) -> String {
    format!("{kind}{}:{text}", text.len())
}

fn value_of(kind: char, text: &str) -> Option<Expression> {
    match kind {
        'f' => text.parse().ok().map(Expression::Bool),
        'i' => text.parse().ok().map(Expression::Integer),
        'd' => text.parse().ok().map(Expression::Double),
        't' => Some(Expression::Text(text.to_owned())),
        'b' => {
            let pairs = text.as_bytes().chunks(2);
            let bytes = pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
            bytes.collect::<Option<_>>().map(Expression::Bytes)
        }
        _ => None,
    }
}

/// Why a backfill cannot walk along its key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoWalk {
    /// Nothing says which key.
    #[error("the table has no primary key: name the columns of another key by `.by([\"..\"])`")]
    NoKey,
    /// The table has no such column.
    #[error("the table has no column `{column}` to walk along")]
    NoColumn {
        /// The column.
        column: String,
    },
    /// It fills a column of its own key, and would meet its rows again, or not at all.
    #[error("it fills `{column}`, which it walks along: name another key by `.by([\"..\"])`")]
    FillsKey {
        /// The column.
        column: String,
    },
    /// The database sorts the values of a column otherwise than it compares them.
    #[error(
        "the database sorts `{column}` otherwise than it compares it: name another key by `.by([\"..\"])`"
    )]
    Unsorted {
        /// The column.
        column: String,
    },
    /// Rows without a key would be left out.
    #[error(
        "`{column}` holds NULL in rows that are to be filled: name another key by `.by([\"..\"])`, or leave those rows out by `.where_(\"..\")`"
    )]
    Null {
        /// The column.
        column: String,
    },
    /// What the database tells of a key is not what it compares with.
    #[error(
        "the database does not compare its key by what it tells of it: name another one by `.by([\"..\"])`"
    )]
    Stands,
    /// It was begun on another table, or along another key.
    #[error(
        "it was begun on another table, or along another key: put that back as it was; or finish the migration or take it back by hand, and say by `stamp` where the database is"
    )]
    Changed,
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::operation::Backfill;

    fn reached(key: Option<Vec<Expression>>) -> Reached {
        Reached {
            course: "0123456789abcdef".into(),
            filled: Filled {
                rows: 3000,
                of: 10_000,
            },
            key,
        }
    }

    #[test]
    fn what_is_written_is_read_back_whatever_the_key_is() {
        let key = vec![
            Expression::Integer(i128::from(i64::MIN)),
            Expression::Text("O'Neil: \\ 3:t1:x ä\r\n".into()),
            Expression::Text(String::new()),
            Expression::Bytes(vec![0, 39, 255]),
            Expression::from(-1.5e-7),
            Expression::Bool(true),
        ];
        for reached in [reached(None), reached(Some(key))] {
            assert_eq!(Reached::read(&reached.written()), Some(reached));
        }
        let written = reached(Some(vec![
            Expression::Integer(-7),
            Expression::Text("a b".into()),
        ]))
        .written();
        assert_eq!(written, "0123456789abcdef 3000 10000 i2:-7t3:a b");
    }

    /// Any value of a key that a database may tell.
    fn any_value() -> impl Strategy<Value = Expression> {
        prop_oneof![
            any::<bool>().prop_map(Expression::Bool),
            any::<i64>().prop_map(Expression::from),
            any::<u64>().prop_map(Expression::Double),
            any::<String>().prop_map(Expression::Text),
            any::<Vec<u8>>().prop_map(Expression::Bytes),
        ]
    }

    proptest! {
        #[test]
        fn any_key_is_read_back(key in vec(any_value(), 1..5)) {
            let reached = reached(Some(key));
            prop_assert_eq!(Reached::read(&reached.written()), Some(reached));
        }

        #[test]
        fn no_text_is_more_than_it_says(text in "[x 0-9itb:-]{0,20}") {
            if let Some(reached) = Reached::read(&text) {
                prop_assert_eq!(Reached::read(&reached.written()), Some(reached));
            }
        }
    }

    #[test]
    fn what_somebody_else_wrote_is_no_place() {
        for text in [
            "",
            "x",
            "x 1 2",
            "x 1 y ",
            "x 1 2 i",
            "x 1 2 i9:7",
            "x 1 2 i1:a",
            "x 1 2 t1:ä",
            "x 1 2 q1:a",
            "x 1 2 n0:",
            "x 1 2 i18446744073709551616:7",
        ] {
            assert_eq!(Reached::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_walk_is_its_table_and_its_key() {
        let backfill = |table: &str, batch| Backfill {
            table: table.into(),
            set: vec![("a".into(), Expression::Null)],
            filter: None,
            by: Vec::new(),
            batch,
            reverse: None,
        };
        let course = |backfill: &Backfill, key: &[&str]| {
            let key: Vec<String> = key.iter().map(ToString::to_string).collect();
            course(Walk { backfill, key: &key })
        };
        let one = course(&backfill("t", 1), &["id"]);
        assert_eq!(one, course(&backfill("t", 500), &["id"]));
        assert_ne!(one, course(&backfill("u", 1), &["id"]));
        assert_ne!(one, course(&backfill("t", 1), &["id", "no"]));
    }

    #[test]
    fn rows_that_came_meanwhile_are_counted_too() {
        let filled = Filled { rows: 0, of: 5 };
        assert_eq!(filled.and(4).and(4).to_string(), "8 of 8 rows");
        assert_eq!(filled.and(4).whole().to_string(), "5 of 5 rows");
    }
}
