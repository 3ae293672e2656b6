//! Why a target leads nowhere: the refusals of [`resolve`](crate::resolve) and [`plan`](crate::plan), as data.

use crate::revision::RevisionId;
use crate::spec::{Offset, SpecError};
use alloc::{format, string::String, vec, vec::Vec};
use core::fmt;

/// Why a target means nothing here, or cannot be reached.
///
/// Its text is Alembic's where Alembic has one for the case, because people search for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResolveError {
    /// The text is no target.
    Spec(SpecError),
    /// No id and no label is or begins like this.
    CantLocate {
        /// The name that was looked for.
        name: String,
        /// The one that was probably meant.
        nearest: Option<String>,
    },
    /// There is such a revision, but not on the line of the label.
    NotAMember {
        /// The name that was looked for.
        name: String,
        /// The revision of that name.
        revision: RevisionId,
        /// The label.
        label: String,
    },
    /// An abbreviation means several revisions.
    AmbiguousId {
        /// The abbreviation.
        name: String,
        /// The ids and labels that begin like it, sorted.
        matches: Vec<String>,
    },
    /// A target that means one head meets several.
    MultipleHeads {
        /// The target.
        target: String,
        /// The heads, sorted.
        heads: Vec<RevisionId>,
    },
    /// `+N` or `-N` counts from where the database is, and that is more than one place.
    AmbiguousCurrent {
        /// The target.
        target: String,
        /// How far an upgrade or a downgrade wants to go; none for what only looks at revisions.
        offset: Option<Offset>,
        /// Where the database is, as far as the target could count from there; sorted.
        rows: Vec<RevisionId>,
    },
    /// On the way that `+N` or `-N` counts there are several next revisions.
    AmbiguousWalk {
        /// The target.
        target: String,
        /// Where the way parts; none for base.
        from: Option<RevisionId>,
        /// The next revisions, sorted.
        candidates: Vec<RevisionId>,
    },
    /// There are not as many revisions in that direction.
    Relative {
        /// The target.
        target: String,
        /// How far it wants to go.
        offset: Offset,
    },
    /// A downgrade to a revision that is not applied, or to one that is no row while nothing above it is applied.
    NotAValidTarget {
        /// The target.
        target: String,
    },
    /// The start of a range is not below its end.
    NotARange {
        /// The range.
        range: String,
    },
    /// One target needs another, so they cannot both be heads.
    Overlap {
        /// The lower one.
        revision: RevisionId,
        /// Those that need it, sorted.
        others: Vec<RevisionId>,
    },
    /// The database has rows that no revision here has as its id.
    UnknownRevision {
        /// The rows, sorted.
        ids: Vec<String>,
        /// The revisions that one of these rows is but for case and white space, sorted.
        alike: Vec<RevisionId>,
    },
    /// The database has a row twice, which no version table with a primary key can.
    RepeatedRow {
        /// What these rows say, each once, sorted.
        ids: Vec<RevisionId>,
    },
}

/// The kinds of [`ResolveError`] that programs tell apart; the names in JSON are [`ErrorKind::as_str`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorKind {
    /// `cant_locate`
    CantLocate,
    /// `ambiguous_id`
    AmbiguousId,
    /// `multiple_heads`
    MultipleHeads,
    /// `ambiguous_target`
    AmbiguousTarget,
    /// `not_a_valid_target`
    NotAValidTarget,
    /// `overlap`
    Overlap,
    /// `relative`
    Relative,
    /// `unknown_revision`
    UnknownRevision,
}

impl ErrorKind {
    /// The name of the kind, as it stands in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CantLocate => "cant_locate",
            Self::AmbiguousId => "ambiguous_id",
            Self::MultipleHeads => "multiple_heads",
            Self::AmbiguousTarget => "ambiguous_target",
            Self::NotAValidTarget => "not_a_valid_target",
            Self::Overlap => "overlap",
            Self::Relative => "relative",
            Self::UnknownRevision => "unknown_revision",
        }
    }
}

