//! A revision and the names it goes by.
//!
//! Names are checked once, when they are made: what holds a [`RevisionId`] never asks again whether it fits
//! the version table's `VARCHAR(32)`, or whether it could be read as a target like `head` or `+2`. This file
//! does not know which revisions exist; that is [`RevisionMap`](crate::map::RevisionMap)'s.

use alloc::{string::String, vec::Vec};
use core::{borrow::Borrow, fmt, str::FromStr};

/// The most characters that a name may have: Alembic's version column is `VARCHAR(32)`.
pub const MAX_NAME_LENGTH: usize = 32;

/// Words that targets use, and that therefore name no revision and no label.
pub const RESERVED_NAMES: [&str; 5] = ["head", "heads", "base", "current", "None"];

/// Which kind of name was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// The id of a revision.
    Revision,
    /// A branch label.
    BranchLabel,
    /// An id or a label, as `depends_on` takes them.
    Reference,
}

impl fmt::Display for NameKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Revision => "revision id",
            Self::BranchLabel => "branch label",
            Self::Reference => "revision id or branch label",
        })
    }
}

/// Why a name was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidNameReason {
    /// There is no character in it.
    Empty,
    /// It has this many characters, more than [`MAX_NAME_LENGTH`].
    TooLong(usize),
    /// This character is none of ASCII letters, digits, `_` and `.`.
    Character(char),
    /// It is one of [`RESERVED_NAMES`].
    Reserved,
}

/// A name that cannot be one, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidName {
    /// What it was meant to name.
    pub kind: NameKind,
    /// The name as given.
    pub name: String,
    /// What is wrong with it.
    pub reason: InvalidNameReason,
}

impl fmt::Display for InvalidName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, name, reason } = self;
        match reason {
            InvalidNameReason::Empty => write!(f, "a {kind} cannot be empty"),
            InvalidNameReason::TooLong(length) => write!(
                f,
                "{kind} `{name}` has {length} characters; the version table holds {MAX_NAME_LENGTH}"
            ),
            InvalidNameReason::Character(character) => write!(
                f,
                "character {character:?} is not allowed in {kind} {name:?}: use ASCII letters, digits, `_` and `.`"
            ),
            InvalidNameReason::Reserved => {
                write!(
                    f,
                    "`{name}` cannot be a {kind}: targets use it as a word of their own"
                )
            }
        }
    }
}

impl core::error::Error for InvalidName {}

fn check(kind: NameKind, name: &str) -> Result<String, InvalidName> {
    let reason = if name.is_empty() {
        Some(InvalidNameReason::Empty)
    } else if let Some(character) = name
        .chars()
        .find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.')))
    {
        Some(InvalidNameReason::Character(character))
    } else if name.len() > MAX_NAME_LENGTH {
        Some(InvalidNameReason::TooLong(name.len()))
    } else if RESERVED_NAMES.contains(&name) {
        Some(InvalidNameReason::Reserved)
    } else {
        None
    };
    match reason {
        Some(reason) => Err(InvalidName {
            kind,
            name: name.into(),
            reason,
        }),
        None => Ok(name.into()),
    }
}

/// One newtype over a checked name; the three differ in what they promise to name, not in their grammar.
macro_rules! name {
    ($(#[$doc:meta])* $type:ident, $kind:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $type(String);

        impl $type {
            /// Checks a name.
            ///
            /// # Errors
            /// [`InvalidName`] when it is empty, longer than [`MAX_NAME_LENGTH`], reserved, or has another
            /// character than ASCII letters, digits, `_` and `.`.
            pub fn new(name: &str) -> Result<Self, InvalidName> {
                check($kind, name).map(Self)
            }

            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $type {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl FromStr for $type {
            type Err = InvalidName;

            fn from_str(name: &str) -> Result<Self, InvalidName> {
                Self::new(name)
            }
        }
    };
}

name! {
    /// The id of a revision, as it stands in the version table: 1 to 32 ASCII letters, digits, `_` and `.`.
    RevisionId, NameKind::Revision
}
name! {
    /// A name for a line of revisions. Ids and labels share one namespace and one grammar.
    BranchLabel, NameKind::BranchLabel
}
name! {
    /// An id or a label as `depends_on` has it: which of the two is known once the whole set is.
    Reference, NameKind::Reference
}

impl From<RevisionId> for Reference {
    fn from(id: RevisionId) -> Self {
        Self(id.0)
    }
}

impl From<BranchLabel> for Reference {
    fn from(label: BranchLabel) -> Self {
        Self(label.0)
    }
}

/// One node of the graph: a revision and its links, as its source states them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its own id.
    pub id: RevisionId,
    /// The revisions it follows: none for a base, several for a merge.
    pub down_revisions: Vec<RevisionId>,
    /// What must be applied before it without being its line: ids or labels (a label means the revision that
    /// carries it, not the head of its line, as in Alembic).
    pub depends_on: Vec<Reference>,
    /// The labels that it carries itself; how they spread is the map's business.
    pub branch_labels: Vec<BranchLabel>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_alembic_users_write_are_accepted() {
        for name in [
            "001",
            "1f3c5b7d9e2a",
            "a",
            "v1.2_x",
            "00000000000000000000000000000000",
        ] {
            assert_eq!(RevisionId::new(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn names_that_a_target_or_the_column_could_not_hold_are_refused() {
        let reason = |name: &str| RevisionId::new(name).unwrap_err().reason;
        assert_eq!(reason(""), InvalidNameReason::Empty);
        assert_eq!(reason("a-b"), InvalidNameReason::Character('-'));
        assert_eq!(reason("naïve"), InvalidNameReason::Character('ï'));
        assert_eq!(reason(&"x".repeat(33)), InvalidNameReason::TooLong(33));
        assert_eq!(reason("heads"), InvalidNameReason::Reserved);
    }
}
