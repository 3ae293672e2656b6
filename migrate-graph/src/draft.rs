//! A new revision, worked out from what its author asks for: `revision` and `merge`.
//!
//! What comes out can be written: with it the set still has no problems. Its file, its message and its date are
//! not known here.

use crate::check::check;
use crate::heads::Applied;
use crate::map::{Node, RevisionMap};
use crate::problem::{GraphError, GraphErrorKind};
use crate::refusal::{ErrorKind, Names, ResolveError};
use crate::revision::{BranchLabel, Reference, Revision, RevisionId};
use crate::spec::{RevisionSpec, Symbol};
use crate::walk::NodeSet;
use alloc::{collections::BTreeSet, format, string::String, vec, vec::Vec};
use core::{fmt, slice};

/// What the author of a new revision asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The id that it gets.
    pub id: RevisionId,
    /// What it revises, in this order: ids, labels, `head`, `heads`, `LABEL@head`, or `base` for a new root.
    /// When empty, `head`; for a merge, `heads`.
    pub heads: Vec<RevisionSpec>,
    /// Whether it may revise what another revision revises already.
    pub splice: bool,
    /// The labels that it carries.
    pub branch_labels: Vec<BranchLabel>,
    /// What it depends on: ids, labels, or `LABEL@head`.
    pub depends_on: Vec<RevisionSpec>,
}

impl Draft {
    /// A revision on top of the only head, or the first of all.
    #[must_use]
    pub const fn new(id: RevisionId) -> Self {
        Self {
            id,
            heads: Vec::new(),
            splice: false,
            branch_labels: Vec::new(),
            depends_on: Vec::new(),
        }
    }
}

/// Why a revision cannot be made as asked.
///
/// Its text is Alembic's where Alembic has one for the case, because people search for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftError {
    /// A target means nothing here, or one head of a merge revises another.
    Target(ResolveError),
    /// A target counts steps or asks a database, which no new revision can stand on.
    NotAPlace {
        /// The target.
        target: String,
    },
    /// A dependency is on `base`, or on a target that counts steps or asks a database.
    NotADependency {
        /// The target.
        target: String,
    },
    /// One head is wanted, and there are several.
    MultipleHeads {
        /// The heads, sorted.
        heads: Vec<RevisionId>,
    },
    /// Heads are named more than once.
    DuplicateHeads {
        /// These heads, sorted.
        heads: Vec<RevisionId>,
    },
    /// Another revision revises it already, and `splice` is not given.
    NotAHead {
        /// The revision that would get one more child.
        revision: RevisionId,
        /// Those that it has, sorted.
        children: Vec<RevisionId>,
    },
    /// A merge of fewer than two revisions.
    NothingToMerge {
        /// What was to be merged.
        named: Option<RevisionId>,
        /// What could be: the effective heads, sorted.
        heads: Vec<RevisionId>,
    },
    /// The new id is a branch label: ids and labels share one namespace.
    IdIsLabel {
        /// The id.
        id: RevisionId,
        /// The revision that carries the label.
        carrier: RevisionId,
    },
    /// With it the set would have this problem. Revisions are counted in the order of [`RevisionMap::iter`], and
    /// the new one after them.
    Graph(GraphError),
}

impl DraftError {
    /// The kind, for programs; none for a problem of the names in the graph.
    #[must_use]
    pub const fn kind(&self) -> Option<ErrorKind> {
        match self {
            Self::Target(error) => Some(error.kind()),
            Self::NotAPlace { .. } | Self::NotADependency { .. } => Some(ErrorKind::CantLocate),
            Self::MultipleHeads { .. } => Some(ErrorKind::MultipleHeads),
            Self::DuplicateHeads { .. } => Some(ErrorKind::Overlap),
            Self::NotAHead { .. } | Self::NothingToMerge { .. } => Some(ErrorKind::NotAValidTarget),
            Self::IdIsLabel { .. } | Self::Graph(_) => None,
        }
    }

