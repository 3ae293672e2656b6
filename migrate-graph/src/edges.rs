//! Revisions with their links, for listing and drawing history.
//!
//! How a line of history looks is not known here.

use crate::heads::{Applied, Heads};
use crate::map::{Node, RevisionMap};
use crate::refusal::ResolveError;
use crate::revision::{Revision, RevisionId};
use crate::spec::{Offset, RevisionSpec, SpecRange};
use crate::walk::NodeSet;
use alloc::{collections::BTreeSet, vec::Vec};

/// A revision among others that are shown with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphNode<'a> {
    /// The revision.
    pub revision: &'a Revision,
    /// What it needs, in the order of its source.
    pub edges: Vec<Edge<'a>>,
}

/// A link from a shown revision to one that it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge<'a> {
    /// What is needed.
    pub to: &'a RevisionId,
    /// How it is needed.
    pub kind: EdgeKind,
    /// Whether the other end is shown too.
    pub shown: bool,
}

/// How a revision needs another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// It revises it.
    DownRevision,
    /// It depends on it.
    Dependency,
}

impl RevisionMap {
    /// The revisions of a range, newest first, both ends included: in the reverse of the order in which an
    /// upgrade applies them. All of them for the range `:`.
    ///
    /// A missing start is `base`, a missing end is `heads`. `-N` as the start counts down from the end, `+N` as
    /// the end counts up from the start, both at most as far as there is something; `current` is where the
    /// database is. A label on the start keeps to its line.
    ///
    /// # Errors
    /// [`ResolveError`] when an end means nothing here, or the start is not below the end.
    pub fn history(&self, range: &SpecRange, current: &Heads) -> Result<Vec<&Revision>, ResolveError> {
        let applied = Applied::new(self, current)?;
        let shown = self.range(range, &applied)?;
        let order = self.order(&shown).into_iter().rev();
        Ok(order.map(|node| self.revision(node)).collect())
    }

    fn range(&self, range: &SpecRange, applied: &Applied<'_>) -> Result<NodeSet, ResolveError> {
        let not_a_range = || ResolveError::NotARange {
            range: range.text.clone(),
        };
        let back = range.start.as_ref().and_then(back);
        let lower = match &range.start {
            Some(start) if back.is_none() => self.looked_at(start, applied)?,
            Some(_) | None => Vec::new(),
        };
        let mut upper = match &range.end {
            None => self.tips(&self.with_needs(self.nodes())),
            Some(end) => {
                // What `+N` counts from is not where the database is, but where the range starts.
                let start = Applied::from_nodes(self, self.with_needs(lower.iter().copied()));
                self.range_end(end, &start, applied)?
            }
        };
        if let Some(carrier) = self.label_of(range.start.as_ref())? {
            let line = self.line(carrier);
            upper.retain(|&node| line.contains(node));
        }
        let Some(steps) = back else {
            return self.between(&lower, &upper).ok_or_else(not_a_range);
        };
        let mut shown = NodeSet::of(self);
        for &end in &upper {
            // Going back beyond base shows everything up to here.
            let lower = self.back(end, steps, range)?;
            shown = shown.union(&self.between(lower.as_slice(), &[end]).ok_or_else(not_a_range)?);
        }
        Ok(shown)
    }

    /// Everything that `upper` needs, from `lower` on: only its descendants, unless it is empty.
    fn between(&self, lower: &[Node], upper: &[Node]) -> Option<NodeSet> {
        let needed = self.with_needs(upper.iter().copied());
        if lower.is_empty() {
            return Some(needed);
        }
        if lower.iter().any(|&node| !needed.contains(node)) {
            return None;
        }
        let below = self.with_needs(lower.iter().flat_map(|&node| self.needs(node).iter().copied()));
        let above = self.with_descendants(lower.iter().copied());
        Some(needed.difference(&below).intersection(&above))
    }

    /// The revision that many steps below another; none from base on.
    fn back(&self, from: Node, steps: u32, range: &SpecRange) -> Result<Option<Node>, ResolveError> {
        let mut node = from;
        for _ in 0..steps {
            node = match self.parents(node) {
                [] => return Ok(None),
                &[parent] => parent,
                several => {
                    let candidates: BTreeSet<Node> = several.iter().copied().collect();
                    return Err(ResolveError::AmbiguousWalk {
                        target: range.text.clone(),
                        from: Some(self.id(node).clone()),
                        candidates: self.ids(candidates),
                    });
                }
            };
        }
        Ok(Some(node))
    }

    /// The revision that carries the label of a target.
    fn label_of(&self, spec: Option<&RevisionSpec>) -> Result<Option<Node>, ResolveError> {
        let label = spec.and_then(|spec| spec.label.as_deref());
        label.map(|label| self.locate(label)).transpose()
    }

    /// Revisions with their links, in the order given, and whether each link leads to another of them.
    /// Revisions that are not of this map are left out.
    #[must_use]
    pub fn graph<'a>(&'a self, revisions: &[&Revision]) -> Vec<GraphNode<'a>> {
        let nodes: Vec<Node> = revisions
            .iter()
            .filter_map(|revision| self.node(revision.id.as_str()))
            .collect();
        let mut shown = NodeSet::of(self);
        for &node in &nodes {
            shown.insert(node);
        }
        let edge = |node: Node, to: Node| Edge {
            to: self.id(to),
            kind: if self.parents(node).contains(&to) {
                EdgeKind::DownRevision
            } else {
                EdgeKind::Dependency
            },
            shown: shown.contains(to),
        };
        let linked = |&node: &Node| GraphNode {
            revision: self.revision(node),
            edges: self.needs(node).iter().map(|&to| edge(node, to)).collect(),
        };
        nodes.iter().map(linked).collect()
    }
}

/// How far a start counts back from the end of its range.
fn back(start: &RevisionSpec) -> Option<u32> {
    match (&start.symbol, start.offset) {
        (None, Some(Offset::Down(steps))) => Some(steps),
        (None, Some(Offset::Up(_)) | None) | (Some(_), _) => None,
    }
}
