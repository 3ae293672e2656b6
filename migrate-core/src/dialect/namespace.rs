//! What a database keeps apart by name: which kinds of things share their names, within what, and which spellings it takes
//! for one.
//!
//! As data. Where that depends on a server's settings or version, only what all of them take for one is one here.

use std::borrow::Cow;

use crate::schema::ConstraintKind;

/// A kind of thing that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A schema.
    Schema,
    /// A table.
    Table,
    /// A view, materialized or not.
    View,
    /// A column.
    Column,
    /// A constraint.
    Constraint(ConstraintKind),
    /// An index.
    Index,
    /// A trigger.
    Trigger,
    /// A sequence.
    Sequence,
    /// A named enum type.
    EnumType,
    /// An extension.
    Extension,
}

/// Within what a name can be given only once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// A table.
    Table,
    /// A schema.
    Schema,
    /// All of the database.
    Database,
}

/// Which spellings are one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// Each is a name of its own.
    Exact,
    /// Those that differ in the case of `A` to `Z`.
    Ascii,
    /// Those that differ in the case of any letter.
    Letters,
}

impl Fold {
    /// The one spelling that stands for all of a name.
    #[must_use]
    pub fn fold(self, name: &str) -> Cow<'_, str> {
        match self {
            Self::Exact => Cow::Borrowed(name),
            Self::Ascii => Cow::Owned(name.to_ascii_lowercase()),
            Self::Letters => Cow::Owned(name.chars().flat_map(char::to_lowercase).collect()),
        }
    }
}

/// Kinds of things that have to differ in their names. A kind may be in several, or in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Namespace {
    /// The kinds.
    pub kinds: &'static [Kind],
    /// Within what they have to differ.
    pub within: Within,
    /// Which names do not differ.
    pub fold: Fold,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_folded_as_far_as_the_database_does() {
        let folded = [Fold::Exact, Fold::Ascii, Fold::Letters].map(|fold| fold.fold("ÀB"));
        assert_eq!(folded, ["ÀB", "Àb", "àb"]);
    }
}
