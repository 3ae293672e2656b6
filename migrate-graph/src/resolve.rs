//! What a target means here: spec, map and current heads in, revisions out.
//!
//! No spec survives this file. What it takes to get to the revisions is for [`plan`](crate::plan).

use crate::heads::{Applied, Heads};
use crate::map::{Node, RevisionMap};
use crate::nearest::nearest;
use crate::refusal::ResolveError;
use crate::revision::RevisionId;
use crate::spec::{Offset, RevisionSpec, Symbol};
use crate::walk::NodeSet;
use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::{String, ToString},
    vec,
    vec::Vec,
};

/// What a downgrade removes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Removal {
    /// Everything above a revision (none: everything), on every branch.
    Above(Option<Node>),
    /// What is above it on the line of a label, given by the revision that carries the label.
    OnLine { carrier: Node, above: Option<Node> },
    /// A revision and all that needs it, which leads to the first one below.
    From { first: Node, above: Option<Node> },
}

/// Where a stamp leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stamped {
    /// Nothing is applied, or nothing of the line of a label, given by the revision that carries it.
    Base(Option<Node>),
    /// This revision is applied, and nothing above it.
    At(Node),
}

/// The label of a target: the revision that carries it, and its line.
struct Branch {
    label: String,
    carrier: Node,
    line: NodeSet,
}

/// One target being resolved.
struct Resolver<'a> {
    map: &'a RevisionMap,
    spec: &'a RevisionSpec,
    applied: &'a Applied<'a>,
    branch: Option<Branch>,
}

impl RevisionMap {
    /// The revisions that a target means for a command which only looks at them, or builds on them (`show`,
    /// `edit`, `merge`, `revision --head`), sorted by id; none for `base`.
    ///
    /// `-N` counts from the heads of the sources, `current` is where the database is.
    ///
    /// # Errors
    /// [`ResolveError`] when the target means nothing here, or cannot tell which of several is meant.
    pub fn resolve(&self, spec: &RevisionSpec, current: &Heads) -> Result<Vec<RevisionId>, ResolveError> {
        let applied = Applied::new(self, current)?;
        let nodes = self.looked_at(spec, &applied)?;
        Ok(self.ids(nodes))
    }

    pub(crate) fn looked_at(
        &self,
        spec: &RevisionSpec,
        applied: &Applied<'_>,
    ) -> Result<Vec<Node>, ResolveError> {
        let resolver = Resolver::new(self, spec, applied)?;
        let mut found = match (&spec.symbol, spec.offset) {
            (Some(symbol), None) => resolver.places(symbol)?,
            (Some(symbol), Some(offset)) => resolver.walk(symbol, offset)?.into_iter().collect(),
            (None, Some(Offset::Down(steps))) => {
                let walks = resolver
                    .heads()
                    .into_iter()
                    .map(|head| resolver.down(head, steps));
                walks.filter_map(Result::transpose).collect::<Result<_, _>>()?
            }
            (None, Some(Offset::Up(_)) | None) => return Err(resolver.too_far()),
        };
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The revisions that the end of a range means, where `current` is the start: an offset leads as far up as there
    /// is something.
    pub(crate) fn range_end(
        &self,
        spec: &RevisionSpec,
        start: &Applied<'_>,
        applied: &Applied<'_>,
    ) -> Result<Vec<Node>, ResolveError> {
        let top = |resolver: &Resolver<'_>, node, steps| {
            let (top, _) = resolver.climb(node, steps)?;
            Ok(top.into_iter().collect())
        };
        match (&spec.symbol, spec.offset) {
            (Some(symbol), Some(Offset::Up(steps))) => {
                let resolver = Resolver::new(self, spec, applied)?;
                top(&resolver, resolver.only(symbol)?, steps)
            }
            (Some(_), Some(Offset::Down(_)) | None) => self.looked_at(spec, applied),
            (None, Some(Offset::Up(steps))) => {
                let resolver = Resolver::new(self, spec, start)?;
                top(&resolver, resolver.upgrade_start()?, steps)
            }
            (None, Some(Offset::Down(_)) | None) => Err(Resolver::new(self, spec, start)?.too_far()),
        }
    }

