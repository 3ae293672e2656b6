//! What holds for every graph and every way through it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod replay;

use migrate_graph::{Draft, Heads, Plan, Rebase, Revision, RevisionId, RevisionMap, RevisionSpec};
use proptest::{collection::vec, prelude::*, sample::Index};
use std::{
    collections::{BTreeMap, BTreeSet},
    slice,
};

/// A valid graph: each revision takes its links from those before it; ids have nothing to do with that order.
fn graph() -> impl Strategy<Value = Vec<Revision>> {
    let node = (
        0..1000_u32,
        vec(any::<Index>(), 0..3),
        vec(any::<Index>(), 0..2),
        prop::bool::weighted(0.2),
    );
    vec(node, 1..40).prop_map(|nodes| {
        let id = |place: usize, number: u32| format!("r{number:03}.{place}");
        let mut revisions: Vec<Revision> = Vec::new();
        for (place, (number, parents, needs, labelled)) in nodes.into_iter().enumerate() {
            let among = |picks: Vec<Index>| -> BTreeSet<RevisionId> {
                let picks = picks.into_iter().filter(|_| place > 0);
                picks
                    .map(|pick| revisions[pick.index(place)].id.clone())
                    .collect()
            };
            let down_revisions = among(parents).into_iter().collect();
            let depends_on = among(needs)
                .iter()
                .map(|id| id.as_str().parse().unwrap())
                .collect();
            revisions.push(Revision {
                id: id(place, number).parse().unwrap(),
                down_revisions,
                depends_on,
                branch_labels: labelled
                    .then(|| format!("label{place}").parse().unwrap())
                    .into_iter()
                    .collect(),
            });
        }
        revisions
    })
}

fn spec(text: &str) -> RevisionSpec {
    RevisionSpec::parse(text).unwrap()
}

/// Everything that some revisions need, themselves included.
fn closure(revisions: &[Revision], start: impl IntoIterator<Item = RevisionId>) -> BTreeSet<RevisionId> {
    let needs: BTreeMap<&str, Vec<RevisionId>> = revisions
        .iter()
        .map(|revision| {
            let dependencies = revision
                .depends_on
                .iter()
                .map(|name| name.as_str().parse().unwrap());
            let needs = revision
                .down_revisions
                .iter()
                .cloned()
                .chain(dependencies)
                .collect();
            (revision.id.as_str(), needs)
        })
        .collect();
    let mut found = BTreeSet::new();
    let mut todo: Vec<RevisionId> = start.into_iter().collect();
    while let Some(id) = todo.pop() {
        todo.extend(needs[id.as_str()].iter().cloned());
        found.insert(id);
    }
    found
}

/// Every revision with its ancestors by `down_revision`, itself included.
fn ancestors(revisions: &[Revision]) -> BTreeMap<RevisionId, BTreeSet<RevisionId>> {
    let lines: Vec<Revision> = revisions
        .iter()
        .cloned()
        .map(|revision| Revision {
            depends_on: vec![],
            ..revision
        })
        .collect();
    let ids = lines.iter().map(|revision| revision.id.clone());
    ids.map(|id| (id.clone(), closure(&lines, [id]))).collect()
}

/// The merges of which one parent is an ancestor of another.
fn merges_of_an_ancestor(revisions: &[Revision]) -> BTreeSet<&RevisionId> {
    let above = ancestors(revisions);
    let overlaps = |revision: &&Revision| {
        let parents = &revision.down_revisions;
        let within = |one: &RevisionId| {
            parents
                .iter()
                .any(|other| other != one && above[other].contains(one))
        };
        parents.iter().any(within)
    };
    revisions
        .iter()
        .filter(overlaps)
        .map(|revision| &revision.id)
        .collect()
}

/// Rewrites the one link that a rebase is about, and checks everything that may and may not change by it.
fn check_rebase(revisions: &[Revision], rebase: &Rebase) {
    let mut after = revisions.to_vec();
    let first = after
        .iter_mut()
        .find(|revision| revision.id == rebase.first)
        .unwrap();
    assert!(
        first.down_revisions.iter().eq(&rebase.was),
        "what the first one revised"
    );
    first.down_revisions = vec![rebase.onto.clone()];

    let (map, new) = (
        RevisionMap::new(revisions.to_vec()).unwrap(),
        RevisionMap::new(after.clone()).unwrap(),
    );
    let heads: Vec<&RevisionId> = new.heads().map(|head| &head.id).collect();
    let before: Vec<&RevisionId> = map
        .heads()
        .map(|head| &head.id)
        .filter(|head| **head != rebase.onto)
        .collect();
    assert_eq!(heads, before, "one head fewer");
    let (was, is) = (ancestors(revisions), ancestors(&after));
    assert!(is[&rebase.head].is_superset(&was[&rebase.onto]), "one line");
    let moved: Vec<&RevisionId> = was.keys().filter(|id| was[*id] != is[*id]).collect();
    assert_eq!(
        moved,
        rebase
            .moved
            .iter()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>(),
        "what moved"
    );
    assert_eq!(rebase.moved[0], rebase.first);
    assert!(merges_of_an_ancestor(&after).is_subset(&merges_of_an_ancestor(revisions)));
    check(
        &after,
        &new.plan_upgrade(&Heads::default(), &spec("heads")).unwrap(),
    );
}