    /// What to do next, a sentence each, as far as the graph alone can tell.
    #[must_use]
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::Target(error) => error.hints(),
            Self::NotAPlace { .. } => vec![String::from(
                "a new revision stands on a revision, a label, `head`, `heads` or `base`",
            )],
            Self::NotADependency { .. } => vec![String::from("a revision depends on revisions or labels")],
            Self::MultipleHeads { heads } => vec![format!("the heads are {}", Names(heads))],
            Self::NotAHead { children, .. } => vec![format!("it is revised by {}", Names(children))],
            Self::NothingToMerge { named, heads }
                if heads.iter().any(|head| Some(head) != named.as_ref()) =>
            {
                vec![format!("the heads are {}", Names(heads))]
            }
            Self::IdIsLabel { .. } => vec![String::from("give the new revision another id")],
            Self::Graph(error) => match error.kind {
                GraphErrorKind::DuplicateRevision { .. } => {
                    vec![String::from("give the new revision another id")]
                }
                GraphErrorKind::DuplicateLabel { .. } | GraphErrorKind::LabelIsRevision { .. } => {
                    vec![String::from("give the new revision another label")]
                }
                GraphErrorKind::UnknownDownRevision { .. }
                | GraphErrorKind::UnknownDependency { .. }
                | GraphErrorKind::SelfReference
                | GraphErrorKind::RepeatedReference { .. }
                | GraphErrorKind::Cycle { .. }
                | GraphErrorKind::DependencyCycle { .. } => Vec::new(),
            },
            Self::DuplicateHeads { .. } => vec![String::from(
                "name each of them once: `heads` alone names all heads, or name the revisions alone",
            )],
            Self::NothingToMerge { .. } => Vec::new(),
        }
    }
}