    /// The revisions that an upgrade must reach.
    pub(crate) fn upgrade_targets(
        &self,
        spec: &RevisionSpec,
        applied: &Applied<'_>,
    ) -> Result<Vec<Node>, ResolveError> {
        let resolver = Resolver::new(self, spec, applied)?;
        match (&spec.symbol, spec.offset) {
            (Some(Symbol::Current), _) => Err(resolver.cant_locate("current")),
            (Some(Symbol::Head), None) => Ok(resolver.only(&Symbol::Head)?.into_iter().collect()),
            (Some(symbol), None) => resolver.places(symbol),
            (Some(symbol), Some(offset)) => Ok(resolver.walk(symbol, offset)?.into_iter().collect()),
            (None, Some(Offset::Up(steps))) if steps > 0 => {
                let start = resolver.upgrade_start()?;
                Ok(resolver.up(start, steps)?.into_iter().collect())
            }
            (None, Some(Offset::Up(_) | Offset::Down(_)) | None) => Err(resolver.too_far()),
        }
    }

    /// What a downgrade must remove.
    pub(crate) fn removal(
        &self,
        spec: &RevisionSpec,
        applied: &Applied<'_>,
    ) -> Result<Removal, ResolveError> {
        let resolver = Resolver::new(self, spec, applied)?;
        let above = match (&spec.symbol, spec.offset) {
            (Some(Symbol::Current), _) => return Err(resolver.cant_locate("current")),
            (Some(symbol), None) => resolver.only(symbol)?,
            (Some(symbol), Some(offset)) => resolver.walk(symbol, offset)?,
            (None, Some(Offset::Down(steps))) if steps > 0 => {
                let start = resolver.downgrade_start()?;
                if resolver.branch.is_none() {
                    // The last step alone decides: its upper end is where the removal begins.
                    let first = resolver
                        .down(start, steps - 1)?
                        .ok_or_else(|| resolver.too_far())?;
                    let above = resolver.down(first, 1)?;
                    return Ok(Removal::From { first, above });
                }
                resolver.down(start, steps)?
            }
            (None, Some(Offset::Up(_) | Offset::Down(_)) | None) => return Err(resolver.too_far()),
        };
        Ok(match resolver.branch {
            Some(Branch { carrier, .. }) => Removal::OnLine { carrier, above },
            None => Removal::Above(above),
        })
    }

    /// Where a stamp leads; sorted, with bases first.
    pub(crate) fn stamped(
        &self,
        specs: &[RevisionSpec],
        applied: &Applied<'_>,
    ) -> Result<BTreeSet<Stamped>, ResolveError> {
        let mut places = BTreeSet::new();
        for spec in specs {
            let resolver = Resolver::new(self, spec, applied)?;
            let found = resolver.stamp_targets()?;
            let base = Stamped::Base(resolver.branch.as_ref().map(|branch| branch.carrier));
            places.extend(found.into_iter().map(|node| node.map_or(base, Stamped::At)));
        }
        let nodes: BTreeSet<Node> = places
            .iter()
            .filter_map(|place| match *place {
                Stamped::Base(_) => None,
                Stamped::At(node) => Some(node),
            })
            .collect();
        self.check_overlap(&nodes)?;
        Ok(places)
    }

    /// Refuses targets of which one needs another.
    fn check_overlap(&self, nodes: &BTreeSet<Node>) -> Result<(), ResolveError> {
        let below = |node: Node| self.with_needs(self.needs(node).iter().copied());
        let all = self.with_needs(nodes.iter().flat_map(|&node| self.needs(node).iter().copied()));
        let Some(&lower) = nodes.iter().find(|&&node| all.contains(node)) else {
            return Ok(());
        };
        let uppers = nodes.iter().filter(|&&node| below(node).contains(lower));
        Err(ResolveError::Overlap {
            revision: self.id(lower).clone(),
            others: self.ids(uppers.copied()),
        })
    }

    /// The revision of a name, wherever it is.
    pub(crate) fn locate(&self, name: &str) -> Result<Node, ResolveError> {
        self.located(name, None)
    }

    /// The revision of a name: an id, a label, or the beginning of one of four characters or more. With a
    /// branch, only what is on its line counts.
    fn located(&self, name: &str, branch: Option<&Branch>) -> Result<Node, ResolveError> {
        if let Some(node) = self.node(name).or_else(|| self.carrier(name)) {
            return match branch {
                Some(branch) if !branch.line.contains(node) => Err(ResolveError::NotAMember {
                    name: name.into(),
                    revision: self.id(node).clone(),
                    label: branch.label.clone(),
                }),
                Some(_) | None => Ok(node),
            };
        }
        let mut matches: BTreeMap<&str, Node> = BTreeMap::new();
        if !name.is_empty() {
            let begins = self
                .names_with_prefix(name)
                .filter(|(candidate, _)| candidate.len() > 3);
            matches
                .extend(begins.filter(|&(_, node)| branch.is_none_or(|branch| branch.line.contains(node))));
        }
        let nodes: BTreeSet<Node> = matches.values().copied().collect();
        match (nodes.len(), nodes.first()) {
            (1, Some(&node)) => Ok(node),
            (0, _) | (_, None) => Err(ResolveError::CantLocate {
                name: name.into(),
                nearest: nearest(name, self.names()).map(String::from),
            }),
            (_, Some(_)) => Err(ResolveError::AmbiguousId {
                name: name.into(),
                matches: matches.into_keys().map(String::from).collect(),
            }),
        }
    }
}

