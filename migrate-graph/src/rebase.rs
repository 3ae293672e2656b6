//! Two heads become one line: which link of a branch has to change, and what changes with it.
//!
//! A rebase is data. Rewriting the source is for whoever has the files, and so is asking a database whether what
//! moves is applied already.

use crate::map::RevisionMap;
use crate::refusal::{ErrorKind, Names};
use crate::revision::RevisionId;
use alloc::{format, string::String, vec, vec::Vec};
use core::fmt;

/// A branch moves onto another head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebase {
    /// The head of the branch that moves.
    pub head: RevisionId,
    /// The head that the branch's first revision revises afterwards.
    pub onto: RevisionId,
    /// That first revision, the only one whose source changes.
    pub first: RevisionId,
    /// What it revises now; none for a base.
    pub was: Option<RevisionId>,
    /// Everything that has other ancestors afterwards: the first revision and all its descendants, other branches
    /// that begin in this one included; in the order of an upgrade.
    pub moved: Vec<RevisionId>,
}

/// A link by which a branch, or what stands on it, leaves for the line that it would be moved onto.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exit {
    /// The revision that has the link.
    pub revision: RevisionId,
    /// What it revises; none for a base.
    pub to: Option<RevisionId>,
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.to {
            Some(to) => write!(f, "`{}` revises `{to}`", self.revision),
            None => write!(f, "`{}` is a base", self.revision),
        }
    }
}

/// Why two heads cannot become one line by a single changed link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RebaseError {
    /// There is no such revision.
    CantLocate {
        /// The id.
        id: RevisionId,
    },
    /// Both heads are the same.
    OntoItself {
        /// The head.
        head: RevisionId,
    },
    /// These are revised by others.
    NotAHead {
        /// The revisions that are no heads.
        revisions: Vec<RevisionId>,
        /// All heads, sorted.
        heads: Vec<RevisionId>,
    },
    /// The branch leaves for the other line in several places, or what stands on it does: it begins with a merge,
    /// has several bases, or is merged with the other line already. One changed link would leave the others behind.
    SeveralExits {
        /// The head of the branch.
        head: RevisionId,
        /// The head to move it onto.
        onto: RevisionId,
        /// The places, in the order of an upgrade.
        exits: Vec<Exit>,
    },
    /// The other line depends on the branch, and so cannot come before it.
    NeedsBranch {
        /// The head of the branch.
        head: RevisionId,
        /// The head to move it onto.
        onto: RevisionId,
        /// What depends on the branch, each with what it depends on there; sorted.
        dependencies: Vec<(RevisionId, RevisionId)>,
    },
}

impl RebaseError {
    /// The kind, for programs.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        match self {
            Self::CantLocate { .. } => ErrorKind::CantLocate,
            Self::OntoItself { .. }
            | Self::NotAHead { .. }
            | Self::SeveralExits { .. }
            | Self::NeedsBranch { .. } => ErrorKind::NotAValidTarget,
        }
    }

    /// What to do next, a sentence each, as far as the graph alone can tell.
    #[must_use]
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::CantLocate { .. } | Self::OntoItself { .. } => Vec::new(),
            Self::NotAHead { heads, .. } => vec![format!("the heads are {}", Names(heads))],
            Self::SeveralExits { head, onto, .. } => {
                vec![format!("merge them instead: `merge {onto} {head}`")]
            }
            Self::NeedsBranch { head, onto, .. } => vec![format!(
                "rebase `{onto}` onto `{head}` instead, or merge them: `merge {head} {onto}`"
            )],
        }
    }
}

impl fmt::Display for RebaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CantLocate { id } => write!(f, "Can't locate revision identified by '{id}'"),
            Self::OntoItself { head } => write!(f, "`{head}` cannot be rebased onto itself"),
            Self::NotAHead { revisions, .. } => match revisions.as_slice() {
                [revision] => write!(f, "Revision {revision} is not a head revision"),
                several => write!(f, "Revisions {} are not head revisions", Names(several)),
            },
            Self::SeveralExits { head, onto, exits } => write!(
                f,
                "the branch of `{head}` cannot be moved onto `{onto}`, as it is tied in more than one place: {}",
                Names(exits)
            ),
            Self::NeedsBranch {
                head,
                onto,
                dependencies,
            } => {
                write!(f, "`{onto}` cannot come before the branch of `{head}`")?;
                for (i, (revision, needed)) in dependencies.iter().enumerate() {
                    let before = if i == 0 { ": " } else { ", " };
                    write!(f, "{before}`{revision}` depends on `{needed}`")?;
                }
                Ok(())
            }
        }
    }
}

