//! Rebases on drawn graphs: which two heads, and what changes or why nothing can.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use migrate_graph::{Rebase, RebaseError, RevisionId, RevisionMap};

#[path = "../src/drawn.rs"]
mod drawn;

fn names(ids: &[RevisionId]) -> String {
    ids.iter().map(RevisionId::as_str).collect::<Vec<_>>().join(" ")
}

fn shown(rebase: Result<Rebase, RebaseError>) -> String {
    match rebase {
        Ok(rebase) => format!(
            "{}<{} instead of {}; moved: {}",
            rebase.first,
            rebase.onto,
            rebase.was.as_ref().map_or("base", RevisionId::as_str),
            names(&rebase.moved)
        ),
        Err(error) => {
            let hints = error.hints().into_iter().map(|hint| format!("\n  hint: {hint}"));
            format!("{}: {error}{}", error.kind().as_str(), hints.collect::<String>())
        }
    }
}

/// Moves one head onto another, each `HEAD ONTO`.
fn rebases(drawing: &str, pairs: &[&str]) -> String {
    let map = RevisionMap::new(drawn::drawn(drawing)).unwrap();
    let one = |pair: &&str| {
        let (head, onto) = pair.split_once(' ').unwrap();
        let branch = names(&map.branch(head, onto));
        let rebase = shown(map.plan_rebase(&head.parse().unwrap(), &onto.parse().unwrap()));
        format!(
            "{pair} (branch: {branch})\n    {}",
            rebase.replace('\n', "\n    ")
        )
    };
    pairs.iter().map(one).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_branch_moves_onto_the_other_head_by_its_first_link() {
    insta::assert_snapshot!(rebases("a1; b2<a1; b3<b2; c2<a1; c3<c2", &["c3 b3", "b3 c3"]), @r"
    c3 b3 (branch: c2 c3)
        c2<b3 instead of a1; moved: c2 c3
    b3 c3 (branch: b2 b3)
        b2<c3 instead of a1; moved: b2 b3
    ");
}

#[test]
fn lines_without_a_common_base_become_one_too() {
    insta::assert_snapshot!(rebases("a1; b2<a1; x1; y2<x1", &["y2 b2", "b2 y2"]), @r"
    y2 b2 (branch: x1 y2)
        x1<b2 instead of base; moved: x1 y2
    b2 y2 (branch: a1 b2)
        a1<y2 instead of base; moved: a1 b2
    ");
}

#[test]
fn a_branch_may_fork_and_join_inside_and_takes_along_what_begins_in_it() {
    insta::assert_snapshot!(rebases(
        "a1; t2<a1; f<a1; g<f; h<f; m<g,h; other<g; x |m",
        &["m t2", "other t2", "t2 m"]
    ), @r"
    m t2 (branch: f g h m)
        f<t2 instead of a1; moved: f g h m other
    other t2 (branch: f g other)
        f<t2 instead of a1; moved: f g h m other
    t2 m (branch: t2)
        t2<m instead of a1; moved: t2
    ");
}

#[test]
fn a_branch_that_is_tied_to_the_other_line_in_several_places_is_to_be_merged() {
    insta::assert_snapshot!(rebases("a1; b2<a1; b3<b2; c2<a1; c3<c2,b2; c4<c3", &["c4 b3", "b3 c4"]), @r"
    c4 b3 (branch: c2 c3 c4)
        not_a_valid_target: the branch of `c4` cannot be moved onto `b3`, as it is tied in more than one place: `c2` revises `a1`, `c3` revises `b2`
          hint: merge them instead: `merge b3 c4`
    b3 c4 (branch: b3)
        b3<c4 instead of b2; moved: b3
    ");
    insta::assert_snapshot!(rebases("a1; b2<a1; t1<a1; t2<b2; m<b2,t1; z", &["m t2", "m z", "z m"]), @r"
    m t2 (branch: t1 m)
        not_a_valid_target: the branch of `m` cannot be moved onto `t2`, as it is tied in more than one place: `t1` revises `a1`, `m` revises `b2`
          hint: merge them instead: `merge t2 m`
    m z (branch: a1 b2 t1 m)
        a1<z instead of base; moved: a1 b2 t1 m t2
    z m (branch: z)
        z<m instead of base; moved: z
    ");
    insta::assert_snapshot!(rebases("a1; t2<a1; f<a1; g<f; m<f,a1", &["g t2", "t2 g", "g m"]), @r"
    g t2 (branch: f g)
        not_a_valid_target: the branch of `g` cannot be moved onto `t2`, as it is tied in more than one place: `f` revises `a1`, `m` revises `a1`
          hint: merge them instead: `merge t2 g`
    t2 g (branch: t2)
        t2<g instead of a1; moved: t2
    g m (branch: g)
        g<m instead of f; moved: g
    ");
}

#[test]
fn only_two_heads_can_become_one() {
    insta::assert_snapshot!(rebases("a1; b2<a1; c2<a1", &["b2 a1", "b2 b2", "a1 a1", "b2 zz", "zz b2"]), @r"
    b2 a1 (branch: b2)
        not_a_valid_target: Revision a1 is not a head revision
          hint: the heads are b2, c2
    b2 b2 (branch: )
        not_a_valid_target: `b2` cannot be rebased onto itself
    a1 a1 (branch: )
        not_a_valid_target: `a1` cannot be rebased onto itself
    b2 zz (branch: )
        cant_locate: Can't locate revision identified by 'zz'
    zz b2 (branch: )
        cant_locate: Can't locate revision identified by 'zz'
    ");
    insta::assert_snapshot!(rebases("a1; b2<a1; c2<b2; d2<a1", &["b2 a1"]), @r"
    b2 a1 (branch: b2)
        not_a_valid_target: Revisions b2, a1 are not head revisions
          hint: the heads are c2, d2
    ");
}

#[test]
fn a_line_that_depends_on_the_branch_cannot_come_before_it() {
    insta::assert_snapshot!(rebases(
        "lib1 @lib; lib2<lib1; app1; app2<app1 |lib; app3<app2 |lib2",
        &["lib2 app3", "app3 lib2"]
    ), @r"
    lib2 app3 (branch: lib1 lib2)
        not_a_valid_target: `app3` cannot come before the branch of `lib2`: `app2` depends on `lib1`, `app3` depends on `lib2`
          hint: rebase `app3` onto `lib2` instead, or merge them: `merge lib2 app3`
    app3 lib2 (branch: app1 app2 app3)
        app1<lib2 instead of base; moved: app1 app2 app3
    ");
    insta::assert_snapshot!(rebases("a1; b2<a1; c2<a1; d1 |b2; e2<c2 |d1", &["b2 e2", "e2 b2", "d1 b2"]), @r"
    b2 e2 (branch: b2)
        not_a_valid_target: `e2` cannot come before the branch of `b2`: `d1` depends on `b2`
          hint: rebase `e2` onto `b2` instead, or merge them: `merge b2 e2`
    e2 b2 (branch: c2 e2)
        c2<b2 instead of a1; moved: c2 e2
    d1 b2 (branch: d1)
        d1<b2 instead of base; moved: d1
    ");
}
