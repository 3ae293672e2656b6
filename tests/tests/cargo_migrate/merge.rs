//! `merge`: what it joins, and what it refuses.

use super::{at_noon, refused, session, without_hooks};
use migrate_tests::Project;

/// Three heads, one of which the others do not need.
fn three_heads() -> Project {
    let project = without_hooks();
    project.line("None", &["a1000", "b1000"]);
    project.migration(
        "c1000",
        r#"revision = "c1000", down_revision = "a1000", branch_labels = ["cart"]"#,
    );
    project.line("None", &["d1000"]);
    project
}

#[test]
fn heads_are_joined_all_or_by_name() {
    let project = three_heads();
    insta::assert_snapshot!(session(&project, &[
        "merge b1000 cart --rev-id m1000",
        "merge --rev-id m2000",
        "heads",
        "revision --head base --rev-id x1000",
        "merge heads -m joined --rev-id m3000 --branch-label all --format json",
    ]), @r#"
    $ cargo migrate merge b1000 cart --rev-id m1000
    exit code 0
    --- stdout
    migrations/20261120_1200_m1000_merge_b1000_and_c1000.rs
    --- stderr
    Generating migrations/20261120_1200_m1000_merge_b1000_and_c1000.rs ... done

    $ cargo migrate merge --rev-id m2000
    exit code 0
    --- stdout
    migrations/20261120_1200_m2000_merge_d1000_and_m1000.rs
    --- stderr
    Generating migrations/20261120_1200_m2000_merge_d1000_and_m1000.rs ... done

    $ cargo migrate heads
    exit code 0
    --- stdout
    m2000 (cart) (head)

    $ cargo migrate revision --head base --rev-id x1000
    exit code 0
    --- stdout
    migrations/20261120_1200_x1000.rs
    --- stderr
    Generating migrations/20261120_1200_x1000.rs ... done

    $ cargo migrate merge heads -m joined --rev-id m3000 --branch-label all --format json
    exit code 0
    --- stdout
    {
      "revision": "m3000",
      "down_revisions": [
        "m2000",
        "x1000"
      ],
      "depends_on": [],
      "branch_labels": [
        "all",
        "cart"
      ],
      "message": "joined",
      "path": "migrations/20261120_1200_m3000_joined.rs",
      "is_head": true,
      "is_base": false,
      "is_branch_point": false,
      "is_merge_point": true
    }
    --- stderr
    Generating migrations/20261120_1200_m3000_joined.rs ... done
    "#);
    insta::assert_snapshot!(project.read("migrations/20261120_1200_m1000_merge_b1000_and_c1000.rs"), @r#"
    //! merge b1000 and c1000
    //!
    //! Revision ID: m1000
    //! Revises: b1000, c1000
    //! Create Date: 2026-11-20 12:00:00 UTC

    use migrate_core::prelude::*;

    #[migration(revision = "m1000", down_revision = ["b1000", "c1000"])]
    pub fn upgrade(_op: &mut Op) {}

    pub fn downgrade(_op: &mut Op) {}
    "#);
}

#[test]
fn more_than_two_heads_are_listed_in_the_message() {
    let project = three_heads();
    project.transcript(&mut at_noon(&project, "merge heads --rev-id m1000"));
    let shown = project.run("history -r m1000:");
    assert!(
        shown.stdout.ends_with("merge b1000, c1000 and d1000\n"),
        "{shown}"
    );
}

#[test]
fn what_cannot_be_joined_is_refused_and_nothing_is_written() {
    let project = three_heads();
    let lines = [
        "merge b1000",
        "merge cart@head",
        "merge b1000 b1000",
        "merge a1000 c1000",
        "merge a1000 d1000",
        "merge b1000 zz",
        "merge b1000 base",
        "merge b1000 c1000 --rev-id d1000",
        "merge b1000 c1000 --branch-label cart --rev-id n1000",
        "merge b1000 c1000 --depends-on d1000",
    ];
    let text: String = lines
        .iter()
        .map(|line| {
            format!(
                "$ cargo migrate {line}\n{}\n",
                refused(&project, &mut at_noon(&project, line))
            )
        })
        .collect();
    insta::assert_snapshot!(text, @"
    $ cargo migrate merge b1000
    exit code 2
    --- stderr
    error: a merge joins two revisions or more, and only `b1000` is named
    hint: the heads are b1000, c1000, d1000

    $ cargo migrate merge cart@head
    exit code 2
    --- stderr
    error: a merge joins two revisions or more, and only `c1000` is named
    hint: the heads are b1000, c1000, d1000

    $ cargo migrate merge b1000 b1000
    exit code 2
    --- stderr
    error: Duplicate head revisions specified: b1000
    hint: name each of them once: `heads` alone names all heads, or name the revisions alone

    $ cargo migrate merge a1000 c1000
    exit code 2
    --- stderr
    error: Requested revision a1000 overlaps with other requested revisions c1000

    $ cargo migrate merge a1000 d1000
    exit code 2
    --- stderr
    error: Revision a1000 is not a head revision; please specify --splice to create a new branch from this revision
    hint: it is revised by b1000, c1000

    $ cargo migrate merge b1000 zz
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'zz'
    hint: `history` lists all revisions

    $ cargo migrate merge b1000 base
    exit code 2
    --- stderr
    error: a merge joins two revisions or more, and only `b1000` is named
    hint: the heads are b1000, c1000, d1000

    $ cargo migrate merge b1000 c1000 --rev-id d1000
    exit code 2
    --- stderr
    error: Revision d1000 is present more than once
    hint: give the new revision another id

    $ cargo migrate merge b1000 c1000 --branch-label cart --rev-id n1000
    exit code 2
    --- stderr
    error: Branch name 'cart' in revision n1000 already used by revision c1000
    hint: give the new revision another label

    $ cargo migrate merge b1000 c1000 --depends-on d1000
    exit code 2
    --- stderr
    error: unexpected argument '--depends-on' found

      tip: to pass '--depends-on' as a value, use '-- --depends-on'

    Usage: cargo migrate merge <REVISION>...

    For more information, try '--help'.
    ");
}

#[test]
fn where_there_is_nothing_to_join_it_is_said() {
    let project = without_hooks();
    insta::assert_snapshot!(refused(&project, &mut at_noon(&project, "merge heads")), @"
    exit code 2
    --- stderr
    error: there is no revision to merge
    ");
    project.line("None", &["a1"]);
    insta::assert_snapshot!(refused(&project, &mut at_noon(&project, "merge heads")), @"
    exit code 2
    --- stderr
    error: there is one head, `a1`: nothing to merge
    ");
}

#[test]
fn a_branch_begins_where_a_merge_is_spliced_in() {
    let project = three_heads();
    insta::assert_snapshot!(session(&project, &["merge a1000 d1000 --splice --rev-id m1000", "heads"]), @"
    $ cargo migrate merge a1000 d1000 --splice --rev-id m1000
    exit code 0
    --- stdout
    migrations/20261120_1200_m1000_merge_a1000_and_d1000.rs
    --- stderr
    Generating migrations/20261120_1200_m1000_merge_a1000_and_d1000.rs ... done

    $ cargo migrate heads
    exit code 0
    --- stdout
    b1000 (head)
    c1000 (cart) (head)
    m1000 (head)
    ");
}
