//! [`Backend`]: which database an author's own SQL is for.
//!
//! A value that migrations and models write; how a database speaks is its dialect's business.

use std::{fmt, iter};

/// One of the databases. Where several are meant, a list of them is given: `[Postgres, Sqlite]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Backend {
    /// `PostgreSQL`.
    Postgres,
    /// `SQLite`.
    Sqlite,
    /// `MySQL`, and `MariaDB` with it.
    MySql,
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Postgres => "PostgreSQL",
            Self::Sqlite => "SQLite",
            Self::MySql => "MySQL",
        })
    }
}

/// Itself alone, so that one database stands where a list of them is asked for.
impl IntoIterator for Backend {
    type Item = Self;
    type IntoIter = iter::Once<Self>;

    fn into_iter(self) -> Self::IntoIter {
        iter::once(self)
    }
}
