//! What a database takes as a name.
//!
//! As data: who quotes a name is the dialect, and who refuses one is the writer. Whether a name is taken is told at plan
//! time, by what the database keeps apart.

use crate::dialect::{Fold, Kind, Namespace};

/// What a database takes as a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Names {
    /// The most that a name may hold: a longer one would be cut, or refused, by the database.
    pub limit: NameLimit,
    /// Whether a name may end with a blank.
    pub trailing_blank: bool,
    /// Whether a name may hold characters beyond U+FFFF.
    pub supplementary: bool,
    /// What it keeps apart by name.
    pub spaces: &'static [Namespace],
}

/// How long a name may be, in what the database counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameLimit {
    /// As long as it likes.
    None,
    /// This many bytes.
    Bytes(usize),
    /// This many characters.
    Characters(usize),
}

impl NameLimit {
    /// How many bytes of a name fit, and never a part of a character.
    pub(crate) fn fitting(self, name: &str) -> usize {
        match self {
            Self::None => name.len(),
            Self::Bytes(most) => name.floor_char_boundary(most),
            Self::Characters(most) => name.char_indices().nth(most).map_or(name.len(), |(at, _)| at),
        }
    }

    /// The limit less what else the name holds.
    pub(crate) fn less(self, rest: &str) -> Self {
        match self {
            Self::None => Self::None,
            Self::Bytes(most) => Self::Bytes(most.saturating_sub(rest.len())),
            Self::Characters(most) => Self::Characters(most.saturating_sub(rest.chars().count())),
        }
    }
}

impl Names {
    /// Whether things of this kind are told apart by name, which they are where there are such things.
    pub(crate) fn keeps_apart(&self, kind: Kind) -> bool {
        self.spaces.iter().any(|space| space.kinds.contains(&kind))
    }

    /// Which spellings are one name of a thing of this kind.
    pub(crate) fn fold(&self, kind: Kind) -> Fold {
        let space = self.spaces.iter().find(|space| space.kinds.contains(&kind));
        space.map_or(Fold::Exact, |space| space.fold)
    }

    /// Why a name cannot be one here, and what to do about it.
    pub(crate) fn refusal(&self, name: &str) -> Option<(String, String)> {
        let refused = |what: String, hint: &str| Some((what, hint.to_owned()));
        if name.is_empty() {
            refused("an empty name".into(), "give it a name")
        } else if name.contains('\0') {
            refused(format!("the name {name:?}"), "take the NUL character out of it")
        } else if self.limit.fitting(name) < name.len() {
            let (has, most) = match self.limit {
                NameLimit::None => (String::new(), String::new()),
                NameLimit::Bytes(most) => (format!("{} bytes", name.len()), format!("{most} bytes")),
                NameLimit::Characters(most) => (
                    format!("{} characters", name.chars().count()),
                    format!("{most} characters"),
                ),
            };
            Some((
                format!("the name `{name}`, which has {has}"),
                format!("give it a name of at most {most}"),
            ))
        } else if !self.trailing_blank && name.ends_with([' ', '\t', '\n', '\r', '\x0b', '\x0c']) {
            refused(
                format!("the name `{name}`, which ends with a blank"),
                "take the blank out of it",
            )
        } else if !self.supplementary
            && let Some(character) = name.chars().find(|character| *character > '\u{ffff}')
        {
            refused(
                format!("the name `{name}`, which holds {character:?}"),
                "names hold no characters beyond U+FFFF",
            )
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cut_between_characters_by_what_the_database_counts() {
        assert_eq!(NameLimit::Bytes(3).fitting("aéé"), 3);
        assert_eq!(NameLimit::Bytes(4).fitting("aéé"), 3);
        assert_eq!(NameLimit::Characters(2).fitting("aéé"), 3);
        assert_eq!(NameLimit::Characters(9).fitting("aéé"), 5);
        assert_eq!(NameLimit::None.fitting("aéé"), 5);
        assert_eq!(NameLimit::Characters(64).less("_pkc"), NameLimit::Characters(60));
    }
}
