//! [`Statement`]: a piece of SQL text, and what whoever sends it has to know.

use std::fmt;

/// One piece of SQL text, without a final `;`. What an author gave to `execute` is one such piece, even when
/// it holds several statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The text.
    pub sql: String,
    /// How it stands to the migration's transaction.
    pub commit: Commit,
    /// How to find out whether it was done, when a run was cut off at it.
    pub probe: Option<Probe>,
}

/// How a statement stands to the transaction of its migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Commit {
    /// It commits together with others.
    Together,
    /// It refuses a transaction, or ends the one it stands in: it is a step of its own.
    Alone,
    /// It commits together with others, unless one after it uses this text, a literal: what it makes can be used only
    /// once it is committed.
    BeforeUse(String),
}

/// How to find out whether a statement that commits alone was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// A query that answers one text: `done`, `absent`, or `leftover` when the database keeps a broken half of it.
    pub query: String,
    /// What takes a leftover away, so that the statement can be run again.
    pub clean: Option<String>,
}

/// What a [`Probe`] answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// The statement was done.
    Done,
    /// It was not.
    Absent,
    /// A broken half of it is there.
    Leftover,
}

impl Probe {
    /// The answer that this text is.
    #[must_use]
    pub fn found(text: &str) -> Option<Found> {
        match text {
            "done" => Some(Found::Done),
            "absent" => Some(Found::Absent),
            "leftover" => Some(Found::Leftover),
            _ => None,
        }
    }
}

impl Statement {
    /// A statement that commits together with others.
    #[must_use]
    pub fn new(sql: impl Into<String>) -> Self {
        Self {
            sql: sql.into(),
            commit: Commit::Together,
            probe: None,
        }
    }
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sql)
    }
}