impl fmt::Display for DraftError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Target(error) => error.fmt(f),
            Self::NotAPlace { target } | Self::NotADependency { target } => {
                write!(f, "Can't locate revision identified by '{target}'")
            }
            Self::MultipleHeads { .. } => f.write_str(
                "Multiple heads are present; please specify the head revision on which the new revision should \
                 be based, or perform a merge.",
            ),
            Self::DuplicateHeads { heads } => {
                write!(f, "Duplicate head revisions specified: {}", Names(heads))
            }
            Self::NotAHead { revision, .. } => write!(
                f,
                "Revision {revision} is not a head revision; please specify --splice to create a new branch \
                 from this revision"
            ),
            Self::NothingToMerge { named: None, .. } => f.write_str("there is no revision to merge"),
            Self::NothingToMerge {
                named: Some(named),
                heads,
            } => match heads.as_slice() {
                [head] if head == named => write!(f, "there is one head, `{head}`: nothing to merge"),
                _ => write!(f, "a merge joins two revisions or more, and only `{named}` is named"),
            },
            Self::IdIsLabel { id, carrier } => {
                write!(f, "revision id `{id}` is already a branch label of revision `{carrier}`")
            }
            Self::Graph(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for DraftError {}

impl From<ResolveError> for DraftError {
    fn from(error: ResolveError) -> Self {
        Self::Target(error)
    }
}

impl RevisionMap {
    /// The new revision that a draft asks for. A label stays a label among its dependencies; every other name
    /// becomes an id.
    ///
    /// # Errors
    /// Everything that is wrong with the draft, and all that would be wrong with the set if it were added.
    ///
    /// ```
    /// use migrate_graph::{Draft, Revision, RevisionMap};
    ///
    /// let first = RevisionMap::default().draft(&Draft::new("a1".parse().unwrap())).unwrap();
    /// assert!(first.down_revisions.is_empty());
    ///
    /// let map = RevisionMap::new(vec![first]).unwrap();
    /// let second = map.draft(&Draft::new("b2".parse().unwrap())).unwrap();
    /// assert_eq!(second.down_revisions[0].as_str(), "a1");
    /// ```
    pub fn draft(&self, draft: &Draft) -> Result<Revision, Vec<DraftError>> {
        let mut errors = Vec::new();
        let parents = self.draft_parents(draft, &word("head", Symbol::Head), &mut errors);
        self.drafted(draft, &parents, errors)
    }

    /// The new revision that merges what a draft names, `heads` when it names nothing.
    ///
    /// # Errors
    /// As for [`draft`](Self::draft), and when there are not two revisions to merge.
    pub fn draft_merge(&self, draft: &Draft) -> Result<Revision, Vec<DraftError>> {
        let mut errors = Vec::new();
        let parents = self.draft_parents(draft, &word("heads", Symbol::Heads), &mut errors);
        if errors.is_empty() && parents.len() < 2 {
            errors.push(DraftError::NothingToMerge {
                named: parents.first().map(|&node| self.id(node).clone()),
                heads: self.effective_heads().map(|head| head.id.clone()).collect(),
            });
        }
        self.drafted(draft, &parents, errors)
    }

    /// What the new revision revises, as far as the draft is right.
    fn draft_parents(
        &self,
        draft: &Draft,
        default: &RevisionSpec,
        errors: &mut Vec<DraftError>,
    ) -> Vec<Node> {
        let specs = if draft.heads.is_empty() {
            slice::from_ref(default)
        } else {
            &draft.heads
        };
        let mut parents: Vec<Node> = Vec::new();
        let mut repeated = BTreeSet::new();
        for spec in specs {
            match self.place(spec) {
                Ok(places) => {
                    for node in places {
                        if parents.contains(&node) {
                            repeated.insert(node);
                        } else {
                            parents.push(node);
                        }
                    }
                }
                Err(DraftError::Target(ResolveError::MultipleHeads { heads, .. })) => {
                    errors.push(DraftError::MultipleHeads { heads });
                }
                Err(error) => errors.push(error),
            }
        }
        if !repeated.is_empty() {
            errors.push(DraftError::DuplicateHeads {
                heads: self.ids(repeated),
            });
        }
        errors.extend(
            parents
                .iter()
                .filter_map(|&node| self.refused_parent(node, &parents, draft.splice)),
        );
        parents
    }

    /// Why a revision cannot be revised together with the others.
    fn refused_parent(&self, node: Node, parents: &[Node], splice: bool) -> Option<DraftError> {
        let children = self.child_nodes(node);
        if children.is_empty() {
            return None;
        }
        let above = self.with_descendants(children.iter().copied());
        let mut others: Vec<Node> = parents
            .iter()
            .copied()
            .filter(|&other| above.contains(other))
            .collect();
        if !others.is_empty() {
            others.sort_unstable();
            return Some(DraftError::Target(ResolveError::Overlap {
                revision: self.id(node).clone(),
                others: self.ids(others),
            }));
        }
        (!splice).then(|| DraftError::NotAHead {
            revision: self.id(node).clone(),
            children: self.ids(children.iter().copied()),
        })
    }

    /// The revisions that a target means for a new one to stand on; none for `base`.
    fn place(&self, spec: &RevisionSpec) -> Result<Vec<Node>, DraftError> {
        if spec.offset.is_some() || matches!(spec.symbol, None | Some(Symbol::Current)) {
            return Err(DraftError::NotAPlace {
                target: spec.text.clone(),
            });
        }
        let nothing = Applied::from_nodes(self, NodeSet::of(self));
        Ok(self.looked_at(spec, &nothing)?)
    }

    /// What a target means as a dependency: one revision, or a label as it is.
    fn dependency(&self, spec: &RevisionSpec) -> Result<Reference, DraftError> {
        if let (None, Some(Symbol::Name(name)), None) = (&spec.label, &spec.symbol, spec.offset)
            && let Some((label, _)) = self.label(name)
        {
            return Ok(label.clone().into());
        }
        let not_one = || DraftError::NotADependency {
            target: spec.text.clone(),
        };
        let places = match self.place(spec) {
            Err(DraftError::NotAPlace { .. }) => return Err(not_one()),
            places => places?,
        };
        match places.as_slice() {
            &[node] => Ok(self.id(node).clone().into()),
            [] => Err(not_one()),
            several => Err(DraftError::Target(ResolveError::MultipleHeads {
                target: spec.text.clone(),
                heads: self.ids(several.iter().copied()),
            })),
        }
    }

    /// The revision with these parents, if the set with it has no problems.
    fn drafted(
        &self,
        draft: &Draft,
        parents: &[Node],
        mut errors: Vec<DraftError>,
    ) -> Result<Revision, Vec<DraftError>> {
        let mut revision = Revision {
            id: draft.id.clone(),
            down_revisions: self.ids(parents.iter().copied()),
            depends_on: Vec::new(),
            branch_labels: draft.branch_labels.clone(),
        };
        for spec in &draft.depends_on {
            match self.dependency(spec) {
                Ok(reference) => revision.depends_on.push(reference),
                Err(error) => errors.push(error),
            }
        }
        if let Some(carrier) = self.carrier(revision.id.as_str()) {
            errors.push(DraftError::IdIsLabel {
                id: revision.id.clone(),
                carrier: self.id(carrier).clone(),
            });
        }
        let mut all: Vec<Revision> = self.iter().cloned().collect();
        all.push(revision.clone());
        // A name that is taken is one mistake: what other revisions mean by it, or this one, is no second one.
        let own = |error: &GraphError| error.at == self.len() && error.kind != GraphErrorKind::SelfReference;
        errors.extend(check(&all).into_iter().filter(own).map(DraftError::Graph));
        if errors.is_empty() {
            Ok(revision)
        } else {
            Err(errors)
        }
    }
}

/// A target that is one word.
fn word(text: &str, symbol: Symbol) -> RevisionSpec {
    RevisionSpec {
        text: text.into(),
        label: None,
        symbol: Some(symbol),
        offset: None,
    }
}
