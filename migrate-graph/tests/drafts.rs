//! What `revision` and `merge` make on drawn graphs: what is asked for and what comes of it, together.
//!
//! A new revision is shown as it would be drawn; a refusal as its kind, its text and its hints.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use migrate_graph::{Draft, DraftError, ErrorKind, Revision, RevisionMap, RevisionSpec};

#[path = "../src/drawn.rs"]
mod drawn;

fn names<T: AsRef<str>>(names: &[T]) -> String {
    names.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(",")
}

fn shown(drafted: Result<Revision, Vec<DraftError>>) -> String {
    let revision = match drafted {
        Ok(revision) => revision,
        Err(errors) => {
            let line = |error: &DraftError| {
                let kind = error.kind().map_or("graph", ErrorKind::as_str);
                let hints = error.hints().into_iter().map(|hint| format!("\n  hint: {hint}"));
                format!("{kind}: {error}{}", hints.collect::<String>())
            };
            return errors.iter().map(line).collect::<Vec<_>>().join("\n");
        }
    };
    let mut shown = revision.id.to_string();
    for (sign, list) in [
        ('<', names(&revision.down_revisions)),
        ('|', names(&revision.depends_on)),
        ('@', names(&revision.branch_labels)),
    ] {
        if !list.is_empty() {
            shown = format!("{shown} {sign}{list}");
        }
    }
    shown
}

/// Carries out `revision [ID] [--head X].. [--splice] [--label L].. [--depends-on X]..`, or `merge ..`.
fn run(map: &RevisionMap, command: &str) -> String {
    let mut draft = Draft::new("new".parse().unwrap());
    let mut words = command.split(' ').skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().unwrap();
        match word {
            "--splice" => draft.splice = true,
            "--id" => draft.id = value().parse().unwrap(),
            "--label" => draft.branch_labels.push(value().parse().unwrap()),
            "--depends-on" => draft.depends_on.push(RevisionSpec::parse(value()).unwrap()),
            "--head" => draft.heads.push(RevisionSpec::parse(value()).unwrap()),
            other => draft.heads.push(RevisionSpec::parse(other).unwrap()),
        }
    }
    shown(match command.split(' ').next() {
        Some("revision") => map.draft(&draft),
        Some("merge") => map.draft_merge(&draft),
        other => panic!("{other:?} is no command"),
    })
}