/// Checks every step of a plan: what is applied holds its needs, and no row needs another.
fn check(revisions: &[Revision], plan: &Plan) {
    replay::replay(plan);
    let rows = plan.from.iter().map(|row| row.parse().unwrap());
    let mut applied = closure(revisions, rows);
    for step in &plan.steps {
        let revision = step.revision.clone().unwrap();
        if !applied.remove(&revision) {
            applied.insert(revision);
        }
        assert_eq!(
            closure(revisions, applied.clone()),
            applied,
            "what is applied holds its needs"
        );
        assert_eq!(
            closure(revisions, step.heads_after.clone()),
            applied,
            "the rows imply what is applied"
        );
        for row in &step.heads_after {
            let others = step.heads_after.iter().filter(|other| *other != row).cloned();
            assert!(!closure(revisions, others).contains(row), "no row needs another");
        }
    }
}

/// The state that a database is in after upgrades to some revisions, with rows that others imply as well.
fn state(map: &RevisionMap, revisions: &[Revision], tops: &[Index], extra: &[Index]) -> Heads {
    let mut heads = Heads::default();
    for top in tops {
        let plan = map
            .plan_upgrade(&heads, &spec(revisions[top.index(revisions.len())].id.as_str()))
            .unwrap();
        check(revisions, &plan);
        heads = Heads::read(map, &plan.to.iter().map(RevisionId::as_str).collect::<Vec<_>>()).unwrap();
    }
    let applied: Vec<RevisionId> = closure(revisions, heads.rows().iter().cloned())
        .into_iter()
        .collect();
    let extra = extra
        .iter()
        .filter(|_| !applied.is_empty())
        .map(|row| applied[row.index(applied.len())].as_str());
    let rows: BTreeSet<&str> = heads.rows().iter().map(RevisionId::as_str).chain(extra).collect();
    let rows: Vec<&str> = rows.into_iter().collect();
    Heads::read(map, &rows).unwrap()
}