impl<'a> Resolver<'a> {
    /// Where a stamp leads, `None` for base. `+N` and `-N` count from where the database is, as for an upgrade and a
    /// downgrade; Alembic's stamp takes neither, though its users ask it to.
    fn stamp_targets(&self) -> Result<Vec<Option<Node>>, ResolveError> {
        let one = |node: Option<Node>| Ok([node].into());
        match (&self.spec.symbol, self.spec.offset) {
            (Some(Symbol::Current), _) => Err(self.cant_locate("current")),
            (Some(Symbol::Base), None) => one(None),
            (Some(symbol @ Symbol::Head), None) => one(self.only(symbol)?),
            (Some(symbol), None) => Ok(self.places(symbol)?.into_iter().map(Some).collect()),
            (Some(symbol), Some(offset)) => one(self.walk(symbol, offset)?),
            (None, Some(Offset::Up(steps))) if steps > 0 => one(self.up(self.upgrade_start()?, steps)?),
            (None, Some(Offset::Down(steps))) if steps > 0 => one(self.down(self.downgrade_start()?, steps)?),
            (None, Some(Offset::Up(_) | Offset::Down(_)) | None) => Err(self.too_far()),
        }
    }

    fn new(
        map: &'a RevisionMap,
        spec: &'a RevisionSpec,
        applied: &'a Applied<'a>,
    ) -> Result<Self, ResolveError> {
        let branch = match &spec.label {
            None => None,
            Some(label) => {
                let carrier = map.locate(label)?;
                Some(Branch {
                    label: label.clone(),
                    carrier,
                    line: map.line(carrier),
                })
            }
        };
        Ok(Self {
            map,
            spec,
            applied,
            branch,
        })
    }

    fn on_line(&self, node: Node) -> bool {
        self.branch
            .as_ref()
            .is_none_or(|branch| branch.line.contains(node))
    }

    /// The heads of the line, without those that another of them needs.
    fn heads(&self) -> Vec<Node> {
        let map = self.map;
        let heads: Vec<Node> = map
            .nodes()
            .filter(|&node| map.child_nodes(node).is_empty() && self.on_line(node))
            .collect();
        let needed = map.with_needs(heads.iter().flat_map(|&head| map.needs(head).iter().copied()));
        heads.into_iter().filter(|&head| !needed.contains(head)).collect()
    }

    /// All revisions that a symbol means: none for `base`.
    fn places(&self, symbol: &Symbol) -> Result<Vec<Node>, ResolveError> {
        Ok(match symbol {
            Symbol::Base => Vec::new(),
            Symbol::Head => self.only(symbol)?.into_iter().collect(),
            Symbol::Heads => self.heads(),
            Symbol::Current => self
                .applied
                .rows()
                .iter()
                .copied()
                .filter(|&row| self.on_line(row))
                .collect(),
            Symbol::Name(name) => vec![self.map.located(name, self.branch.as_ref())?],
        })
    }

    /// The one revision that a symbol means: none for `base`, and where there are none.
    fn only(&self, symbol: &Symbol) -> Result<Option<Node>, ResolveError> {
        let found = match symbol {
            Symbol::Head => self.heads(),
            Symbol::Heads | Symbol::Base | Symbol::Current | Symbol::Name(_) => self.places(symbol)?,
        };
        match (found.as_slice(), symbol) {
            ([], _) => Ok(None),
            (&[node], _) => Ok(Some(node)),
            (several, Symbol::Current) => Err(self.ambiguous_current(several)),
            (several, _) => Err(ResolveError::MultipleHeads {
                target: self.spec.text.clone(),
                heads: self.ids(several),
            }),
        }
    }

