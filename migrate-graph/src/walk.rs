//! Ways through a valid graph: what can be reached, and in which order.
//!
//! Everything here is linear in the revisions and links that it touches (the order also sorts), and nothing
//! recurses, however long a chain is. What a set is wanted for is not known here.

use crate::map::{Node, RevisionMap, at};
use alloc::{collections::BinaryHeap, vec, vec::Vec};
use core::cmp::Reverse;

/// A set of revisions of one map, a bit for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NodeSet {
    words: Vec<u64>,
}

impl NodeSet {
    /// An empty set for the revisions of this map.
    pub(crate) fn of(map: &RevisionMap) -> Self {
        Self {
            words: vec![0; map.len().div_ceil(64)],
        }
    }

    pub(crate) fn contains(&self, node: Node) -> bool {
        self.words[at(node) / 64] >> (node % 64) & 1 == 1
    }

    /// Adds a node, and tells whether it is new.
    pub(crate) fn insert(&mut self, node: Node) -> bool {
        let new = !self.contains(node);
        self.words[at(node) / 64] |= 1 << (node % 64);
        new
    }

    pub(crate) fn remove(&mut self, node: Node) {
        self.words[at(node) / 64] &= !(1 << (node % 64));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    /// Its nodes, and so its revisions by id, in ascending order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Node> {
        (0..).zip(&self.words).flat_map(|(i, &word)| {
            (0..64)
                .filter(move |bit| word >> bit & 1 == 1)
                .map(move |bit| i * 64 + bit)
        })
    }

    pub(crate) fn union(mut self, other: &Self) -> Self {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
        self
    }

    pub(crate) fn intersection(mut self, other: &Self) -> Self {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
        self
    }

    pub(crate) fn difference(mut self, other: &Self) -> Self {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
        self
    }

    /// Adds some nodes and all that the links lead to from there; nothing is followed from a node that is in
    /// the set already.
    pub(crate) fn reach<'a>(
        &mut self,
        start: impl IntoIterator<Item = Node>,
        links: impl Fn(Node) -> &'a [Node],
    ) {
        let mut todo: Vec<Node> = start.into_iter().collect();
        while let Some(node) = todo.pop() {
            if self.insert(node) {
                todo.extend(links(node).iter().filter(|&&next| !self.contains(next)));
            }
        }
    }
}

impl RevisionMap {
    /// These revisions and all that they need, by `down_revision` and `depends_on`.
    pub(crate) fn with_needs(&self, nodes: impl IntoIterator<Item = Node>) -> NodeSet {
        let mut set = NodeSet::of(self);
        set.reach(nodes, |node| self.needs(node));
        set
    }

    /// These revisions and all that revise them, directly or not.
    pub(crate) fn with_descendants(&self, nodes: impl IntoIterator<Item = Node>) -> NodeSet {
        let mut set = NodeSet::of(self);
        set.reach(nodes, |node| self.child_nodes(node));
        set
    }

    /// This revision and all that it revises, directly or not.
    pub(crate) fn with_ancestors(&self, node: Node) -> NodeSet {
        let mut set = NodeSet::of(self);
        set.reach([node], |node| self.parents(node));
        set
    }

    /// The line of a revision: its ancestors, itself and its descendants, by `down_revision`.
    pub(crate) fn line(&self, node: Node) -> NodeSet {
        self.with_ancestors(node).union(&self.with_descendants([node]))
    }

    /// The members of a set that no other member needs directly.
    pub(crate) fn tips(&self, set: &NodeSet) -> Vec<Node> {
        let needed = |&node: &Node| self.needed_by(node).iter().any(|&other| set.contains(other));
        set.iter().filter(|node| !needed(node)).collect()
    }

    /// A set in the order in which an upgrade applies it: what a revision needs comes before it, and of the
    /// revisions that could come next, the one with the smallest id does.
    pub(crate) fn order(&self, set: &NodeSet) -> Vec<Node> {
        let mut missing = vec![0_u32; self.len()];
        let mut ready = BinaryHeap::new();
        for node in set.iter() {
            let inside = self.needs(node).iter().filter(|&&need| set.contains(need));
            missing[at(node)] = inside.map(|_| 1).sum();
            if missing[at(node)] == 0 {
                ready.push(Reverse(node));
            }
        }
        let mut order = Vec::new();
        while let Some(Reverse(node)) = ready.pop() {
            order.push(node);
            for &next in self.needed_by(node) {
                if set.contains(next) {
                    missing[at(next)] -= 1;
                    if missing[at(next)] == 0 {
                        ready.push(Reverse(next));
                    }
                }
            }
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::drawn;
    use alloc::string::String;

    fn order(drawing: &str) -> String {
        let map = RevisionMap::new(drawn(drawing)).unwrap();
        let all = map.with_needs(map.nodes());
        let ids: Vec<_> = map
            .order(&all)
            .into_iter()
            .map(|node| map.id(node).as_str())
            .collect();
        ids.join(" ")
    }

    #[test]
    fn of_the_revisions_that_could_come_next_the_smallest_id_does() {
        assert_eq!(order("m<y,b; y<a; b<a; a; z |b"), "a b y m z");
        assert_eq!(order("b; a |z; z; c<a"), "b z a c");
        assert_eq!(order("A; a; B<a; 0<A"), "A 0 a B");
    }

    #[test]
    fn a_set_knows_its_members_beyond_the_first_word() {
        let drawing: String = (100..300).map(|i| alloc::format!("r{i};")).collect();
        let map = RevisionMap::new(drawn(&drawing)).unwrap();
        let mut set = NodeSet::of(&map);
        assert!(set.is_empty() && set.insert(0) && set.insert(63) && set.insert(64) && set.insert(199));
        assert!(!set.insert(64));
        set.remove(63);
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 64, 199]);
    }
}
