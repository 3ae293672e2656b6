//! What can be wrong with a set of revisions, as data: the answers of [`check`](crate::check()).
//!
//! A problem names its culprit by position, and its text and hint are the same wherever it is shown. Where the
//! revisions come from is not known here.

use crate::revision::{BranchLabel, Reference, RevisionId};
use alloc::{format, string::String, vec::Vec};
use core::fmt;

/// A problem of a set of revisions.
///
/// Its text is Alembic's where Alembic has one for the case, because people search for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphError {
    /// Which of the revisions given to [`check`](crate::check()) is the culprit: an index.
    pub at: usize,
    /// The id of that revision.
    pub revision: RevisionId,
    /// Which of its literals is.
    pub field: Field,
    /// What is wrong.
    pub kind: GraphErrorKind,
}

/// A literal of a revision; the index is the place within the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The revision's own id.
    Revision,
    /// An entry of `down_revision`.
    DownRevision(usize),
    /// An entry of `depends_on`.
    DependsOn(usize),
    /// An entry of `branch_labels`.
    BranchLabel(usize),
}

/// What is wrong with a set of revisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GraphErrorKind {
    /// An earlier revision has the same id.
    DuplicateRevision {
        /// The index of that one.
        other: usize,
    },
    /// An earlier revision, or the same one, has the same label.
    DuplicateLabel {
        /// The label.
        label: BranchLabel,
        /// The index of the revision that has it first.
        other: usize,
        /// The id of that one.
        owner: RevisionId,
    },
    /// The label is the id of a revision: ids and labels share one namespace.
    LabelIsRevision {
        /// The label.
        label: BranchLabel,
        /// The index of the revision with that id.
        other: usize,
    },
    /// No revision has the id that this one revises.
    UnknownDownRevision {
        /// The id that nobody has.
        name: RevisionId,
        /// The id that was probably meant; for a label, that of the revision which carries it.
        nearest: Option<String>,
    },
    /// No revision has the id or label that this one depends on.
    UnknownDependency {
        /// The id or label that nobody has.
        name: Reference,
        /// The id or label that was probably meant.
        nearest: Option<String>,
    },
    /// The revision revises itself, or depends on itself.
    SelfReference,
    /// The same entry stands earlier in the same list.
    RepeatedReference {
        /// The entry.
        name: String,
    },
    /// Following `down_revision` leads back to this revision.
    Cycle {
        /// The ids on the way, each revising the next and the last revising the first.
        members: Vec<RevisionId>,
    },
    /// Following `depends_on`, or it and `down_revision`, leads back to this revision.
    DependencyCycle {
        /// The ids on the way, each needing the next and the last needing the first.
        members: Vec<RevisionId>,
    },
}

impl fmt::Display for GraphError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let revision = &self.revision;
        match &self.kind {
            GraphErrorKind::DuplicateRevision { .. } => {
                write!(f, "Revision {revision} is present more than once")
            }
            GraphErrorKind::DuplicateLabel { label, owner, .. } => {
                write!(
                    f,
                    "Branch name '{label}' in revision {revision} already used by revision {owner}"
                )
            }
            GraphErrorKind::LabelIsRevision { label, .. } => {
                write!(
                    f,
                    "Branch name '{label}' in revision {revision} already used by revision {label}"
                )
            }
            GraphErrorKind::UnknownDownRevision { name, .. } => {
                write!(f, "Revision {name} referenced from {revision} is not present")
            }
            GraphErrorKind::UnknownDependency { name, .. } => {
                write!(
                    f,
                    "Revision {name} referenced from {revision} (depends_on) is not present"
                )
            }
            GraphErrorKind::SelfReference => match self.field {
                Field::DependsOn(_) => {
                    write!(f, "Dependency self-loop is detected in revisions ({revision})")
                }
                Field::Revision | Field::DownRevision(_) | Field::BranchLabel(_) => {
                    write!(f, "Self-loop is detected in revisions ({revision})")
                }
            },
            GraphErrorKind::RepeatedReference { name } => {
                write!(f, "revision `{revision}` names `{name}` more than once")
            }
            GraphErrorKind::Cycle { members } => {
                f.write_str("Cycle is detected in revisions (")?;
                list(f, members)
            }
            GraphErrorKind::DependencyCycle { members } => {
                f.write_str("Dependency cycle is detected in revisions (")?;
                list(f, members)
            }
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, members: &[RevisionId]) -> fmt::Result {
    for (i, member) in members.iter().enumerate() {
        write!(f, "{}{member}", if i > 0 { ", " } else { "" })?;
    }
    f.write_str(")")
}

impl core::error::Error for GraphError {}

impl GraphError {
    /// The name that was probably meant, where one does not exist.
    #[must_use]
    pub fn nearest(&self) -> Option<&str> {
        match &self.kind {
            GraphErrorKind::UnknownDownRevision { nearest, .. }
            | GraphErrorKind::UnknownDependency { nearest, .. } => nearest.as_deref(),
            GraphErrorKind::DuplicateRevision { .. }
            | GraphErrorKind::DuplicateLabel { .. }
            | GraphErrorKind::LabelIsRevision { .. }
            | GraphErrorKind::SelfReference
            | GraphErrorKind::RepeatedReference { .. }
            | GraphErrorKind::Cycle { .. }
            | GraphErrorKind::DependencyCycle { .. } => None,
        }
    }
    /// What to do about it, as far as the graph can tell; `file` names the source of the revision at an index.
    #[must_use]
    pub fn hint(&self, file: impl Fn(usize) -> String) -> Option<String> {
        match &self.kind {
            GraphErrorKind::DuplicateRevision { other } => Some(format!(
                "`{}` has this id too; give one of them another",
                file(*other)
            )),
            GraphErrorKind::DuplicateLabel { other, .. } | GraphErrorKind::LabelIsRevision { other, .. } => {
                Some(format!("that revision is in `{}`", file(*other)))
            }
            GraphErrorKind::UnknownDownRevision { .. } | GraphErrorKind::UnknownDependency { .. } => {
                self.nearest().map(|name| format!("did you mean `{name}`?"))
            }
            GraphErrorKind::SelfReference
            | GraphErrorKind::RepeatedReference { .. }
            | GraphErrorKind::Cycle { .. }
            | GraphErrorKind::DependencyCycle { .. } => None,
        }
    }
}
