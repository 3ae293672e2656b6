//! The rows of the version table, and how they change.
//!
//! The rows are the revisions that are applied and that no other applied revision needs, by `down_revision` or
//! `depends_on`; all that they need is applied too. SQL is not known here.

use crate::map::{Node, RevisionMap, at};
use crate::refusal::ResolveError;
use crate::revision::RevisionId;
use crate::walk::NodeSet;
use alloc::{collections::BTreeSet, string::String, vec, vec::Vec};

/// What the version table of a database says, read against a map.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heads {
    rows: Vec<RevisionId>,
    redundant: Vec<RevisionId>,
}

impl Heads {
    /// Reads rows as the set of revisions that they imply.
    ///
    /// A row that another row already needs says nothing new; Alembic writes such rows now and then. It is
    /// kept apart as [redundant](Self::redundant), and the first step of the next plan deletes it.
    ///
    /// # Errors
    /// [`ResolveError::UnknownRevision`] with every row that no revision of the map has as its id;
    /// [`ResolveError::RepeatedRow`] with every row that is there more than once.
    pub fn read<S: AsRef<str>>(map: &RevisionMap, rows: &[S]) -> Result<Self, ResolveError> {
        let mut nodes = BTreeSet::new();
        let mut unknown = BTreeSet::new();
        let mut repeated = BTreeSet::new();
        for row in rows.iter().map(AsRef::as_ref) {
            match map.node(row) {
                Some(node) if !nodes.insert(node) => drop(repeated.insert(map.id(node))),
                Some(_) => {}
                None => drop(unknown.insert(String::from(row))),
            }
        }
        if !unknown.is_empty() {
            let alike = |id: &&RevisionId| {
                let same = |row: &String| row.trim().eq_ignore_ascii_case(id.as_str());
                unknown.iter().any(same)
            };
            let ids = map.iter().map(|revision| &revision.id);
            return Err(ResolveError::UnknownRevision {
                alike: ids.filter(alike).cloned().collect(),
                ids: unknown.into_iter().collect(),
            });
        }
        if !repeated.is_empty() {
            return Err(ResolveError::RepeatedRow {
                ids: repeated.into_iter().cloned().collect(),
            });
        }
        let below = map.with_needs(nodes.iter().flat_map(|&node| map.needs(node).iter().copied()));
        let ids = |redundant: bool| {
            let chosen = nodes.iter().filter(|&&node| below.contains(node) == redundant);
            chosen.map(|&node| map.id(node).clone()).collect()
        };
        Ok(Self {
            rows: ids(false),
            redundant: ids(true),
        })
    }

    /// The rows that count, sorted by id: none needs another.
    #[must_use]
    pub fn rows(&self) -> &[RevisionId] {
        &self.rows
    }

    /// Rows that other rows imply, sorted by id.
    #[must_use]
    pub fn redundant(&self) -> &[RevisionId] {
        &self.redundant
    }

    /// Whether nothing is applied.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl RevisionMap {
    /// The last applied revision of every line, sorted by id: the rows, and what they imply by `depends_on`
    /// alone, as `current` lists them.
    ///
    /// # Errors
    /// [`ResolveError::UnknownRevision`] when the heads were read against another map.
    pub fn current_tips(&self, current: &Heads) -> Result<Vec<RevisionId>, ResolveError> {
        let applied = Applied::new(self, current)?;
        let continued = |node: Node| {
            self.child_nodes(node)
                .iter()
                .any(|&child| applied.nodes().contains(child))
        };
        let tips = applied.nodes().iter().filter(|&node| !continued(node));
        Ok(self.ids(tips))
    }

    /// Everything that these version rows mean is applied: the revisions themselves and all that they need, sorted
    /// by id. Rows that no revision has as its id mean nothing here.
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
    /// let revisions = [("a1", &[][..]), ("b2", &["a1"]), ("c3", &["b2"])];
    /// let map = RevisionMap::new(revisions.map(|(id, down)| revision(id, down)).into()).unwrap();
    /// assert_eq!(map.applied(&["b2", "zz"]), ["a1".parse().unwrap(), "b2".parse().unwrap()]);
    /// ```
    #[must_use]
    pub fn applied<S: AsRef<str>>(&self, rows: &[S]) -> Vec<RevisionId> {
        let nodes = rows.iter().filter_map(|row| self.node(row.as_ref()));
        self.ids(self.with_needs(nodes).iter())
    }

    /// What [`applied`](Self::applied) gives, in the order in which an upgrade applies it.
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
    /// let revisions = [("c3", &[][..]), ("a1", &["c3"])];
    /// let map = RevisionMap::new(revisions.map(|(id, down)| revision(id, down)).into()).unwrap();
    /// assert_eq!(map.applied_in_order(&["a1"]), ["c3".parse().unwrap(), "a1".parse().unwrap()]);
    /// ```
    #[must_use]
    pub fn applied_in_order<S: AsRef<str>>(&self, rows: &[S]) -> Vec<RevisionId> {
        let nodes = rows.iter().filter_map(|row| self.node(row.as_ref()));
        self.ids(self.order(&self.with_needs(nodes)))
    }
}

/// A change of one row of the version table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VersionChange {
    /// A new row.
    Insert(RevisionId),
    /// A row goes.
    Delete(RevisionId),
    /// A row gets another id.
    Update {
        /// The id that it has.
        from: RevisionId,
        /// The id that it gets.
        to: RevisionId,
    },
    /// All rows go, also those that no revision has as its id (`stamp --purge`).
    Clear {
        /// The rows as they are, sorted.
        rows: Vec<String>,
    },
}

