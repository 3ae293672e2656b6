//! All revisions of a project: built once, always valid.
//!
//! A [`RevisionMap`] exists only for a set in which [`check`] finds nothing, so what reads
//! one never meets a missing link or a cycle. Inside, a revision is a number: its place in the list sorted by
//! id, so that comparing numbers compares ids. This file answers what the graph is; what it means to go
//! somewhere in it is for [`resolve`](crate::resolve) and [`plan`](crate::plan).

use crate::check::check;
use crate::problem::GraphError;
use crate::revision::{BranchLabel, Revision, RevisionId};
use alloc::{boxed::Box, vec, vec::Vec};

/// A revision's place in the map.
pub(crate) type Node = u32;

/// A node's place in a list. (A `u32` fits into a `usize` wherever this crate is of use.)
pub(crate) const fn at(node: Node) -> usize {
    node as usize
}

/// All revisions of a project, with their links in both directions.
#[derive(Debug, Clone, Default)]
pub struct RevisionMap {
    /// Sorted by id.
    revisions: Vec<Revision>,
    /// By `down_revision`, in the order of the source.
    parents: Vec<Box<[Node]>>,
    /// By `down_revision`, sorted.
    children: Vec<Box<[Node]>>,
    /// By `down_revision` and then `depends_on`, in the order of the source, each node once.
    needs: Vec<Box<[Node]>>,
    /// The same links from the other end, sorted.
    needed_by: Vec<Box<[Node]>>,
    /// Sorted by label, with the revision that carries it.
    labels: Vec<(BranchLabel, Node)>,
    /// For each node the labels that reach it: sorted places in `labels`.
    spread: Vec<Box<[u32]>>,
}

impl RevisionMap {
    /// Checks the revisions and links them.
    ///
    /// # Errors
    /// Every problem of the set, as [`check`] finds them; their indices are those of `revisions`.
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
    /// let map = RevisionMap::new(vec![revision("b2", &["a1"]), revision("a1", &[])]).unwrap();
    /// assert_eq!(map.heads().map(|head| head.id.as_str()).collect::<Vec<_>>(), ["b2"]);
    ///
    /// let problems = RevisionMap::new(vec![revision("b2", &["a1"])]).unwrap_err();
    /// assert_eq!(problems[0].to_string(), "Revision a1 referenced from b2 is not present");
    /// ```
    pub fn new(revisions: Vec<Revision>) -> Result<Self, Vec<GraphError>> {
        let problems = check(&revisions);
        if problems.is_empty() {
            Ok(Self::link(revisions))
        } else {
            Err(problems)
        }
    }

    /// Links a set that has no problems.
    fn link(mut revisions: Vec<Revision>) -> Self {
        revisions.sort_by(|a, b| a.id.cmp(&b.id));
        let mut map = Self {
            revisions,
            ..Self::default()
        };
        for (node, revision) in (0..).zip(&map.revisions) {
            map.labels
                .extend(revision.branch_labels.iter().map(|label| (label.clone(), node)));
        }
        map.labels.sort();
        for revision in &map.revisions {
            let mut needs: Vec<Node> = revision
                .down_revisions
                .iter()
                .filter_map(|id| map.node(id.as_str()))
                .collect();
            map.parents.push(needs.clone().into());
            for dependency in map.dependency_nodes(revision) {
                if !needs.contains(&dependency) {
                    needs.push(dependency);
                }
            }
            map.needs.push(needs.into());
        }
        map.children = turned(&map.parents);
        map.needed_by = turned(&map.needs);
        map.spread = map.spread_labels();
        map
    }

    /// Which labels reach which revisions: a label reaches all descendants of the revision that carries it, and
    /// its ancestors up to, and without, the next branch or merge point. A revision that several others need by
    /// `depends_on` is a branch point in this sense, as in Alembic.
    fn spread_labels(&self) -> Vec<Box<[u32]>> {
        let mut spread: Vec<Vec<u32>> = vec![Vec::new(); self.revisions.len()];
        for (label, &(_, carrier)) in (0..).zip(&self.labels) {
            let mut todo = vec![carrier];
            while let Some(node) = todo.pop() {
                if spread[at(node)].last() != Some(&label) {
                    spread[at(node)].push(label);
                    todo.extend(&self.children[at(node)]);
                }
            }
            let forks = |node| self.needed_by(node).len() > 1 || self.parents(node).len() > 1;
            let mut node = carrier;
            while !forks(node)
                && let &[parent] = self.parents(node)
                && !forks(parent)
            {
                node = parent;
                spread[at(node)].push(label);
            }
        }
        spread.into_iter().map(Vec::into_boxed_slice).collect()
    }

    /// The number of revisions.
    #[must_use]
    pub fn len(&self) -> usize {
        self.revisions.len()
    }

