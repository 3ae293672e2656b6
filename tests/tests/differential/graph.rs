//! [`Graph`]: revisions, with what a naive reading of them says. Nothing here is fast or clever, and nothing asks
//! the library.

use std::collections::{BTreeMap, BTreeSet};

use migrate_graph::{Revision, RevisionMap};
use serde_json::{Value, json};

pub(crate) type Set = BTreeSet<String>;

pub(crate) struct Graph {
    pub(crate) revisions: Vec<Revision>,
    pub(crate) map: RevisionMap,
    /// By `down_revision` alone, and with `depends_on` resolved.
    pub(crate) down: BTreeMap<String, Set>,
    pub(crate) needs: BTreeMap<String, Set>,
    /// Each with the revision that carries it.
    pub(crate) labels: BTreeMap<String, String>,
}

impl Graph {
    pub(crate) fn new(revisions: Vec<Revision>) -> Self {
        let carried = |revision: &Revision| {
            let id = revision.id.to_string();
            revision
                .branch_labels
                .iter()
                .map(|label| (label.to_string(), id.clone()))
                .collect::<Vec<_>>()
        };
        let labels: BTreeMap<String, String> = revisions.iter().flat_map(carried).collect();
        let mut down = BTreeMap::new();
        let mut needs = BTreeMap::new();
        for revision in &revisions {
            let parents: Set = revision.down_revisions.iter().map(ToString::to_string).collect();
            let depends = revision.depends_on.iter().map(ToString::to_string);
            let depends = depends.map(|name| labels.get(&name).cloned().unwrap_or(name));
            needs.insert(
                revision.id.to_string(),
                depends.chain(parents.iter().cloned()).collect(),
            );
            down.insert(revision.id.to_string(), parents);
        }
        let map = RevisionMap::new(revisions.clone()).unwrap();
        Self {
            revisions,
            map,
            down,
            needs,
            labels,
        }
    }

    /// Some revisions and all that the links lead to.
    fn closure<'a>(links: &'a BTreeMap<String, Set>, start: impl Iterator<Item = &'a String>) -> Set {
        let mut found = BTreeSet::new();
        let mut todo: Vec<&String> = start.collect();
        while let Some(id) = todo.pop() {
            if found.insert(id) {
                todo.extend(&links[id]);
            }
        }
        found.into_iter().cloned().collect()
    }

    /// All that some rows say is applied.
    pub(crate) fn implied(&self, rows: &Set) -> Set {
        Self::closure(&self.needs, self.known(rows))
    }

    /// All that the members of a set need, directly or not.
    pub(crate) fn needed(&self, set: &Set) -> Set {
        Self::closure(&self.needs, set.iter().flat_map(|id| &self.needs[id]))
    }

    /// The members of a set that no other member needs, directly or not.
    pub(crate) fn maximal(&self, set: &Set) -> Set {
        set.difference(&self.needed(set)).cloned().collect()
    }

    fn known<'a>(&'a self, ids: &Set) -> impl Iterator<Item = &'a String> {
        ids.iter().map(|id| self.needs.get_key_value(id).unwrap().0)
    }

    pub(crate) fn shares_lineage(&self, a: &str, b: &str) -> bool {
        let above = |id: &str| Self::closure(&self.down, self.known(&[id.to_owned()].into()));
        above(a).contains(b) || above(b).contains(a)
    }

    /// The names that a name may stand for, with their revisions: itself, else those of four characters or more
    /// that begin with it.
    pub(crate) fn begins(&self, name: &str) -> BTreeMap<String, String> {
        let ids = self.down.keys().map(|id| (id.clone(), id.clone()));
        let names: BTreeMap<String, String> = ids.chain(self.labels.clone()).collect();
        if let Some(id) = names.get(name) {
            return [(name.to_owned(), id.clone())].into();
        }
        names
            .into_iter()
            .filter(|(other, _)| other.len() > 3 && other.starts_with(name))
            .collect()
    }

    /// The revisions that no other revises, on the line of a label.
    pub(crate) fn heads(&self, carrier: Option<&str>) -> Set {
        let revised: Set = self.down.values().flatten().cloned().collect();
        let on_line = |id: &&String| carrier.is_none_or(|carrier| self.shares_lineage(carrier, id));
        self.down
            .keys()
            .filter(|id| !revised.contains(*id))
            .filter(on_line)
            .cloned()
            .collect()
    }

    /// Whether what is listed comes newest first: nothing before what needs it.
    pub(crate) fn is_newest_first(&self, listed: &[String]) -> bool {
        let mut seen = Set::new();
        listed.iter().all(|id| {
            seen.insert(id.clone());
            self.needs[id].is_disjoint(&seen)
        })
    }

    /// As the oracle takes it.
    pub(crate) fn facts(&self) -> Value {
        let names = |names: &mut dyn Iterator<Item = &str>| names.map(Value::from).collect::<Vec<_>>();
        let revision = |revision: &Revision| {
            json!({
                "id": revision.id.as_str(),
                "down": names(&mut revision.down_revisions.iter().map(|id| id.as_str())),
                "deps": names(&mut revision.depends_on.iter().map(|name| name.as_str())),
                "labels": names(&mut revision.branch_labels.iter().map(|label| label.as_str())),
            })
        };
        self.revisions.iter().map(revision).collect()
    }
}