/// What is applied at one moment, and the rows that say so.
#[derive(Debug, Clone)]
pub(crate) struct Applied<'a> {
    map: &'a RevisionMap,
    nodes: NodeSet,
    /// For each node, how many applied revisions need it.
    needed: Vec<u32>,
    rows: BTreeSet<Node>,
}

impl<'a> Applied<'a> {
    /// What these rows imply.
    pub(crate) fn new(map: &'a RevisionMap, heads: &Heads) -> Result<Self, ResolveError> {
        // The rows may have been read against another map.
        Heads::read(map, heads.rows())?;
        let rows: BTreeSet<Node> = heads
            .rows()
            .iter()
            .filter_map(|id| map.node(id.as_str()))
            .collect();
        let nodes = map.with_needs(rows.iter().copied());
        Ok(Self::from_nodes(map, nodes))
    }

    /// What is applied, told by the whole of it: the set holds all that its members need.
    pub(crate) fn from_nodes(map: &'a RevisionMap, nodes: NodeSet) -> Self {
        let mut needed = vec![0; map.len()];
        for node in nodes.iter() {
            for &need in map.needs(node) {
                needed[at(need)] += 1;
            }
        }
        let rows = nodes.iter().filter(|&node| needed[at(node)] == 0).collect();
        Self {
            map,
            nodes,
            needed,
            rows,
        }
    }

    pub(crate) fn nodes(&self) -> &NodeSet {
        &self.nodes
    }

    pub(crate) fn rows(&self) -> &BTreeSet<Node> {
        &self.rows
    }

    pub(crate) fn ids(&self) -> Vec<RevisionId> {
        self.map.ids(self.rows.iter().copied())
    }

    /// Applies a revision whose needs are applied: it takes over the rows of those that nothing else needs.
    pub(crate) fn apply(&mut self, node: Node) -> Vec<VersionChange> {
        let map = self.map;
        let taken: Vec<Node> = map
            .needs(node)
            .iter()
            .copied()
            .filter(|need| self.rows.remove(need))
            .collect();
        for &need in map.needs(node) {
            self.needed[at(need)] += 1;
        }
        self.nodes.insert(node);
        self.rows.insert(node);
        changes(map, &taken, &[node])
    }

    /// Takes back a revision that no applied one needs: what only it needed gets rows of its own.
    pub(crate) fn revert(&mut self, node: Node) -> Vec<VersionChange> {
        let map = self.map;
        let mut freed = Vec::new();
        for &need in map.needs(node) {
            self.needed[at(need)] -= 1;
            if self.needed[at(need)] == 0 {
                freed.push(need);
            }
        }
        self.nodes.remove(node);
        self.rows.remove(&node);
        self.rows.extend(&freed);
        changes(map, &[node], &freed)
    }
}

/// The changes that replace some rows by others: as many updates as there are pairs, the first with the first.
pub(crate) fn changes(map: &RevisionMap, before: &[Node], after: &[Node]) -> Vec<VersionChange> {
    let pairs = before.len().min(after.len());
    let id = |&node: &Node| map.id(node).clone();
    let deleted = before[pairs..].iter().map(|node| VersionChange::Delete(id(node)));
    let inserted = after[pairs..].iter().map(|node| VersionChange::Insert(id(node)));
    let updated = before.iter().zip(after).map(|(from, to)| VersionChange::Update {
        from: id(from),
        to: id(to),
    });
    deleted.chain(inserted).chain(updated).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::drawn;

    #[test]
    fn rows_are_read_as_the_set_that_they_imply() {
        let map = RevisionMap::new(drawn("a; b<a; c<a; x; y<x |b")).unwrap();
        let heads = Heads::read(&map, &["c", "a", "b", "y"]).unwrap();
        assert!(heads.rows().iter().map(RevisionId::as_str).eq(["c", "y"]));
        assert!(heads.redundant().iter().map(RevisionId::as_str).eq(["a", "b"]));
    }

    #[test]
    fn all_unknown_rows_are_told_and_an_abbreviation_is_unknown() {
        let map = RevisionMap::new(drawn("abcdef @label")).unwrap();
        let unknown = Heads::read(&map, &["zz", "abcd", "abcdef", "label"]).unwrap_err();
        assert!(
            matches!(unknown, ResolveError::UnknownRevision { ids, .. } if ids == ["abcd", "label", "zz"])
        );
    }

    #[test]
    fn a_row_that_is_there_twice_is_refused() {
        let map = RevisionMap::new(drawn("a; b<a")).unwrap();
        let repeated = Heads::read(&map, &["b", "a", "b"]).unwrap_err();
        assert_eq!(
            alloc::format!("{repeated}"),
            "the version table has more than one row of b"
        );
    }

    #[test]
    fn what_is_wrong_with_an_unknown_row_is_told() {
        let map = RevisionMap::new(drawn("ab; r1")).unwrap();
        let told = |row: &str| Heads::read(&map, &[row]).unwrap_err().hints().remove(0);
        for row in [" r1", "r1 ", "R1", "r1\n"] {
            assert!(
                told(row).starts_with("but for case or white space it is r1:"),
                "{row:?}"
            );
        }
        for row in ["", " ", "(NULL)", "a'b"] {
            assert!(
                told(row).starts_with("no revision can have such an id:"),
                "{row:?}"
            );
        }
        assert!(told("zzz").starts_with("the database has it and the revisions here do not"));
    }
}
