//! Every graph of up to five revisions, every target, against a naive model.
//!
//! Up to four revisions are tried with every state of a database, five with one state and
//! one revision to name in targets, which differ from graph to graph: all of them take minutes.
//! Between two revisions there is no link, or the later revises the earlier, or depends on it. Graphs that
//! differ only in the names of their revisions are tried once, under names whose order agrees with the links
//! in one half of the cases, and not in the other.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod replay;

use migrate_graph::{ErrorKind, Heads, Plan, Revision, RevisionId, RevisionMap, RevisionSpec};
use std::{collections::BTreeSet, ops::Range};

/// A set of revisions, a bit for each.
type Set = u8;

fn members(set: Set) -> impl Iterator<Item = usize> {
    (0..8).filter(move |bit| set >> bit & 1 == 1)
}

/// A graph as the naive model sees it: sets, and loops until nothing changes.
struct Model {
    count: usize,
    down: Vec<Set>,
    needs: Vec<Set>,
    names: Vec<&'static str>,
}

impl Model {
    fn grow(&self, set: Set, mut joins: impl FnMut(usize, Set) -> bool) -> Set {
        let mut grown = set;
        loop {
            let new = (0..self.count)
                .filter(|&r| grown >> r & 1 == 0 && joins(r, grown))
                .fold(0, |s, r| s | 1 << r);
            if new == 0 {
                return grown;
            }
            grown |= new;
        }
    }

    fn with_needs(&self, set: Set) -> Set {
        self.grow(set, |r, grown| {
            members(grown).any(|other| self.needs[other] >> r & 1 == 1)
        })
    }

    fn with_needers(&self, set: Set) -> Set {
        self.grow(set, |r, grown| self.needs[r] & grown != 0)
    }

    fn ancestors(&self, r: usize) -> Set {
        self.grow(1 << r, |r, grown| {
            members(grown).any(|other| self.down[other] >> r & 1 == 1)
        })
    }

    fn descendants(&self, set: Set) -> Set {
        self.grow(set, |r, grown| self.down[r] & grown != 0)
    }

    fn children(&self, r: usize) -> Set {
        (0..self.count)
            .filter(|&child| self.down[child] >> r & 1 == 1)
            .fold(0, |s, r| s | 1 << r)
    }

    fn bases(&self) -> Set {
        (0..self.count)
            .filter(|&r| self.down[r] == 0)
            .fold(0, |s, r| s | 1 << r)
    }

    fn all(&self) -> Set {
        ((1_u16 << self.count) - 1) as Set
    }

    fn rows(&self, applied: Set) -> Set {
        members(applied)
            .filter(|&r| !members(applied).any(|o| self.needs[o] >> r & 1 == 1))
            .fold(0, |s, r| s | 1 << r)
    }

    /// All sets that hold what their members need.
    fn states(&self) -> Vec<Set> {
        (0..=self.all())
            .filter(|&set| self.with_needs(set) == set)
            .collect()
    }

    /// What a downgrade to a revision removes, and with a label one to `label@X`.
    fn removed(&self, applied: Set, label: Option<usize>, to: Option<usize>) -> Set {
        let above = to.map_or(self.all(), |to| self.descendants(self.children(to)));
        let Some(carrier) = label else {
            let first = to.map_or(applied, |to| self.children(to));
            return self.with_needers(first & applied) & applied;
        };
        let own = self.descendants(1 << carrier) & above;
        let line = self.ancestors(carrier) & above;
        self.grow(own & applied, |r, removed| {
            applied >> r & 1 == 1
                && (self.needs[r] & removed != 0
                    || line >> r & 1 == 1 && self.children(r) & applied & !removed == 0)
        })
    }

    fn names(&self, set: Set) -> BTreeSet<&str> {
        members(set).map(|r| self.names[r]).collect()
    }

    fn map(&self) -> RevisionMap {
        let revision = |r: usize| Revision {
            id: self.names[r].parse().unwrap(),
            down_revisions: members(self.down[r])
                .map(|d| self.names[d].parse().unwrap())
                .collect(),
            depends_on: members(self.needs[r] & !self.down[r])
                .map(|d| self.names[d].parse().unwrap())
                .collect(),
            branch_labels: vec![],
        };
        RevisionMap::new((0..self.count).map(revision).collect()).unwrap()
    }
}

