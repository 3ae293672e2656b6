//! [`Present`]: what a database answers when a dialect asks about what it holds.
//!
//! Operations that cannot be written without it ask about a table; reading a whole database asks for all.

/// What a database tells: rows of its catalog, as the dialect asked for them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Present {
    /// The rows; a value that is `NULL` is `None`.
    pub rows: Vec<Vec<Option<String>>>,
}

/// What it takes to write an operation's statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The operation alone.
    Direct,
    /// The operation alone; but next to others on the same table that take more, it is done with them.
    Either,
    /// What its table is now.
    WithPresent,
    /// What its table is now, and it is the last of those that are done together: a column gets another name, and how
    /// the database then spells what mentions the column is known only afterwards.
    Last,
}
