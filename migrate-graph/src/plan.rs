//! Plans: which revisions a command runs, in which order, and what each does to the version table.
//!
//! A plan is data; whoever has a database carries it out.

use crate::heads::{Applied, Heads, VersionChange, changes};
use crate::map::{Node, RevisionMap};
use crate::refusal::ResolveError;
use crate::resolve::{Removal, Stamped};
use crate::revision::RevisionId;
use crate::spec::RevisionSpec;
use crate::walk::NodeSet;
use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

/// Steps from one state of the version table to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The rows before, as the table has them, sorted.
    pub from: Vec<String>,
    /// The rows after, sorted.
    pub to: Vec<RevisionId>,
    /// What to do, in this order; nothing when the database is there already.
    pub steps: Vec<Step>,
}

/// One step of a plan: it and its row changes happen together or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is run.
    pub direction: Direction,
    /// The revision that is run, or stamped; none for a stamp to base and for a purge.
    pub revision: Option<RevisionId>,
    /// The changes of the version table, in this order.
    pub changes: Vec<VersionChange>,
    /// The rows after this step, sorted.
    pub heads_after: Vec<RevisionId>,
}

/// What a step runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The revision's upgrade.
    Upgrade,
    /// The revision's downgrade.
    Downgrade,
    /// Nothing: only the version table changes.
    Stamp,
}

impl Direction {
    /// The word for it: `upgrade`, `downgrade` or `stamp`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Upgrade => "upgrade",
            Self::Downgrade => "downgrade",
            Self::Stamp => "stamp",
        }
    }
}

impl RevisionMap {
    /// The way up to a target: everything that it needs and that is not applied. Nothing when it is applied.
    ///
    /// # Errors
    /// [`ResolveError`] when the target means nothing here, or cannot tell which of several is meant.
    ///
    /// ```
    /// use migrate_graph::{Heads, Revision, RevisionMap, RevisionSpec};
    ///
    /// let revision = |id: &str, down: &[&str]| Revision {
    ///     id: id.parse().unwrap(),
    ///     down_revisions: down.iter().map(|id| id.parse().unwrap()).collect(),
    ///     depends_on: vec![],
    ///     branch_labels: vec![],
    /// };
    /// let map = RevisionMap::new(vec![revision("a1", &[]), revision("b2", &["a1"])]).unwrap();
    /// let plan = map.plan_upgrade(&Heads::default(), &RevisionSpec::parse("head").unwrap()).unwrap();
    /// let ids: Vec<_> = plan.steps.iter().flat_map(|step| &step.revision).map(|id| id.as_str()).collect();
    /// assert_eq!(ids, ["a1", "b2"]);
    /// ```
    pub fn plan_upgrade(&self, current: &Heads, target: &RevisionSpec) -> Result<Plan, ResolveError> {
        let mut applied = Applied::new(self, current)?;
        let targets = self.upgrade_targets(target, &applied)?;
        let missing = self.with_needs(targets).difference(applied.nodes());
        let mut recorder = Recorder::new(current);
        for node in self.order(&missing) {
            let changes = applied.apply(node);
            recorder.record(Direction::Upgrade, Some(self.id(node)), changes, applied.ids());
        }
        Ok(recorder.plan())
    }

    /// The way down to a target: everything applied above it, and what needs that.
    ///
    /// With a label, only revisions on its line are removed, and what depends on them: where another applied
    /// branch stands on a revision of the line, that one stays, and so does what is below it.
    ///
    /// # Errors
    /// [`ResolveError`] when the target means nothing here, cannot tell which of several is meant, or is not
    /// below where the database is.
    pub fn plan_downgrade(&self, current: &Heads, target: &RevisionSpec) -> Result<Plan, ResolveError> {
        let applied = Applied::new(self, current)?;
        let removal = self.removal(target, &applied)?;
        let removed = self.removed(removal, &applied);
        let (Removal::Above(above) | Removal::OnLine { above, .. } | Removal::From { above, .. }) = removal;
        if removed.is_empty() && above.is_some_and(|node| !applied.rows().contains(&node)) {
            return Err(ResolveError::NotAValidTarget {
                target: target.text.clone(),
            });
        }
        Ok(self.reverted(current, applied, &removed))
    }