/// Every graph of so many revisions, once for each shape.
fn graphs(count: usize) -> impl Iterator<Item = Model> {
    let pairs = count * count.saturating_sub(1) / 2;
    let permutations = permutations(count);
    (0..3_usize.pow(u32::try_from(pairs).unwrap())).filter_map(move |code| {
        let mut links = [[0; 5]; 5];
        let mut rest = code;
        for (upper, links) in links[..count].iter_mut().enumerate() {
            for link in &mut links[..upper] {
                *link = rest % 3;
                rest /= 3;
            }
        }
        permutations
            .iter()
            .all(|order| code <= renamed(count, &links, order))
            .then(|| {
                let set = |upper: usize, kinds: &[usize]| {
                    (0..upper)
                        .filter(|&lower| kinds.contains(&links[upper][lower]))
                        .fold(0, |s, r| s | 1 << r)
                };
                let forward = code % 2 == 0;
                let names = if forward {
                    ["a", "b", "c", "d", "e"]
                } else {
                    ["d", "b", "e", "a", "c"]
                };
                Model {
                    count,
                    down: (0..count).map(|upper| set(upper, &[1])).collect(),
                    needs: (0..count).map(|upper| set(upper, &[1, 2])).collect(),
                    names: names[..count].to_vec(),
                }
            })
    })
}

/// The code of a graph under other numbers; that of none when a link would lead to a later number.
fn renamed(count: usize, links: &[[usize; 5]; 5], order: &[usize]) -> usize {
    let (mut code, mut place) = (0, 1);
    for upper in 1..count {
        for lower in 0..upper {
            if links[order[lower]][order[upper]] != 0 {
                return usize::MAX;
            }
            code += links[order[upper]][order[lower]] * place;
            place *= 3;
        }
    }
    code
}

fn permutations(count: usize) -> Vec<Vec<usize>> {
    let mut all = vec![vec![]];
    for next in 0..count {
        all = all
            .iter()
            .flat_map(|order| {
                (0..=next).map(move |place| [&order[..place], &[next], &order[place..]].concat())
            })
            .collect();
    }
    all
}

/// What is expected of a plan: what is applied at the end, or the kind of refusal.
type Expected = Result<Set, ErrorKind>;

struct Case<'a> {
    model: &'a Model,
    map: &'a RevisionMap,
    heads: &'a Heads,
    applied: Set,
    /// The revisions that targets name, before `@` or alone.
    named: Range<usize>,
}