    /// Some revisions up or down from the one that a symbol means.
    fn walk(&self, symbol: &Symbol, offset: Offset) -> Result<Option<Node>, ResolveError> {
        match (self.only(symbol)?, offset) {
            (start, Offset::Up(steps)) => self.up(start, steps),
            (Some(start), Offset::Down(steps)) => self.down(start, steps),
            (None, Offset::Down(0)) => Ok(None),
            (None, Offset::Down(_)) => Err(self.too_far()),
        }
    }

    /// Goes up along the line, from a revision or from base.
    fn up(&self, start: Option<Node>, steps: u32) -> Result<Option<Node>, ResolveError> {
        match self.climb(start, steps)? {
            (node, 0) => Ok(node),
            (_, _) => Err(self.too_far()),
        }
    }

    /// Goes up along the line as far as there is something: where that leads, and how many steps are left.
    fn climb(&self, start: Option<Node>, steps: u32) -> Result<(Option<Node>, u32), ResolveError> {
        let map = self.map;
        let mut node = start;
        for left in (1..=steps).rev() {
            let next: Vec<Node> = match node {
                Some(node) => map
                    .child_nodes(node)
                    .iter()
                    .copied()
                    .filter(|&node| self.on_line(node))
                    .collect(),
                None => map
                    .nodes()
                    .filter(|&node| map.parents(node).is_empty() && self.on_line(node))
                    .collect(),
            };
            node = Some(match next.as_slice() {
                &[next] => next,
                [] => return Ok((node, left)),
                several => return Err(self.ambiguous(several, node)),
            });
        }
        Ok((node, 0))
    }

    /// Goes down, at most to base.
    fn down(&self, start: Node, steps: u32) -> Result<Option<Node>, ResolveError> {
        let mut node = Some(start);
        for _ in 0..steps {
            let below = node.ok_or_else(|| self.too_far())?;
            node = match self.map.parents(below) {
                [] => None,
                &[parent] => Some(parent),
                several => return Err(self.ambiguous(several, node)),
            };
        }
        Ok(node)
    }

    /// Where `+N` counts from: the only row, or with a label the only row on its line, else the only applied
    /// revision on it that no other one there needs, else base.
    fn upgrade_start(&self) -> Result<Option<Node>, ResolveError> {
        let mut starts = self.places(&Symbol::Current)?;
        if let (Some(branch), true) = (&self.branch, starts.is_empty()) {
            starts = self
                .map
                .tips(&self.applied.nodes().clone().intersection(&branch.line));
        }
        match starts.as_slice() {
            [] => Ok(None),
            &[start] => Ok(Some(start)),
            several => Err(self.ambiguous_current(several)),
        }
    }

    /// Where `-N` counts from: the only row, or with a label the only row on its line, else the only applied
    /// revision on it that no applied one revises.
    fn downgrade_start(&self) -> Result<Node, ResolveError> {
        let mut starts = self.places(&Symbol::Current)?;
        if self.branch.is_some() && starts.is_empty() {
            let applied = self.applied.nodes();
            let revised = |node| {
                self.map
                    .child_nodes(node)
                    .iter()
                    .any(|&child| applied.contains(child))
            };
            starts = applied
                .iter()
                .filter(|&node| self.on_line(node) && !revised(node))
                .collect();
        }
        match starts.as_slice() {
            [] => Err(self.too_far()),
            &[start] => Ok(start),
            several => Err(self.ambiguous_current(several)),
        }
    }

    fn ids(&self, nodes: &[Node]) -> Vec<RevisionId> {
        let mut nodes = nodes.to_vec();
        nodes.sort_unstable();
        self.map.ids(nodes)
    }

    fn too_far(&self) -> ResolveError {
        ResolveError::Relative {
            target: self.spec.text.clone(),
            offset: self.spec.offset.unwrap_or(Offset::Up(0)),
        }
    }

    fn ambiguous(&self, candidates: &[Node], from: Option<Node>) -> ResolveError {
        ResolveError::AmbiguousWalk {
            target: self.spec.text.clone(),
            from: from.map(|node| self.map.id(node).clone()),
            candidates: self.ids(candidates),
        }
    }

    fn ambiguous_current(&self, rows: &[Node]) -> ResolveError {
        ResolveError::AmbiguousCurrent {
            target: self.spec.text.clone(),
            offset: self.spec.offset.filter(|_| self.spec.symbol.is_none()),
            rows: self.ids(rows),
        }
    }

    fn cant_locate(&self, name: &str) -> ResolveError {
        ResolveError::CantLocate {
            name: name.to_string(),
            nearest: None,
        }
    }
}