    /// Takes one revision back, and what needs it, wherever other branches stand. Nothing when it is not applied.
    ///
    /// # Errors
    /// [`ResolveError`] when the heads are not known here, or the revision is not.
    ///
    /// ```
    /// use migrate_graph::{Heads, Revision, RevisionMap};
    ///
    /// let revision = |id: &str, down: &[&str]| Revision {
    ///     id: id.parse().unwrap(),
    ///     down_revisions: down.iter().map(|id| id.parse().unwrap()).collect(),
    ///     depends_on: vec![],
    ///     branch_labels: vec![],
    /// };
    /// let revisions = vec![revision("a1", &[]), revision("b2", &["a1"]), revision("c3", &["a1"])];
    /// let map = RevisionMap::new(revisions).unwrap();
    /// let heads = Heads::read(&map, &["b2", "c3"]).unwrap();
    /// let plan = map.plan_revert(&heads, &"b2".parse().unwrap()).unwrap();
    /// assert_eq!(plan.to, ["c3".parse().unwrap()]);
    /// ```
    pub fn plan_revert(&self, current: &Heads, revision: &RevisionId) -> Result<Plan, ResolveError> {
        let applied = Applied::new(self, current)?;
        let first = self
            .node(revision.as_str())
            .ok_or_else(|| ResolveError::CantLocate {
                name: revision.as_str().into(),
                nearest: None,
            })?;
        let removed = self.removed(Removal::From { first, above: None }, &applied);
        Ok(self.reverted(current, applied, &removed))
    }

    /// Sets the version table to targets without running anything, a step each: what a target needs is taken as
    /// applied, and what is above it as not applied. Other branches stay as they are.
    ///
    /// # Errors
    /// [`ResolveError`] when a target means nothing here, or when one target needs another.
    pub fn plan_stamp(&self, current: &Heads, targets: &[RevisionSpec]) -> Result<Plan, ResolveError> {
        self.stamp(Recorder::new(current), Applied::new(self, current)?, targets)
    }

    /// Sets the version table to targets after deleting whatever rows it has, known or not (`stamp --purge`).
    ///
    /// # Errors
    /// As for [`plan_stamp`](Self::plan_stamp).
    pub fn plan_purge(&self, rows: &[String], targets: &[RevisionSpec]) -> Result<Plan, ResolveError> {
        let mut recorder = Recorder::new(&Heads::default());
        recorder.from = rows.to_vec();
        recorder.from.sort_unstable();
        if !rows.is_empty() {
            let rows = recorder.from.clone();
            recorder.record(
                Direction::Stamp,
                None,
                [VersionChange::Clear { rows }].into(),
                Vec::new(),
            );
        }
        self.stamp(recorder, Applied::new(self, &Heads::default())?, targets)
    }

    fn reverted(&self, current: &Heads, mut applied: Applied<'_>, removed: &NodeSet) -> Plan {
        let mut recorder = Recorder::new(current);
        for node in self.order(removed).into_iter().rev() {
            let changes = applied.revert(node);
            recorder.record(Direction::Downgrade, Some(self.id(node)), changes, applied.ids());
        }
        recorder.plan()
    }