impl Case<'_> {
    fn check(&self, command: &str, target: &str, expected: Expected) {
        let spec = RevisionSpec::parse(target).unwrap();
        let plan = match command {
            "upgrade" => self.map.plan_upgrade(self.heads, &spec),
            "downgrade" => self.map.plan_downgrade(self.heads, &spec),
            _ => self.map.plan_stamp(self.heads, &[spec]),
        };
        let told = || {
            let revisions: Vec<String> = self.map.iter().map(|revision| format!("{revision:?}")).collect();
            format!(
                "{command} {target} from {:?} in\n{}",
                self.heads,
                revisions.join("\n")
            )
        };
        match (&plan, expected) {
            (Ok(plan), Ok(after)) => self.check_plan(command, plan, after, &told),
            (Err(error), Err(kind)) => assert_eq!(error.kind(), kind, "{}", told()),
            (Ok(_), Err(_)) | (Err(_), Ok(_)) => panic!("{plan:?}, not {expected:?}: {}", told()),
        }
    }

    fn check_plan(&self, command: &str, plan: &Plan, after: Set, told: &dyn Fn() -> String) {
        let model = self.model;
        let ids = |ids: &[RevisionId]| {
            ids.iter()
                .map(|id| model.names.iter().position(|n| *n == id.as_str()).unwrap())
                .fold(0, |s: Set, r| s | 1 << r)
        };
        replay::replay(plan);
        assert_eq!(ids(&plan.to), model.rows(after), "{}", told());
        if command == "stamp" {
            return;
        }
        let mut applied = self.applied;
        for step in &plan.steps {
            applied ^= ids(step.revision.as_slice());
            assert_eq!(
                applied,
                model.with_needs(applied),
                "a prefix is closed: {}",
                told()
            );
            assert_eq!(ids(&step.heads_after), model.rows(applied), "{}", told());
        }
        assert_eq!(applied, after, "{}", told());
        assert_eq!(
            plan.steps.len(),
            (self.applied ^ after).count_ones() as usize,
            "each once: {}",
            told()
        );
    }

    fn check_all(&self) {
        let (model, applied) = (self.model, self.applied);
        let rows = model.rows(applied);
        self.check("upgrade", "heads", Ok(model.all()));
        self.check("downgrade", "base", Ok(0));
        self.check("stamp", "base", Ok(0));
        let heads = model.rows(model.all()).count_ones();
        let head = if heads > 1 {
            Err(ErrorKind::MultipleHeads)
        } else {
            Ok(model.all())
        };
        self.check("upgrade", "head", head);
        self.check("stamp", "head", head);
        for to in self.named.clone() {
            let name = model.names[to];
            let removed = model.removed(applied, None, Some(to));
            let refused = removed == 0 && rows >> to & 1 == 0;
            let down = if refused {
                Err(ErrorKind::NotAValidTarget)
            } else {
                Ok(applied & !removed)
            };
            self.check("upgrade", name, Ok(applied | model.with_needs(1 << to)));
            self.check("downgrade", name, down);
            self.check("stamp", name, Ok(applied & !removed | model.with_needs(1 << to)));
            self.check_relative(to);
            for carrier in 0..model.count {
                let target = format!("{}@{name}", model.names[carrier]);
                let line = model.ancestors(carrier) | model.descendants(1 << carrier);
                let removed = model.removed(applied, Some(carrier), Some(to));
                let down = match (line >> to & 1, removed == 0 && rows >> to & 1 == 0) {
                    (0, _) => Err(ErrorKind::CantLocate),
                    (_, true) => Err(ErrorKind::NotAValidTarget),
                    (_, false) => Ok(applied & !removed),
                };
                self.check("downgrade", &target, down);
            }
            let target = format!("{name}@base");
            self.check(
                "downgrade",
                &target,
                Ok(applied & !model.removed(applied, Some(to), None)),
            );
            self.check(
                "stamp",
                &target,
                Ok(applied & !model.removed(applied, Some(to), None)),
            );
        }
        self.check_counted();
    }

    /// `X+1` and `X-1`.
    fn check_relative(&self, from: usize) {
        let (model, applied, name) = (self.model, self.applied, self.model.names[from]);
        let up = single(model.children(from)).map(|r| applied | model.with_needs(1 << r));
        self.check("upgrade", &format!("{name}+1"), up);
        let down = if model.down[from] == 0 {
            Ok(None)
        } else {
            single(model.down[from]).map(Some)
        };
        let removed = |to: Option<usize>| match to {
            Some(to) if model.removed(applied, None, Some(to)) == 0 && model.rows(applied) >> to & 1 == 0 => {
                Err(ErrorKind::NotAValidTarget)
            }
            to => Ok(applied & !model.removed(applied, None, to)),
        };
        self.check("downgrade", &format!("{name}-1"), down.and_then(removed));
    }

    /// `+1` and `-1`, from the rows.
    fn check_counted(&self) {
        let (model, applied) = (self.model, self.applied);
        let rows = model.rows(applied);
        let up = if rows == 0 {
            single(model.bases())
        } else {
            single(rows).and_then(|r| single(model.children(r)))
        };
        self.check("upgrade", "+1", up.map(|r| applied | model.with_needs(1 << r)));
        let down = single(rows).and_then(|row| match model.down[row].count_ones() {
            0 | 1 => Ok(applied & !(1 << row)),
            _ => Err(ErrorKind::AmbiguousTarget),
        });
        self.check("downgrade", "-1", down);
    }
}

/// The only member of a set: none is too few steps, several are ambiguous.
fn single(set: Set) -> Result<usize, ErrorKind> {
    match set.count_ones() {
        0 => Err(ErrorKind::Relative),
        1 => Ok(set.trailing_zeros() as usize),
        _ => Err(ErrorKind::AmbiguousTarget),
    }
}

impl Model {
    fn check(&self, states: &[Set], named: &Range<usize>) {
        let map = self.map();
        for &applied in states {
            let rows: Vec<&str> = self.names(self.rows(applied)).into_iter().collect();
            let heads = Heads::read(&map, &rows).unwrap();
            let named = named.clone();
            Case {
                model: self,
                map: &map,
                heads: &heads,
                applied,
                named,
            }
            .check_all();
        }
    }
}

#[test]
fn every_graph_and_state_of_up_to_four_revisions() {
    let check = |count| {
        graphs(count)
            .map(|model| model.check(&model.states(), &(0..count)))
            .count()
    };
    assert_eq!((0..=4).map(check).collect::<Vec<_>>(), [1, 1, 3, 21, 425]);
}

#[test]
fn every_graph_of_five_revisions() {
    let mut seen = 0;
    for model in graphs(5) {
        let states = model.states();
        let state = states[seen % states.len()];
        model.check(&[state], &(seen % 5..seen % 5 + 1));
        seen += 1;
    }
    assert_eq!(seen, 26_422);
}
