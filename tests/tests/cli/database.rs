//! The commands that have a database, on SQLite.

use super::Fixture;

#[test]
fn up_and_down_and_where_the_database_is() {
    insta::assert_snapshot!(Fixture::new("branches").session(&[
        "upgrade +1",
        "upgrade head",
        "upgrade head",
        "current",
        "downgrade -1",
        "downgrade cart@-1",
        "current",
        "downgrade base",
        "current",
    ]), @r"
    $ migrate upgrade +1
    exit code 2
    --- stderr
    error: Ambiguous walk: on the way to '+1', base leads to aaaa1111, abab1111
    hint: name the way with a label or a revision, such as `aaaa1111`

    $ migrate upgrade head
    exit code 0
    --- stderr
    Running upgrade  -> aaaa1111, create shops (.. ms)
    Running upgrade  -> abab1111, create templates (.. ms)
    Running upgrade abab1111 -> abab2222, create styles (.. ms)
    Running upgrade aaaa1111 -> bbbb2222, create carts (.. ms)
    Running upgrade bbbb2222 -> cc1c3333, create coupons (.. ms)
    Running upgrade bbbb2222 -> cc2c3333, create stock (.. ms)
    Running upgrade cc1c3333, cc2c3333 -> dddd4444, merge cart and stock (.. ms)
    Running upgrade dddd4444 -> eeee5555, send mails (.. ms)
    Running upgrade eeee5555 -> ffff6666, send letters (.. ms)

    $ migrate upgrade head
    exit code 0
    --- stderr
    Nothing to do: the database is there already

    $ migrate current
    exit code 0
    --- stdout
    abab2222 (effective head)
    ffff6666 (head)

    $ migrate downgrade -1
    exit code 0
    --- stderr
    Running downgrade ffff6666 -> eeee5555, send letters (.. ms)

    $ migrate downgrade cart@-1
    exit code 0
    --- stderr
    Running downgrade eeee5555 -> dddd4444, send mails (.. ms)

    $ migrate current
    exit code 0
    --- stdout
    abab2222 (effective head)
    dddd4444 (mergepoint)

    $ migrate downgrade base
    exit code 0
    --- stderr
    Running downgrade dddd4444 -> cc1c3333, cc2c3333, merge cart and stock (.. ms)
    Running downgrade cc2c3333 -> bbbb2222, create stock (.. ms)
    Running downgrade cc1c3333 -> bbbb2222, create coupons (.. ms)
    Running downgrade bbbb2222 -> aaaa1111, create carts (.. ms)
    Running downgrade abab2222 -> abab1111, create styles (.. ms)
    Running downgrade abab1111 -> , create templates (.. ms)
    Running downgrade aaaa1111 -> , create shops (.. ms)

    $ migrate current
    exit code 0
    ");
}

#[test]
fn stamp_writes_rows_and_runs_nothing() {
    insta::assert_snapshot!(Fixture::new("branches").session(&[
        "stamp cart stock",
        "current -v",
        "stamp lib",
        "stamp heads",
        "stamp heads",
        "stamp base",
        "current",
    ]), @r"
    $ migrate stamp cart stock
    exit code 0
    --- stderr
    Running stamp_revision  -> cc1c3333 (.. ms)
    Running stamp_revision  -> cc2c3333 (.. ms)

    $ migrate current -v
    exit code 0
    --- stdout
    Current revision(s) for sqlite://app.db:
    Rev: cc1c3333
    Parent: bbbb2222
    Branch names: cart
    Path: fixtures/branches/cc1c3333_coupons.rs

        create coupons
        
        Revision ID: cc1c3333
        Revises: bbbb2222

    Rev: cc2c3333
    Parent: bbbb2222
    Branch names: stock
    Path: fixtures/branches/cc2c3333_stock.rs

        create stock
        
        Revision ID: cc2c3333
        Revises: bbbb2222

    $ migrate stamp lib
    exit code 0
    --- stderr
    Running stamp_revision  -> abab1111 (.. ms)

    $ migrate stamp heads
    exit code 0
    --- stderr
    Running stamp_revision abab1111, cc1c3333, cc2c3333 -> ffff6666 (.. ms)

    $ migrate stamp heads
    exit code 0
    --- stderr
    Nothing to do: the database is there already

    $ migrate stamp base
    exit code 0
    --- stderr
    Running stamp_revision ffff6666 ->  (.. ms)

    $ migrate current
    exit code 0
    ");
}

#[test]
fn check_heads_answers_with_the_exit_code() {
    insta::assert_snapshot!(Fixture::new("branches").session(&[
        "current --check-heads",
        "current -c -q",
        "stamp eeee5555",
        "current -c --format json",
        "stamp head -q",
        "current -c",
    ]), @r#"
    $ migrate current --check-heads
    exit code 1
    --- stderr
    Database is not on all head revisions

    $ migrate current -c -q
    exit code 1

    $ migrate stamp eeee5555
    exit code 0
    --- stderr
    Running stamp_revision  -> eeee5555 (.. ms)

    $ migrate current -c --format json
    exit code 1
    --- stdout
    [
      {
        "revision": "abab1111",
        "down_revisions": [],
        "depends_on": [],
        "branch_labels": [
          "lib"
        ],
        "message": "create templates",
        "path": "fixtures/branches/abab1111_templates.rs",
        "is_head": false,
        "is_base": true,
        "is_branch_point": false,
        "is_merge_point": false,
        "is_current": false
      },
      {
        "revision": "eeee5555",
        "down_revisions": [
          "dddd4444"
        ],
        "depends_on": [
          "lib"
        ],
        "branch_labels": [
          "cart",
          "stock"
        ],
        "message": "send mails",
        "path": "fixtures/branches/eeee5555_mails.rs",
        "is_head": false,
        "is_base": false,
        "is_branch_point": false,
        "is_merge_point": false,
        "is_current": true
      }
    ]
    --- stderr
    Database is not on all head revisions

    $ migrate stamp head -q
    exit code 0

    $ migrate current -c
    exit code 0
    --- stdout
    abab2222 (effective head)
    ffff6666 (head)
    "#);
}

#[test]
fn history_marks_what_the_version_table_holds() {
    insta::assert_snapshot!(Fixture::new("chain").session(&[
        "upgrade 1a2b9",
        "history -i",
        "history -r current: -i",
        "show current",
    ]), @r"
    $ migrate upgrade 1a2b9
    exit code 0
    --- stderr
    Running upgrade  -> 1a2b3c4d, create users (.. ms)
    Running upgrade 1a2b3c4d -> 1a2b9999, add email (.. ms)

    $ migrate history -i
    exit code 0
    --- stdout
    3e4f5a6b -> 7c8d9e0f (head), create orders
    1a2b9999 -> 3e4f5a6b, forget the emails
    1a2b3c4d -> 1a2b9999 (current), add email
    <base> -> 1a2b3c4d, create users

    $ migrate history -r current: -i
    exit code 0
    --- stdout
    3e4f5a6b -> 7c8d9e0f (head), create orders
    1a2b9999 -> 3e4f5a6b, forget the emails
    1a2b3c4d -> 1a2b9999 (current), add email

    $ migrate show current
    exit code 0
    --- stdout
    Rev: 1a2b9999
    Parent: 1a2b3c4d
    Path: fixtures/chain/002_email.rs

        add email
        
        Revision ID: 1a2b9999
        Revises: 1a2b3c4d
    ");
}

#[test]
fn the_status_of_a_branch_that_is_partly_applied() {
    insta::assert_snapshot!(Fixture::new("branches").session(&["stamp eeee5555 -q", "status", "-q stamp head", "status"]), @"
    $ migrate stamp eeee5555 -q
    exit code 0

    $ migrate status
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Current    eeee5555 (cart, stock), send mails
    Pending    2 revisions
               abab2222 (lib) (effective head), create styles
               ffff6666 (cart, stock) (head), send letters
    Head       ffff6666  fixtures/branches/ffff6666_letters.rs
    Next       migrate upgrade head

    $ migrate -q stamp head
    exit code 0

    $ migrate status
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Current    ffff6666 (cart, stock) (head), send letters
    Pending    nothing
    Head       ffff6666  fixtures/branches/ffff6666_letters.rs
    Next       nothing to do
    ");
}

#[test]
fn only_what_writes_makes_a_file() {
    let fixture = Fixture::new("chain");
    for line in [
        "status",
        "current",
        "current -c",
        "history -i",
        "show current",
        "upgrade head --plan",
        "upgrade head --sql",
        "stamp head --plan",
        "ensure-version --sql",
        "downgrade base",
    ] {
        fixture.run(line);
        assert!(!fixture.has_database(), "{line}");
    }
    assert_eq!(fixture.run("ensure_version").to_string(), "exit code 0\n");
    assert!(fixture.has_database());
    assert_eq!(fixture.run("current").to_string(), "exit code 0\n");
}

#[test]
fn quiet_leaves_data_and_errors() {
    insta::assert_snapshot!(Fixture::new("chain").session(&[
        "-q upgrade head",
        "current -q",
        "downgrade base -q",
    ]), @r"
    $ migrate -q upgrade head
    exit code 0

    $ migrate current -q
    exit code 0
    --- stdout
    7c8d9e0f (head)

    $ migrate downgrade base -q
    exit code 3
    --- stderr
    error: migration `3e4f5a6b` (fixtures/chain/003_forget.rs) is irreversible: the emails are gone
    ");
}