impl core::error::Error for RebaseError {}

impl RevisionMap {
    /// What one head has and another has not: the ancestors of `head` and itself, without those of `onto` and
    /// itself, by `down_revision`, in the order of an upgrade; nothing for an unknown id.
    #[must_use]
    pub fn branch(&self, head: &str, onto: &str) -> Vec<RevisionId> {
        let (Some(head), Some(onto)) = (self.node(head), self.node(onto)) else {
            return Vec::new();
        };
        let branch = self.with_ancestors(head).difference(&self.with_ancestors(onto));
        self.ids(self.order(&branch))
    }

    /// What it takes to make one line of two heads: the first revision of the branch of `head` is to revise
    /// `onto`, and nothing else changes. Both are heads by `down_revision`; another revision may depend on them.
    ///
    /// # Errors
    /// [`RebaseError`] when these are not two heads, when more than one link would have to change, or when a
    /// cycle of dependencies would come of it.
    ///
    /// ```
    /// use migrate_graph::{Revision, RevisionMap};
    ///
    /// let revision = |id: &str, down: &[&str]| Revision {
    ///     id: id.parse().unwrap(),
    ///     down_revisions: down.iter().map(|id| id.parse().unwrap()).collect(),
    ///     depends_on: vec![],
    ///     branch_labels: vec![],
    /// };
    /// let revisions = [("a1", &[][..]), ("b2", &["a1"]), ("c3", &["a1"]), ("d4", &["c3"])];
    /// let map = RevisionMap::new(revisions.map(|(id, down)| revision(id, down)).into()).unwrap();
    /// let rebase = map.plan_rebase(&"d4".parse().unwrap(), &"b2".parse().unwrap()).unwrap();
    /// assert_eq!(rebase.first.as_str(), "c3");
    /// assert_eq!(rebase.was.unwrap().as_str(), "a1");
    /// ```
    pub fn plan_rebase(&self, head: &RevisionId, onto: &RevisionId) -> Result<Rebase, RebaseError> {
        let known = |id: &RevisionId| {
            let unknown = || RebaseError::CantLocate { id: id.clone() };
            self.node(id.as_str()).ok_or_else(unknown)
        };
        let (above, below) = (known(head)?, known(onto)?);
        if above == below {
            return Err(RebaseError::OntoItself { head: head.clone() });
        }
        let revised = [above, below]
            .into_iter()
            .filter(|&node| !self.child_nodes(node).is_empty());
        let revisions = self.ids(revised);
        if !revisions.is_empty() {
            return Err(RebaseError::NotAHead {
                revisions,
                heads: self.heads().map(|head| head.id.clone()).collect(),
            });
        }
        let trunk = self.with_ancestors(below);
        let branch = self.with_ancestors(above).difference(&trunk);
        let moved = self.with_descendants(branch.iter());
        let order = self.order(&moved);
        let exits: Vec<Exit> = order
            .iter()
            .flat_map(|&node| {
                let parents = self.parents(node);
                let base = parents.is_empty().then_some(None);
                let tied = parents.iter().filter(|&&parent| trunk.contains(parent));
                let ends = base
                    .into_iter()
                    .chain(tied.map(|&parent| Some(self.id(parent).clone())));
                ends.map(move |to| Exit {
                    revision: self.id(node).clone(),
                    to,
                })
            })
            .collect();
        let [
            Exit {
                revision: first,
                to: was,
            },
        ] = exits.as_slice()
        else {
            return Err(RebaseError::SeveralExits {
                head: head.clone(),
                onto: onto.clone(),
                exits,
            });
        };
        let before = self.with_needs([below]).difference(&moved);
        let dependencies: Vec<_> = before
            .iter()
            .flat_map(|node| {
                let needed = self.needs(node).iter().filter(|&&need| moved.contains(need));
                needed.map(move |&need| (self.id(node).clone(), self.id(need).clone()))
            })
            .collect();
        if !dependencies.is_empty() {
            return Err(RebaseError::NeedsBranch {
                head: head.clone(),
                onto: onto.clone(),
                dependencies,
            });
        }
        Ok(Rebase {
            head: head.clone(),
            onto: onto.clone(),
            first: first.clone(),
            was: was.clone(),
            moved: self.ids(order),
        })
    }
}