    fn stamp<'a>(
        &'a self,
        mut recorder: Recorder,
        mut applied: Applied<'a>,
        targets: &[RevisionSpec],
    ) -> Result<Plan, ResolveError> {
        for place in self.stamped(targets, &applied)? {
            let (removed, added, revision) = match place {
                Stamped::Base(None) => (applied.nodes().clone(), NodeSet::of(self), None),
                Stamped::Base(Some(carrier)) => {
                    let line = Removal::OnLine { carrier, above: None };
                    (self.removed(line, &applied), NodeSet::of(self), None)
                }
                Stamped::At(node) => {
                    let above = self.removed(Removal::Above(Some(node)), &applied);
                    (above, self.with_needs([node]), Some(self.id(node)))
                }
            };
            let before = applied.rows().clone();
            applied = Applied::from_nodes(self, applied.nodes().clone().difference(&removed).union(&added));
            let gone: Vec<Node> = before.difference(applied.rows()).copied().collect();
            let new: Vec<Node> = applied.rows().difference(&before).copied().collect();
            let changes = changes(self, &gone, &new);
            if !changes.is_empty() || !recorder.redundant.is_empty() {
                recorder.record(Direction::Stamp, revision, changes, applied.ids());
            }
        }
        Ok(recorder.plan())
    }

    /// The applied revisions that a removal takes back; the set holds all that needs one of its members.
    fn removed(&self, removal: Removal, applied: &Applied<'_>) -> NodeSet {
        let applied = applied.nodes();
        let (line, first) = match removal {
            Removal::Above(None) => return applied.clone(),
            Removal::Above(Some(above)) => (NodeSet::of(self), self.child_nodes(above).to_vec()),
            Removal::From { first, .. } => (NodeSet::of(self), [first].into()),
            Removal::OnLine { carrier, above } => self.own_line(carrier, above),
        };
        // How many applied revisions stand on each one of the line.
        let stands = |node| {
            self.child_nodes(node)
                .iter()
                .filter(|&&child| applied.contains(child))
                .count()
        };
        let mut standing: BTreeMap<Node, usize> = line.iter().map(|node| (node, stands(node))).collect();
        let free = standing
            .iter()
            .filter(|&(_, &count)| count == 0)
            .map(|(&node, _)| node);
        let mut todo: Vec<Node> = first.into_iter().chain(free).collect();
        let mut removed = NodeSet::of(self);
        while let Some(node) = todo.pop() {
            if !applied.contains(node) || !removed.insert(node) {
                continue;
            }
            todo.extend(self.needed_by(node));
            for parent in self.parents(node) {
                if let Some(count) = standing.get_mut(parent) {
                    *count -= 1;
                    if *count == 0 {
                        todo.push(*parent);
                    }
                }
            }
        }
        removed
    }

    /// The line of a label above a revision (none: above base): the part below the revision that carries the
    /// label, where others may stand, and where the part that is the label's own begins.
    fn own_line(&self, carrier: Node, above: Option<Node>) -> (NodeSet, Vec<Node>) {
        let below = self.with_ancestors(carrier);
        let Some(above) = above else {
            return (below, [carrier].into());
        };
        let children = self.child_nodes(above);
        if above == carrier || !below.contains(above) {
            return (NodeSet::of(self), children.to_vec());
        }
        let line = below.intersection(&self.with_descendants(children.iter().copied()));
        (line, [carrier].into())
    }
}

/// A plan being made: it sees to it that the first step deletes the rows that others imply.
struct Recorder {
    from: Vec<String>,
    to: Vec<RevisionId>,
    redundant: Vec<RevisionId>,
    steps: Vec<Step>,
}

impl Recorder {
    fn new(current: &Heads) -> Self {
        let rows: BTreeSet<&RevisionId> = current.rows().iter().chain(current.redundant()).collect();
        Self {
            from: rows.iter().map(|row| row.as_str().into()).collect(),
            to: rows.into_iter().cloned().collect(),
            redundant: current.redundant().to_vec(),
            steps: Vec::new(),
        }
    }

    fn record(
        &mut self,
        direction: Direction,
        revision: Option<&RevisionId>,
        mut changes: Vec<VersionChange>,
        heads_after: Vec<RevisionId>,
    ) {
        for row in core::mem::take(&mut self.redundant).into_iter().rev() {
            // A row that others implied until now, and that has to stand from now on, just stays.
            let insert = VersionChange::Insert(row.clone());
            match changes.iter().position(|change| *change == insert) {
                Some(place) => drop(changes.remove(place)),
                None => changes.insert(0, VersionChange::Delete(row)),
            }
        }
        self.to.clone_from(&heads_after);
        self.steps.push(Step {
            direction,
            revision: revision.cloned(),
            changes,
            heads_after,
        });
    }

    fn plan(self) -> Plan {
        Plan {
            from: self.from,
            to: self.to,
            steps: self.steps,
        }
    }
}