proptest! {
    // A failure prints the graph that it was found with; nothing is written beside the sources.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn up_to_heads_and_down_to_base_leaves_nothing(revisions in graph()) {
        let map = RevisionMap::new(revisions.clone()).unwrap();
        let up = map.plan_upgrade(&Heads::default(), &spec("heads")).unwrap();
        check(&revisions, &up);
        prop_assert_eq!(up.steps.len(), revisions.len());
        prop_assert!(up.to.iter().eq(map.effective_heads().map(|head| &head.id)));

        let heads = Heads::read(&map, &up.to).unwrap();
        let down = map.plan_downgrade(&heads, &spec("base")).unwrap();
        check(&revisions, &down);
        prop_assert!(down.to.is_empty());
        let there: Vec<_> = up.steps.iter().map(|step| &step.revision).collect();
        let back: Vec<_> = down.steps.iter().rev().map(|step| &step.revision).collect();
        prop_assert_eq!(there, back);
    }

    #[test]
    fn a_downgrade_undoes_the_upgrade_that_follows_it(
        revisions in graph(), tops in vec(any::<Index>(), 0..4), extra in vec(any::<Index>(), 0..3), to in any::<Index>(),
    ) {
        let map = RevisionMap::new(revisions.clone()).unwrap();
        let heads = state(&map, &revisions, &tops, &extra);
        let target = spec(revisions[to.index(revisions.len())].id.as_str());
        if let Ok(down) = map.plan_downgrade(&heads, &target) {
            check(&revisions, &down);
            let mut below = Heads::read(&map, &down.to).unwrap();
            for row in heads.rows() {
                let up = map.plan_upgrade(&below, &spec(row.as_str())).unwrap();
                check(&revisions, &up);
                below = Heads::read(&map, &up.to).unwrap();
            }
            prop_assert_eq!(below.rows(), heads.rows());
        }
    }

    #[test]
    fn a_stamp_leaves_the_rows_of_the_upgrade_and_the_downgrade_that_it_stands_for(
        revisions in graph(), tops in vec(any::<Index>(), 0..4), extra in vec(any::<Index>(), 0..3), to in any::<Index>(),
    ) {
        let map = RevisionMap::new(revisions.clone()).unwrap();
        let heads = state(&map, &revisions, &tops, &extra);
        let target = [spec(revisions[to.index(revisions.len())].id.as_str())];
        let stamp = map.plan_stamp(&heads, &target).unwrap();
        replay::replay(&stamp);
        let down = map.plan_downgrade(&heads, &target[0]);
        let rows = down.map_or_else(|_| heads.rows().to_vec(), |down| down.to);
        let up = map.plan_upgrade(&Heads::read(&map, &rows).unwrap(), &target[0]).unwrap();
        let (left, right) = (Heads::read(&map, &stamp.to).unwrap(), Heads::read(&map, &up.to).unwrap());
        prop_assert_eq!(left.rows(), right.rows());
    }

    #[test]
    fn any_target_is_answered_with_a_plan_that_holds_or_a_refusal(
        revisions in graph(), tops in vec(any::<Index>(), 0..4), extra in vec(any::<Index>(), 0..3),
        names in vec(any::<Index>(), 2), form in 0..16_usize, steps in 0..6_u32,
    ) {
        let map = RevisionMap::new(revisions.clone()).unwrap();
        let heads = state(&map, &revisions, &tops, &extra);
        let all: Vec<&str> = revisions
            .iter()
            .flat_map(|r| r.branch_labels.iter().map(|label| label.as_str()).chain([r.id.as_str()]))
            .collect();
        let (a, b) = (all[names[0].index(all.len())], all[names[1].index(all.len())]);
        let target = spec(&match form {
            0 => "head".into(),
            1 => "heads".into(),
            2 => "base".into(),
            3 => format!("+{steps}"),
            4 => format!("-{steps}"),
            5 => a.to_owned(),
            6 => a[..a.len() - 1].to_owned(),
            7 => format!("{a}+{steps}"),
            8 => format!("{a}-{steps}"),
            9 => format!("{a}@{b}"),
            10 => format!("{a}@head"),
            11 => format!("{a}@heads"),
            12 => format!("{a}@base"),
            13 => format!("{a}@+{steps}"),
            14 => format!("{a}@-{steps}"),
            _ => format!("{a}@{b}-{steps}"),
        });
        for plan in [map.plan_upgrade(&heads, &target), map.plan_downgrade(&heads, &target)].into_iter().flatten() {
            check(&revisions, &plan);
        }
        for plan in [map.plan_stamp(&heads, slice::from_ref(&target)), map.plan_purge(&[], slice::from_ref(&target))].into_iter().flatten() {
            replay::replay(&plan);
        }
    }

    #[test]
    fn any_text_is_a_target_or_a_refusal(text in "[a-c0-9@+:. -]{0,12}|.{0,8}") {
        let map = RevisionMap::new(Vec::new()).unwrap();
        if let Ok(spec) = RevisionSpec::parse(&text) {
            prop_assert_eq!(spec.to_string(), text);
            let _ = map.plan_upgrade(&Heads::default(), &spec);
        }
    }
    #[test]
    fn a_rebase_makes_one_line_of_two_heads_and_changes_nothing_else(
        revisions in graph(), head in any::<Index>(), onto in any::<Index>(),
    ) {
        let map = RevisionMap::new(revisions.clone()).unwrap();
        let heads: Vec<&RevisionId> = map.heads().map(|head| &head.id).collect();
        let (head, onto) = (heads[head.index(heads.len())], heads[onto.index(heads.len())]);
        if let Ok(rebase) = map.plan_rebase(head, onto) {
            check_rebase(&revisions, &rebase);
        }
    }

    #[test]
    fn what_is_drafted_loads_again_on_top_of_what_was_asked_for(
        revisions in graph(), names in vec((any::<Index>(), 0..5_usize), 0..3), needs in vec(any::<Index>(), 0..3),
        id in any::<Index>(), taken in prop::bool::weighted(0.1), splice: bool, merge: bool,
    ) {
        let map = RevisionMap::new(revisions.clone()).unwrap();
        let all: Vec<&str> = revisions
            .iter()
            .flat_map(|r| r.branch_labels.iter().map(|label| label.as_str()).chain([r.id.as_str()]))
            .collect();
        let name = |pick: &Index| all[pick.index(all.len())];
        let draft = Draft {
            id: if taken { name(&id) } else { "new" }.parse().unwrap(),
            heads: names.iter().map(|(pick, form)| spec(&match form {
                0 => "heads".into(),
                1 => format!("{}@head", name(pick)),
                2 => name(pick)[..name(pick).len() - 1].to_owned(),
                _ => name(pick).to_owned(),
            })).collect(),
            splice,
            branch_labels: vec![name(&id).trim_end_matches('1').parse().unwrap()],
            depends_on: needs.iter().map(|pick| spec(name(pick))).collect(),
        };
        let drafted = if merge { map.draft_merge(&draft) } else { map.draft(&draft) };
        if let Ok(revision) = drafted {
            prop_assert!(!merge || revision.down_revisions.len() > 1);
            prop_assert!(splice || revision.down_revisions.iter().all(|head| map.is_head(head.as_str())));
            let mut after = revisions;
            after.push(revision);
            prop_assert!(!merges_of_an_ancestor(&after).contains(&draft.id));
            let map = RevisionMap::new(after.clone()).unwrap();
            prop_assert!(map.is_effective_head(draft.id.as_str()));
            let plan = map.plan_upgrade(&Heads::default(), &spec("heads")).unwrap();
            replay::replay(&plan);
            prop_assert!(plan.to.contains(&draft.id));
        }
    }
}