    /// Whether there are no revisions at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.revisions.is_empty()
    }

    /// The revision with exactly this id; labels and abbreviations are for [`resolve`](crate::resolve).
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Revision> {
        self.node(id).map(|node| self.revision(node))
    }

    /// All revisions, sorted by id.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Revision> + DoubleEndedIterator + Clone {
        self.revisions.iter()
    }

    /// The revisions that no other revises, sorted by id: what `heads` lists, and what `merge heads` merges.
    pub fn heads(&self) -> impl Iterator<Item = &Revision> + Clone {
        self.where_node(|node| self.child_nodes(node).is_empty())
    }

    /// The revisions that no other revises or depends on, sorted by id: the rows that the version table holds
    /// when everything is applied, and what `head` and `heads` mean as a target.
    pub fn effective_heads(&self) -> impl Iterator<Item = &Revision> + Clone {
        self.where_node(|node| self.needed_by(node).is_empty())
    }

    /// The revisions that revise none, sorted by id.
    pub fn bases(&self) -> impl Iterator<Item = &Revision> + Clone {
        self.where_node(|node| self.parents(node).is_empty())
    }

    /// The revisions that revise this one, sorted by id; none for an unknown id.
    pub fn children(&self, id: &str) -> impl Iterator<Item = &Revision> + Clone {
        let children = self.node(id).map_or(&[][..], |node| self.child_nodes(node));
        children.iter().map(|&node| self.revision(node))
    }

    /// The revisions that depend on this one by `depends_on`, sorted by id; none for an unknown id.
    pub fn dependents(&self, id: &str) -> impl Iterator<Item = &Revision> + Clone {
        let node = self.node(id);
        let needed_by = node.map_or(&[][..], |node| self.needed_by(node));
        needed_by
            .iter()
            .map(|&other| self.revision(other))
            .filter(move |other| {
                self.dependency_nodes(other)
                    .any(|dependency| Some(dependency) == node)
            })
    }

    /// What this revision depends on, as ids, in the order of its `depends_on`; none for an unknown id.
    ///
    /// A label means the revision that carries it.
    pub fn resolved_dependencies(&self, id: &str) -> impl Iterator<Item = &RevisionId> + Clone {
        let revision = self.get(id);
        revision
            .into_iter()
            .flat_map(|revision| self.dependency_nodes(revision))
            .map(|node| self.id(node))
    }

    /// The labels that reach this revision, sorted: those it carries itself, those of the revisions below it by
    /// `down_revision`, and those of its line up to the next branch or merge point above; none for an unknown id.
    pub fn labels(&self, id: &str) -> impl Iterator<Item = &BranchLabel> + Clone {
        let spread = self.node(id).map_or(&[][..], |node| &self.spread[at(node)][..]);
        spread.iter().map(|&label| &self.labels[at(label)].0)
    }

    /// Whether no revision revises this one; false for an unknown id, as in all of these.
    #[must_use]
    pub fn is_head(&self, id: &str) -> bool {
        self.node(id)
            .is_some_and(|node| self.child_nodes(node).is_empty())
    }

    /// Whether no revision revises this one or depends on it.
    #[must_use]
    pub fn is_effective_head(&self, id: &str) -> bool {
        self.node(id).is_some_and(|node| self.needed_by(node).is_empty())
    }

    /// Whether it revises none.
    #[must_use]
    pub fn is_base(&self, id: &str) -> bool {
        self.node(id).is_some_and(|node| self.parents(node).is_empty())
    }

    /// Whether several revisions revise it.
    #[must_use]
    pub fn is_branch_point(&self, id: &str) -> bool {
        self.node(id).is_some_and(|node| self.child_nodes(node).len() > 1)
    }

    /// Whether it revises several.
    #[must_use]
    pub fn is_merge_point(&self, id: &str) -> bool {
        self.node(id).is_some_and(|node| self.parents(node).len() > 1)
    }
}

/// What the other files of this crate build on: the same graph in numbers.
impl RevisionMap {
    pub(crate) fn nodes(&self) -> core::ops::Range<Node> {
        0..self.revisions.len() as Node
    }

    pub(crate) fn node(&self, id: &str) -> Option<Node> {
        let place = self
            .revisions
            .binary_search_by(|revision| revision.id.as_str().cmp(id));
        place.ok().map(|place| place as Node)
    }

    /// A label, and the revision that carries it itself.
    pub(crate) fn label(&self, name: &str) -> Option<(&BranchLabel, Node)> {
        let place = self
            .labels
            .binary_search_by(|(label, _)| label.as_str().cmp(name))
            .ok()?;
        let (label, node) = &self.labels[place];
        Some((label, *node))
    }

    pub(crate) fn carrier(&self, label: &str) -> Option<Node> {
        self.label(label).map(|(_, node)| node)
    }

