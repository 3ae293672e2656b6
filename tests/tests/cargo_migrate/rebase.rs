//! `rebase`: two heads become one line by one changed literal.

use super::project;
use migrate_tests::Project;

/// Two heads: `b1` and `b2` on one side, `c1` on the other. The branch of `c1` began later.
fn two_heads() -> Project {
    let project = project();
    project.line("None", &["a1", "b1", "b2"]);
    project.write("migrations/c1.rs", branch("a1", "2026-11-20 12:00:00 UTC"));
    project
}

/// A file as somebody left it: what is between the literals is nobody's business.
fn branch(down: &str, date: &str) -> String {
    format!(
        "\u{feff}//! carts \u{e9}\r\n//!\r\n//! Revision ID: c1\r\n//! Revises:   {down}\r\n//! Create Date: {date}\r\n\
         use migrate_core::prelude::*;\r\n#[migration( revision = r\"c1\", /* {down} */ down_revision=\"{down}\" , )]\r\n\
         pub fn upgrade(op: &mut Op) {{ <<<<<<< {down}"
    )
}

#[test]
fn the_branch_that_began_later_is_moved_and_only_its_link_changes() {
    let project = two_heads();
    let before = project.files();
    insta::assert_snapshot!(project.session(&["rebase --plan", "rebase --plan --format json"]), @r#"
    $ cargo migrate rebase --plan
    exit code 0
    --- stdout
    migrations/c1.rs: c1 revises b2, no longer a1

    $ cargo migrate rebase --plan --format json
    exit code 0
    --- stdout
    {
      "head": "c1",
      "onto": "b2",
      "revision": "c1",
      "path": "migrations/c1.rs",
      "from": "a1",
      "to": "b2",
      "moved": [
        "c1"
      ]
    }
    "#);
    assert_eq!(project.files(), before);
    insta::assert_snapshot!(project.session(&["rebase", "heads", "history", "rebase"]), @"
    $ cargo migrate rebase
    exit code 0
    --- stdout
    migrations/c1.rs: c1 revises b2, no longer a1

    $ cargo migrate heads
    exit code 0
    --- stdout
    c1 (head)

    $ cargo migrate history
    exit code 0
    --- stdout
    b2 -> c1 (head), carts é
    b1 -> b2, b2
    a1 -> b1, b1
    <base> -> a1, a1

    $ cargo migrate rebase
    exit code 2
    --- stderr
    error: there is one head, c1: nothing to rebase
    ");
    let expected = branch("a1", "2026-11-20 12:00:00 UTC")
        .replace("Revises:   a1", "Revises:   b2")
        .replace("down_revision=\"a1\"", "down_revision=\"b2\"");
    assert_eq!(project.read("migrations/c1.rs"), expected);
}

#[test]
fn either_head_can_be_named() {
    let project = two_heads();
    insta::assert_snapshot!(project.session(&["rebase b2 --plan", "rebase --onto c1 --plan", "rebase c --onto b2 --plan"]), @"
    $ cargo migrate rebase b2 --plan
    exit code 0
    --- stdout
    migrations/b1.rs: b1 revises c1, no longer a1
        b2 moves with it

    $ cargo migrate rebase --onto c1 --plan
    exit code 0
    --- stdout
    migrations/b1.rs: b1 revises c1, no longer a1
        b2 moves with it

    $ cargo migrate rebase c --onto b2 --plan
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'c'
    hint: did you mean `c1`?
    hint: `history` lists all revisions
    ");
}

#[test]
fn what_the_database_has_does_not_move() {
    let project = two_heads();
    let stamped = project.run("stamp c1");
    assert_eq!(stamped.code, Some(0), "{stamped}");
    // Its branch began later, and still the other one moves.
    insta::assert_snapshot!(project.session(&["rebase --plan", "rebase c1", "stamp heads", "rebase"]), @"
    $ cargo migrate rebase --plan
    exit code 0
    --- stdout
    migrations/b1.rs: b1 revises c1, no longer a1
        b2 moves with it

    $ cargo migrate rebase c1
    exit code 2
    --- stderr
    error: the database has c1 already, and what is applied cannot move
    hint: merge the heads instead: `merge b2 c1`
    hint: or, where no other database has it, revert it first: `downgrade a1`

    $ cargo migrate stamp heads
    exit code 0
    --- stderr
    Running stamp_revision  -> b2 (.. ms)

    $ cargo migrate rebase
    exit code 2
    --- stderr
    error: the database has c1 already, and what is applied cannot move
    hint: merge the heads instead: `merge b2 c1`
    hint: or, where no other database has it, revert it first: `downgrade a1`
    ");
}

#[test]
fn a_database_that_cannot_be_asked_is_told_and_no_obstacle() {
    let project = two_heads();
    project.write("app.db", "this is no database, and not even close to one of them");
    insta::assert_snapshot!(project.run("rebase --plan"), @"
    exit code 0
    --- stdout
    migrations/c1.rs: c1 revises b2, no longer a1
    --- stderr
    warning: whether the database has the branch already is not known: file is not a database (code 26)
    ");
    project.write("migrate.toml", "database_url = \"sqlite://${NOWHERE}\"");
    let misconfigured = project.run("rebase --plan");
    assert_eq!(misconfigured.code, Some(0), "{misconfigured}");
    assert!(
        misconfigured
            .stderr
            .starts_with("warning: whether the database has the branch already is not known: ")
            && misconfigured.stderr.contains("`NOWHERE`, which is not set"),
        "{misconfigured}"
    );
    project.write("migrate.toml", "");
    insta::assert_snapshot!(project.run("rebase --plan"), @"
    exit code 0
    --- stdout
    migrations/c1.rs: c1 revises b2, no longer a1
    ");
}

#[test]
fn what_is_no_pair_of_heads_is_refused_and_changes_nothing() {
    let project = two_heads();
    let before = project.files();
    insta::assert_snapshot!(project.session(&["rebase b1", "rebase x", "rebase heads", "rebase c1 --onto c1", "rebase c1 --onto a1"]), @"
    $ cargo migrate rebase b1
    exit code 2
    --- stderr
    error: Revision b1 is not a head revision
    hint: the heads are b2, c1

    $ cargo migrate rebase x
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'x'
    hint: `history` lists all revisions

    $ cargo migrate rebase heads
    exit code 2
    --- stderr
    error: `heads` is not one revision

    $ cargo migrate rebase c1 --onto c1
    exit code 2
    --- stderr
    error: `c1` cannot be rebased onto itself

    $ cargo migrate rebase c1 --onto a1
    exit code 2
    --- stderr
    error: Revision a1 is not a head revision
    hint: the heads are b2, c1
    ");
    assert_eq!(project.files(), before);
    project.line("\"a1\"", &["d1"]);
    insta::assert_snapshot!(project.session(&["rebase", "rebase c1", "rebase c1 --onto d1"]), @"
    $ cargo migrate rebase
    exit code 2
    --- stderr
    error: Multiple heads are present; please specify the head to rebase, and the head that it comes after
    hint: the heads are b2 (`migrations/b2.rs`), c1 (`migrations/c1.rs`), d1 (`migrations/d1.rs`)
    hint: `rebase HEAD --onto HEAD`

    $ cargo migrate rebase c1
    exit code 2
    --- stderr
    error: Multiple heads are present; please specify the head to rebase, and the head that it comes after
    hint: the heads are b2 (`migrations/b2.rs`), c1 (`migrations/c1.rs`), d1 (`migrations/d1.rs`)
    hint: `rebase HEAD --onto HEAD`

    $ cargo migrate rebase c1 --onto d1
    exit code 0
    --- stdout
    migrations/c1.rs: c1 revises d1, no longer a1
    ");
}

#[test]
fn a_branch_that_is_tied_in_several_places_is_to_be_merged() {
    let project = two_heads();
    project.migration("d1", r#"revision = "d1", down_revision = ["c1", "b1"]"#);
    let before = project.files();
    insta::assert_snapshot!(project.run("rebase d1"), @"
    exit code 2
    --- stderr
    error: the branch of `d1` cannot be moved onto `b2`, as it is tied in more than one place: `c1` revises `a1`, `d1` revises `b1`
    hint: merge them instead: `merge b2 d1`
    ");
    assert_eq!(project.files(), before);
}