/// What several commands make on one graph.
fn drafts(drawing: &str, commands: &[&str]) -> String {
    let map = RevisionMap::new(drawn::drawn(drawing)).unwrap();
    let one = |command: &&str| format!("{command}\n    {}", run(&map, command).replace('\n', "\n    "));
    commands.iter().map(one).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_first_revision_is_a_root_whatever_head_is_asked_for() {
    insta::assert_snapshot!(drafts("", &[
        "revision",
        "revision --head heads",
        "revision --head base --label cart",
        "revision --head a1",
        "revision --depends-on head",
        "merge",
    ]), @r"
    revision
        new
    revision --head heads
        new
    revision --head base --label cart
        new @cart
    revision --head a1
        cant_locate: Can't locate revision identified by 'a1'
    revision --depends-on head
        cant_locate: Can't locate revision identified by 'head'
          hint: a revision depends on revisions or labels
    merge
        not_a_valid_target: there is no revision to merge
    ");
}

#[test]
fn a_revision_stands_on_the_only_head_or_the_named_one() {
    insta::assert_snapshot!(drafts("a1; b2<a1; left3<b2 @left; right3<b2 @right", &[
        "revision",
        "revision --head head",
        "revision --head left@head",
        "revision --head right",
        "revision --head righ",
        "revision --head base",
        "revision --head heads",
        "revision --head left3 --head right3",
        "revision --head left3 --head left@head",
        "revision --head b2",
        "revision --head b2 --splice",
        "revision --head nowhere --head left@right3",
    ]), @r"
    revision
        multiple_heads: Multiple heads are present; please specify the head revision on which the new revision should be based, or perform a merge.
          hint: the heads are left3, right3
    revision --head head
        multiple_heads: Multiple heads are present; please specify the head revision on which the new revision should be based, or perform a merge.
          hint: the heads are left3, right3
    revision --head left@head
        new <left3
    revision --head right
        new <right3
    revision --head righ
        new <right3
    revision --head base
        new
    revision --head heads
        new <left3,right3
    revision --head left3 --head right3
        new <left3,right3
    revision --head left3 --head left@head
        overlap: Duplicate head revisions specified: left3
          hint: name each of them once: `heads` alone names all heads, or name the revisions alone
    revision --head b2
        not_a_valid_target: Revision b2 is not a head revision; please specify --splice to create a new branch from this revision
          hint: it is revised by left3, right3
    revision --head b2 --splice
        new <b2
    revision --head nowhere --head left@right3
        cant_locate: Can't locate revision identified by 'nowhere'
        cant_locate: Can't locate revision identified by 'right3': revision right3 is not a member of branch 'left'
    ");
}

#[test]
fn a_head_that_another_head_needs_is_not_asked_about() {
    insta::assert_snapshot!(drafts("lib1; lib2<lib1; app1; app2<app1 |lib2", &[
        "revision",
        "revision --head heads",
        "revision --head lib2",
        "merge",
        "merge lib2 app2",
    ]), @r"
    revision
        new <app2
    revision --head heads
        new <app2
    revision --head lib2
        new <lib2
    merge
        not_a_valid_target: there is one head, `app2`: nothing to merge
    merge lib2 app2
        new <lib2,app2
    ");
}

#[test]
fn what_counts_steps_or_asks_the_database_is_no_place_for_a_revision() {
    insta::assert_snapshot!(drafts("a1; b2<a1", &[
        "revision --head -1 --head +1 --head current --head a1+1 --splice",
        "revision --depends-on -1 --depends-on base --depends-on current",
    ]), @r"
    revision --head -1 --head +1 --head current --head a1+1 --splice
        cant_locate: Can't locate revision identified by '-1'
          hint: a new revision stands on a revision, a label, `head`, `heads` or `base`
        cant_locate: Can't locate revision identified by '+1'
          hint: a new revision stands on a revision, a label, `head`, `heads` or `base`
        cant_locate: Can't locate revision identified by 'current'
          hint: a new revision stands on a revision, a label, `head`, `heads` or `base`
        cant_locate: Can't locate revision identified by 'a1+1'
          hint: a new revision stands on a revision, a label, `head`, `heads` or `base`
    revision --depends-on -1 --depends-on base --depends-on current
        cant_locate: Can't locate revision identified by '-1'
          hint: a revision depends on revisions or labels
        cant_locate: Can't locate revision identified by 'base'
          hint: a revision depends on revisions or labels
        cant_locate: Can't locate revision identified by 'current'
          hint: a revision depends on revisions or labels
    ");
}

#[test]
fn dependencies_become_ids_but_for_labels() {
    insta::assert_snapshot!(drafts("lib1 @lib; lib2<lib1; app1 @app", &[
        "revision --head app --depends-on lib",
        "revision --head app --depends-on lib2 --depends-on lib1",
        "revision --head app --depends-on lib@head",
        "revision --head app --depends-on lib@lib1",
        "revision --head app --depends-on heads",
        "revision --head app --depends-on lob --depends-on nowhere",
        "revision --head app --depends-on lib --depends-on lib",
        "revision --head app --depends-on app1",
    ]), @r"
    revision --head app --depends-on lib
        new <app1 |lib
    revision --head app --depends-on lib2 --depends-on lib1
        new <app1 |lib2,lib1
    revision --head app --depends-on lib@head
        new <app1 |lib2
    revision --head app --depends-on lib@lib1
        new <app1 |lib1
    revision --head app --depends-on heads
        multiple_heads: Multiple head revisions are present for given argument 'heads'; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads
          hint: the heads are app1, lib2
    revision --head app --depends-on lob --depends-on nowhere
        cant_locate: Can't locate revision identified by 'lob'
          hint: did you mean `lib`?
        cant_locate: Can't locate revision identified by 'nowhere'
    revision --head app --depends-on lib --depends-on lib
        graph: revision `new` names `lib` more than once
    revision --head app --depends-on app1
        new <app1 |app1
    ");
}

#[test]
fn names_that_are_taken_are_refused_all_at_once() {
    insta::assert_snapshot!(drafts("a1; b2<a1 @cart; c3<b2 |cart", &[
        "revision --id a1",
        "revision --id c3",
        "revision --id cart --depends-on cart --label b2",
        "revision --label cart --label b2 --label new --label x --label x",
        "revision --id a1 --head nowhere --depends-on elsewhere",
    ]), @r"
    revision --id a1
        graph: Revision a1 is present more than once
          hint: give the new revision another id
    revision --id c3
        graph: Revision c3 is present more than once
          hint: give the new revision another id
    revision --id cart --depends-on cart --label b2
        graph: revision id `cart` is already a branch label of revision `b2`
          hint: give the new revision another id
        graph: Branch name 'b2' in revision cart already used by revision b2
          hint: give the new revision another label
    revision --label cart --label b2 --label new --label x --label x
        graph: Branch name 'cart' in revision new already used by revision b2
          hint: give the new revision another label
        graph: Branch name 'b2' in revision new already used by revision b2
          hint: give the new revision another label
        graph: Branch name 'new' in revision new already used by revision new
          hint: give the new revision another label
        graph: Branch name 'x' in revision new already used by revision new
          hint: give the new revision another label
    revision --id a1 --head nowhere --depends-on elsewhere
        cant_locate: Can't locate revision identified by 'nowhere'
        cant_locate: Can't locate revision identified by 'elsewhere'
        graph: Revision a1 is present more than once
          hint: give the new revision another id
    ");
}

#[test]
fn a_merge_joins_two_heads_or_more() {
    insta::assert_snapshot!(drafts("a1; b2<a1 @left; c3<a1 @right; d4<a1", &[
        "merge",
        "merge heads",
        "merge d4 b2",
        "merge left@head right@head --label joined",
        "merge b2",
        "merge b2 left",
        "merge heads b2",
        "merge base",
    ]), @r"
    merge
        new <b2,c3,d4
    merge heads
        new <b2,c3,d4
    merge d4 b2
        new <d4,b2
    merge left@head right@head --label joined
        new <b2,c3 @joined
    merge b2
        not_a_valid_target: a merge joins two revisions or more, and only `b2` is named
          hint: the heads are b2, c3, d4
    merge b2 left
        overlap: Duplicate head revisions specified: b2
          hint: name each of them once: `heads` alone names all heads, or name the revisions alone
    merge heads b2
        overlap: Duplicate head revisions specified: b2
          hint: name each of them once: `heads` alone names all heads, or name the revisions alone
    merge base
        not_a_valid_target: there is no revision to merge
          hint: the heads are b2, c3, d4
    ");
    insta::assert_snapshot!(drafts("a1; b2<a1", &["merge heads", "merge a1"]), @r"
    merge heads
        not_a_valid_target: there is one head, `b2`: nothing to merge
    merge a1
        not_a_valid_target: Revision a1 is not a head revision; please specify --splice to create a new branch from this revision
          hint: it is revised by b2
    ");
}

#[test]
fn a_merge_of_what_is_no_head_needs_splice_and_never_holds_an_ancestor() {
    insta::assert_snapshot!(drafts("a1; b2<a1; c3<a1; d4<c3", &[
        "merge b2 c3",
        "merge b2 c3 --splice",
        "merge a1 b2 d4 --splice",
        "merge c3 d4",
    ]), @r"
    merge b2 c3
        not_a_valid_target: Revision c3 is not a head revision; please specify --splice to create a new branch from this revision
          hint: it is revised by d4
    merge b2 c3 --splice
        new <b2,c3
    merge a1 b2 d4 --splice
        overlap: Requested revision a1 overlaps with other requested revisions b2, d4
    merge c3 d4
        overlap: Requested revision c3 overlaps with other requested revisions d4
    ");
}