    /// All ids and then all labels, each sorted.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        let ids = self.revisions.iter().map(|revision| revision.id.as_str());
        ids.chain(self.labels.iter().map(|(label, _)| label.as_str()))
    }

    /// The ids and labels that begin with a text, with their revisions.
    pub(crate) fn names_with_prefix<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'a str, Node)> {
        let first = self
            .revisions
            .partition_point(|revision| revision.id.as_str() < text);
        let ids = (first as Node..)
            .zip(&self.revisions[first..])
            .map(|(node, revision)| (revision.id.as_str(), node));
        let first = self.labels.partition_point(|(label, _)| label.as_str() < text);
        let labels = self.labels[first..]
            .iter()
            .map(|(label, node)| (label.as_str(), *node));
        let begins = move |(name, _): &(&str, Node)| name.starts_with(text);
        ids.take_while(begins).chain(labels.take_while(begins))
    }

    pub(crate) fn revision(&self, node: Node) -> &Revision {
        &self.revisions[at(node)]
    }

    pub(crate) fn id(&self, node: Node) -> &RevisionId {
        &self.revision(node).id
    }

    pub(crate) fn ids(&self, nodes: impl IntoIterator<Item = Node>) -> Vec<RevisionId> {
        nodes.into_iter().map(|node| self.id(node).clone()).collect()
    }

    /// By `down_revision`, in the order of the source.
    pub(crate) fn parents(&self, node: Node) -> &[Node] {
        &self.parents[at(node)]
    }

    /// By `down_revision`, sorted.
    pub(crate) fn child_nodes(&self, node: Node) -> &[Node] {
        &self.children[at(node)]
    }

    /// By `down_revision` and then `depends_on`, in the order of the source, each node once.
    pub(crate) fn needs(&self, node: Node) -> &[Node] {
        &self.needs[at(node)]
    }

    /// The revisions that have this one among their needs, sorted.
    pub(crate) fn needed_by(&self, node: Node) -> &[Node] {
        &self.needed_by[at(node)]
    }

    fn dependency_nodes(&self, revision: &Revision) -> impl Iterator<Item = Node> + Clone {
        let names = revision.depends_on.iter();
        names.filter_map(|name| self.node(name.as_str()).or_else(|| self.carrier(name.as_str())))
    }

    fn where_node(&self, holds: impl Fn(Node) -> bool + Clone) -> impl Iterator<Item = &Revision> + Clone {
        self.nodes()
            .filter(move |&node| holds(node))
            .map(|node| self.revision(node))
    }
}

/// The same links seen from their other end.
fn turned(links: &[Box<[Node]>]) -> Vec<Box<[Node]>> {
    let mut turned = vec![Vec::new(); links.len()];
    for (node, links) in (0..).zip(links) {
        for &link in links {
            turned[at(link)].push(node);
        }
    }
    turned.into_iter().map(Vec::into_boxed_slice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::drawn;
    use alloc::{format, string::String};

    fn ids<'a>(revisions: impl Iterator<Item = &'a Revision>) -> String {
        revisions
            .map(|revision| revision.id.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn spread(drawing: &str) -> String {
        let map = RevisionMap::new(drawn(drawing)).unwrap();
        let line = |revision: &Revision| {
            let labels: Vec<_> = map
                .labels(revision.id.as_str())
                .map(BranchLabel::as_str)
                .collect();
            format!("{}: {}", revision.id, labels.join(" "))
        };
        map.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_the_graph_is() {
        let map = RevisionMap::new(drawn("a; b<a; c<a; m<b,c; d<c; x; y<x |c; z |left; n<x @left")).unwrap();
        assert_eq!(ids(map.iter()), "a b c d m n x y z");
        assert_eq!(ids(map.heads()), "d m n y z");
        assert_eq!(ids(map.effective_heads()), "d m y z");
        assert_eq!(ids(map.bases()), "a x z");
        assert_eq!(ids(map.children("c")), "d m");
        assert_eq!(ids(map.dependents("c")), "y");
        assert_eq!(ids(map.dependents("n")), "z");
        assert!(map.is_branch_point("c") && map.is_merge_point("m") && !map.is_effective_head("n"));
        assert!(
            map.resolved_dependencies("z")
                .eq(["n"].iter().map(|id| map.id(map.node(id).unwrap())))
        );
        assert!(map.get("left").is_none() && !map.is_head("left"));
    }

    #[test]
    fn a_label_reaches_descendants_and_its_line_above_up_to_a_branch_or_merge_point() {
        assert_eq!(spread("a; b<a; c<b @l; d<c"), "a: l\nb: l\nc: l\nd: l");
        assert_eq!(
            spread("a; b<a; c<b @l; d<b; e<c; f<c"),
            "a: \nb: \nc: l\nd: \ne: l\nf: l"
        );
        assert_eq!(spread("a; b<a; c<b @l; d<c; x |b"), "a: \nb: \nc: l\nd: l\nx: ");
        assert_eq!(
            spread("a; b<a @l; c<a @r; m<b,c; n<m @up"),
            "a: \nb: l\nc: r\nm: l r\nn: l r up"
        );
    }
}