impl ResolveError {
    /// The kind, for programs.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        match self {
            Self::Spec(_) | Self::CantLocate { .. } | Self::NotAMember { .. } => ErrorKind::CantLocate,
            Self::AmbiguousId { .. } => ErrorKind::AmbiguousId,
            Self::MultipleHeads { .. } => ErrorKind::MultipleHeads,
            Self::AmbiguousCurrent { .. } | Self::AmbiguousWalk { .. } => ErrorKind::AmbiguousTarget,
            Self::Relative { .. } => ErrorKind::Relative,
            Self::NotAValidTarget { .. } | Self::NotARange { .. } => ErrorKind::NotAValidTarget,
            Self::Overlap { .. } | Self::RepeatedRow { .. } => ErrorKind::Overlap,
            Self::UnknownRevision { .. } => ErrorKind::UnknownRevision,
        }
    }

    /// What to do next, a sentence each, as far as the graph alone can tell.
    #[must_use]
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::CantLocate {
                nearest: Some(name), ..
            } => vec![format!("did you mean `{name}`?")],
            Self::MultipleHeads { heads, .. } => vec![format!("the heads are {}", Names(heads))],
            Self::AmbiguousCurrent { rows, .. } => {
                vec![format!(
                    "the database is at {}: name the revision or the branch",
                    Names(rows)
                )]
            }
            Self::AmbiguousWalk { candidates, .. } => {
                vec![format!(
                    "name the way with a label or a revision, such as `{}`",
                    first(candidates)
                )]
            }
            Self::UnknownRevision { alike, .. } if !alike.is_empty() => vec![format!(
                "but for case or white space it is {}: set the table right with `stamp --purge`",
                Names(alike)
            )],
            Self::UnknownRevision { ids, .. } if ids.iter().all(|id| RevisionId::new(id).is_err()) => {
                vec![String::from(
                    "no revision can have such an id: set the table right with `stamp --purge`",
                )]
            }
            Self::RepeatedRow { .. } => vec![String::from(
                "its primary key is missing: set the table right with `stamp --purge`, and add the key",
            )],
            Self::UnknownRevision { .. } => vec![String::from(
                "the database has it and the revisions here do not: get the missing revision, or set the \
                 table right with `stamp --purge`",
            )],
            Self::Spec(_)
            | Self::CantLocate { nearest: None, .. }
            | Self::NotAMember { .. }
            | Self::AmbiguousId { .. }
            | Self::Relative { .. }
            | Self::NotAValidTarget { .. }
            | Self::NotARange { .. }
            | Self::Overlap { .. } => Vec::new(),
        }
    }
}

fn first(ids: &[RevisionId]) -> &str {
    ids.first().map_or("", RevisionId::as_str)
}

/// Names in a sentence: `a, b`.
pub(crate) struct Names<'a, T>(pub(crate) &'a [T]);

impl<T: fmt::Display> fmt::Display for Names<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, name) in self.0.iter().enumerate() {
            write!(f, "{}{name}", if i > 0 { ", " } else { "" })?;
        }
        Ok(())
    }
}

impl fmt::Display for ResolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spec(error) => error.fmt(f),
            Self::CantLocate { name, .. } => write!(f, "Can't locate revision identified by '{name}'"),
            Self::NotAMember {
                name,
                revision,
                label,
            } => write!(
                f,
                "Can't locate revision identified by '{name}': revision {revision} is not a member of branch '{label}'"
            ),
            Self::AmbiguousId { name, matches } => {
                write!(f, "Multiple revisions start with '{name}': {}", Names(matches))
            }
            Self::MultipleHeads { target, .. } => write!(
                f,
                "Multiple head revisions are present for given argument '{target}'; please specify a specific \
                 target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads"
            ),
            Self::AmbiguousCurrent {
                offset: Some(Offset::Up(_)),
                ..
            } => f.write_str("Ambiguous upgrade from multiple current revisions"),
            Self::AmbiguousCurrent {
                target,
                offset: Some(Offset::Down(_)),
                ..
            } => {
                write!(f, "downgrade {target} from multiple heads is ambiguous")
            }
            Self::AmbiguousCurrent {
                target, offset: None, ..
            } => {
                write!(f, "'{target}' is ambiguous from multiple current revisions")
            }
            Self::AmbiguousWalk {
                target,
                from,
                candidates,
            } => {
                let from = from.as_ref().map_or("base", RevisionId::as_str);
                write!(
                    f,
                    "Ambiguous walk: on the way to '{target}', {from} leads to {}",
                    Names(candidates)
                )
            }
            Self::Relative { target, offset } => {
                let (Offset::Up(steps) | Offset::Down(steps)) = offset;
                // Alembic has another sentence for what counts down from a name.
                if matches!(offset, Offset::Down(_)) && !target.starts_with('-') {
                    f.write_str("Walked too far: ")?;
                }
                write!(f, "Relative revision {target} didn't produce {steps} migrations")
            }
            Self::NotAValidTarget { target } => {
                write!(
                    f,
                    "Destination {target} is not a valid downgrade target from current head(s)"
                )
            }
            Self::NotARange { range } => write!(
                f,
                "Requested range {range} does not refer to ancestor/descendant revisions along the same branch"
            ),
            Self::Overlap { revision, others } => write!(
                f,
                "Requested revision {revision} overlaps with other requested revisions {}",
                Names(others)
            ),
            Self::RepeatedRow { ids } => {
                write!(f, "the version table has more than one row of {}", Names(ids))
            }
            Self::UnknownRevision { ids, .. } => {
                for (i, id) in ids.iter().enumerate() {
                    write!(
                        f,
                        "{}'{id}'",
                        if i > 0 {
                            ", "
                        } else {
                            "Can't locate revision identified by "
                        }
                    )?;
                }
                Ok(())
            }
        }
    }
}

impl core::error::Error for ResolveError {}

impl From<SpecError> for ResolveError {
    fn from(error: SpecError) -> Self {
        Self::Spec(error)
    }
}
