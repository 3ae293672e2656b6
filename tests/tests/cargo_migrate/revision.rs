//! `revision`: every option, and what it refuses.

use super::{at_noon, project, refused, session, without_hooks};
use migrate_tests::Project;

#[test]
fn a_revision_goes_on_from_the_head() {
    let project = project();
    insta::assert_snapshot!(session(&project, &[
        "revision -m users --rev-id 0a2b4c6d8e1f",
        "revision --message orders --rev-id 1f3c5b7d9e2a",
        "revision --rev-id 2b -q",
        "history",
    ]), @"
    $ cargo migrate revision -m users --rev-id 0a2b4c6d8e1f
    exit code 0
    --- stdout
    migrations/20261120_1200_0a2b4c6d8e1f_users.rs
    --- stderr
    Generating migrations/20261120_1200_0a2b4c6d8e1f_users.rs ... done
    Running post write hook 'rustfmt' ... done

    $ cargo migrate revision --message orders --rev-id 1f3c5b7d9e2a
    exit code 0
    --- stdout
    migrations/20261120_1200_1f3c5b7d9e2a_orders.rs
    --- stderr
    Generating migrations/20261120_1200_1f3c5b7d9e2a_orders.rs ... done
    Running post write hook 'rustfmt' ... done

    $ cargo migrate revision --rev-id 2b -q
    exit code 0
    --- stdout
    migrations/20261120_1200_2b.rs

    $ cargo migrate history
    exit code 0
    --- stdout
    1f3c5b7d9e2a -> 2b (head), empty message
    0a2b4c6d8e1f -> 1f3c5b7d9e2a, orders
    <base> -> 0a2b4c6d8e1f, users
    ");
    insta::assert_snapshot!(project.read("migrations/20261120_1200_1f3c5b7d9e2a_orders.rs"), @r#"
    //! orders
    //!
    //! Revision ID: 1f3c5b7d9e2a
    //! Revises: 0a2b4c6d8e1f
    //! Create Date: 2026-11-20 12:00:00 UTC

    use migrate_core::prelude::*;

    #[migration(revision = "1f3c5b7d9e2a", down_revision = "0a2b4c6d8e1f")]
    pub fn upgrade(_op: &mut Op) {}

    pub fn downgrade(_op: &mut Op) {}
    "#);
    let first = project.read("migrations/20261120_1200_0a2b4c6d8e1f_users.rs");
    assert!(
        first.contains("//! Revises:\n") && first.contains("down_revision = None"),
        "{first}"
    );
    let third = project.read("migrations/20261120_1200_2b.rs");
    assert!(third.starts_with("//! empty message\n"), "{third}");
}

#[test]
fn a_random_id_has_twelve_hexadecimal_digits() {
    let project = without_hooks();
    let transcript = project.transcript(&mut at_noon(&project, "revision -m x"));
    let id = transcript
        .stdout
        .strip_prefix("migrations/20261120_1200_")
        .unwrap();
    let id = id.strip_suffix("_x.rs\n").unwrap();
    assert!(
        id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "{id}"
    );
}

#[test]
fn lines_labels_and_dependencies_are_asked_for() {
    let project = without_hooks();
    insta::assert_snapshot!(session(&project, &[
        "revision --rev-id a1000 --branch-label shop --branch-label cart",
        "revision --rev-id b1000 --head base --branch-label=lib",
        "revision --rev-id a2000 --head shop@head --depends-on lib --depends-on b1",
        "revision --rev-id a3000 --head a1000 --splice --depends-on lib@head",
        "revision --rev-id m1000 --head heads",
        "history",
        "show m1000",
        "show a2000 --format json",
    ]), @r#"
    $ cargo migrate revision --rev-id a1000 --branch-label shop --branch-label cart
    exit code 0
    --- stdout
    migrations/20261120_1200_a1000.rs
    --- stderr
    Generating migrations/20261120_1200_a1000.rs ... done

    $ cargo migrate revision --rev-id b1000 --head base --branch-label=lib
    exit code 0
    --- stdout
    migrations/20261120_1200_b1000.rs
    --- stderr
    Generating migrations/20261120_1200_b1000.rs ... done

    $ cargo migrate revision --rev-id a2000 --head shop@head --depends-on lib --depends-on b1
    exit code 0
    --- stdout
    migrations/20261120_1200_a2000.rs
    --- stderr
    Generating migrations/20261120_1200_a2000.rs ... done

    $ cargo migrate revision --rev-id a3000 --head a1000 --splice --depends-on lib@head
    exit code 0
    --- stdout
    migrations/20261120_1200_a3000.rs
    --- stderr
    Generating migrations/20261120_1200_a3000.rs ... done

    $ cargo migrate revision --rev-id m1000 --head heads
    exit code 0
    --- stdout
    migrations/20261120_1200_m1000.rs
    --- stderr
    Generating migrations/20261120_1200_m1000.rs ... done

    $ cargo migrate history
    exit code 0
    --- stdout
    a2000, a3000 -> m1000 (cart, shop) (head) (mergepoint), empty message
    a1000 (b1000) -> a3000 (cart, shop), empty message
    a1000 (lib, b1000) -> a2000 (cart, shop), empty message
    <base> -> b1000 (lib) (effective head), empty message
    <base> -> a1000 (cart, shop) (branchpoint), empty message

    $ cargo migrate show m1000
    exit code 0
    --- stdout
    Rev: m1000 (head) (mergepoint)
    Merges: a2000, a3000
    Branch names: cart, shop
    Path: migrations/20261120_1200_m1000.rs

        empty message
        
        Revision ID: m1000
        Revises: a2000, a3000
        Create Date: 2026-11-20 12:00:00 UTC

    $ cargo migrate show a2000 --format json
    exit code 0
    --- stdout
    [
      {
        "revision": "a2000",
        "down_revisions": [
          "a1000"
        ],
        "depends_on": [
          "lib",
          "b1000"
        ],
        "branch_labels": [
          "cart",
          "shop"
        ],
        "message": "empty message",
        "path": "migrations/20261120_1200_a2000.rs",
        "is_head": false,
        "is_base": false,
        "is_branch_point": false,
        "is_merge_point": false
      }
    ]
    "#);
}

#[test]
fn a_program_gets_the_revision_as_json() {
    let project = without_hooks();
    project.line("None", &["a1"]);
    insta::assert_snapshot!(session(&project, &["revision -m users --rev-id b1 --branch-label cart --format json"]), @r#"
    $ cargo migrate revision -m users --rev-id b1 --branch-label cart --format json
    exit code 0
    --- stdout
    {
      "revision": "b1",
      "down_revisions": [
        "a1"
      ],
      "depends_on": [],
      "branch_labels": [
        "cart"
      ],
      "message": "users",
      "path": "migrations/20261120_1200_b1_users.rs",
      "is_head": true,
      "is_base": false,
      "is_branch_point": false,
      "is_merge_point": false
    }
    --- stderr
    Generating migrations/20261120_1200_b1_users.rs ... done
    "#);
}

#[test]
fn what_makes_no_sense_is_refused_in_alembic_s_words_and_nothing_is_written() {
    let project = without_hooks();
    project.line("None", &["a1000", "b1000"]);
    project.line("\"a1000\"", &["c1000"]);
    project.migration(
        "d1000",
        r#"revision = "d1000", down_revision = "c1000", branch_labels = ["cart"]"#,
    );
    let lines = [
        "revision -m x",
        "revision --head b1000 --head d1000",
        "revision --head a1000",
        "revision --head a1000 --format json",
        "revision --head zz",
        "revision --head cart@b1000",
        "revision --head 1000",
        "revision --head b1000+1",
        "revision --head current",
        "revision --head a1000:b1000",
        "revision --head b1000 --depends-on invalid",
        "revision --head b1000 --depends-on base",
        "revision --head b1000 --depends-on heads",
        "revision --head b1000 --branch-label cart --rev-id n1000",
        "revision --head b1000 --branch-label d1000 --rev-id n1000",
        "revision --head b1000 --branch-label x --branch-label x --rev-id n1000",
        "revision --head b1000 --rev-id a1000",
        "revision --head b1000 --rev-id cart",
        "revision --head b1000 --rev-id x --branch-label x",
        "revision --head zz --depends-on yy",
        "revision --head b1000 --version-path elsewhere",
        "revision --autogenerate",
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
    insta::assert_snapshot!(text, @r#"
    $ cargo migrate revision -m x
    exit code 2
    --- stderr
    error: Multiple heads are present; please specify the head revision on which the new revision should be based, or perform a merge.
    hint: the heads are b1000, d1000
    hint: `--head ID` takes one of them; `cargo migrate merge heads` joins them

    $ cargo migrate revision --head b1000 --head d1000
    exit code 2
    --- stderr
    error: the argument '--head <REVISION>' cannot be used multiple times

    Usage: cargo migrate revision [OPTIONS]

    For more information, try '--help'.

    $ cargo migrate revision --head a1000
    exit code 2
    --- stderr
    error: Revision a1000 is not a head revision; please specify --splice to create a new branch from this revision
    hint: it is revised by b1000, c1000

    $ cargo migrate revision --head a1000 --format json
    exit code 2
    --- stdout
    {
      "error": {
        "kind": "not_a_valid_target",
        "message": "Revision a1000 is not a head revision; please specify --splice to create a new branch from this revision",
        "hints": [
          "it is revised by b1000, c1000"
        ]
      }
    }

    $ cargo migrate revision --head zz
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'zz'
    hint: `history` lists all revisions

    $ cargo migrate revision --head cart@b1000
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'b1000': revision b1000 is not a member of branch 'cart'
    hint: `history` lists all revisions

    $ cargo migrate revision --head 1000
    exit code 2
    --- stderr
    error: Can't locate revision identified by '1000'
    hint: did you mean `a1000`?
    hint: `history` lists all revisions

    $ cargo migrate revision --head b1000+1
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'b1000+1'
    hint: a new revision stands on a revision, a label, `head`, `heads` or `base`
    hint: `history` lists all revisions

    $ cargo migrate revision --head current
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'current'
    hint: a new revision stands on a revision, a label, `head`, `heads` or `base`
    hint: `history` lists all revisions

    $ cargo migrate revision --head a1000:b1000
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'a1000:b1000': a single target is wanted here, not a range

    $ cargo migrate revision --head b1000 --depends-on invalid
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'invalid'
    hint: `history` lists all revisions

    $ cargo migrate revision --head b1000 --depends-on base
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'base'
    hint: a revision depends on revisions or labels
    hint: `history` lists all revisions

    $ cargo migrate revision --head b1000 --depends-on heads
    exit code 2
    --- stderr
    error: Multiple head revisions are present for given argument 'heads'; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads
    hint: the heads are b1000, d1000
    hint: name one of them, or `LABEL@head`; or take all with `heads`

    $ cargo migrate revision --head b1000 --branch-label cart --rev-id n1000
    exit code 2
    --- stderr
    error: Branch name 'cart' in revision n1000 already used by revision d1000
    hint: give the new revision another label

    $ cargo migrate revision --head b1000 --branch-label d1000 --rev-id n1000
    exit code 2
    --- stderr
    error: Branch name 'd1000' in revision n1000 already used by revision d1000
    hint: give the new revision another label

    $ cargo migrate revision --head b1000 --branch-label x --branch-label x --rev-id n1000
    exit code 2
    --- stderr
    error: Branch name 'x' in revision n1000 already used by revision n1000
    hint: give the new revision another label

    $ cargo migrate revision --head b1000 --rev-id a1000
    exit code 2
    --- stderr
    error: Revision a1000 is present more than once
    hint: give the new revision another id

    $ cargo migrate revision --head b1000 --rev-id cart
    exit code 2
    --- stderr
    error: revision id `cart` is already a branch label of revision `d1000`
    hint: give the new revision another id

    $ cargo migrate revision --head b1000 --rev-id x --branch-label x
    exit code 2
    --- stderr
    error: Branch name 'x' in revision x already used by revision x
    hint: give the new revision another label

    $ cargo migrate revision --head zz --depends-on yy
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'zz'
    Can't locate revision identified by 'yy'
    hint: `history` lists all revisions

    $ cargo migrate revision --head b1000 --version-path elsewhere
    exit code 2
    --- stderr
    error: Path elsewhere is not represented in current version locations
    hint: `script_location` has `migrations`

    $ cargo migrate revision --autogenerate
    exit code 2
    --- stderr
    error: Multiple heads are present; please specify the head revision on which the new revision should be based, or perform a merge.
    hint: the heads are b1000, d1000
    hint: `--head ID` takes one of them; `cargo migrate merge heads` joins them
    "#);
}

/// A project with two folders of migrations.
fn two_folders() -> Project {
    let project = without_hooks();
    project.write(
        "migrate.toml",
        "post_write_hooks = []\nscript_location = [\"migrations\", \"lib/migrations\"]\n",
    );
    project.write(
        "lib/migrations/l1.rs",
        "#[migration(revision = \"l1\", down_revision = None)]\nfn upgrade() {}",
    );
    project.line("None", &["a1"]);
    project
}

#[test]
fn a_revision_lies_beside_what_it_revises_and_a_new_line_where_it_is_told_to() {
    let project = two_folders();
    let line = "revision --head base --rev-id x1";
    insta::assert_snapshot!(refused(&project, &mut at_noon(&project, line)), @"
    exit code 2
    --- stderr
    error: Multiple version locations present, please specify --version-path
    hint: `--version-path migrations`, `--version-path lib/migrations`
    ");
    let line = "revision --head base --rev-id x1 --version-path lib";
    insta::assert_snapshot!(refused(&project, &mut at_noon(&project, line)), @"
    exit code 2
    --- stderr
    error: Path lib is not represented in current version locations
    hint: `script_location` has `migrations`, `lib/migrations`
    ");
    insta::assert_snapshot!(session(&project, &[
        "revision --head l1 --rev-id l2",
        "revision --head a1 --rev-id a2",
        "revision --head base --rev-id x1 --version-path lib/migrations",
        "revision --head a2 --rev-id a3 --version-path ./lib/../lib/migrations",
    ]), @"
    $ cargo migrate revision --head l1 --rev-id l2
    exit code 0
    --- stdout
    lib/migrations/20261120_1200_l2.rs
    --- stderr
    Generating lib/migrations/20261120_1200_l2.rs ... done

    $ cargo migrate revision --head a1 --rev-id a2
    exit code 0
    --- stdout
    migrations/20261120_1200_a2.rs
    --- stderr
    Generating migrations/20261120_1200_a2.rs ... done

    $ cargo migrate revision --head base --rev-id x1 --version-path lib/migrations
    exit code 0
    --- stdout
    lib/migrations/20261120_1200_x1.rs
    --- stderr
    Generating lib/migrations/20261120_1200_x1.rs ... done

    $ cargo migrate revision --head a2 --rev-id a3 --version-path ./lib/../lib/migrations
    exit code 0
    --- stdout
    lib/migrations/20261120_1200_a3.rs
    --- stderr
    Generating lib/migrations/20261120_1200_a3.rs ... done
    ");
    let mut command = at_noon(&project, "revision --head l2 --rev-id l3 --version-path .");
    let transcript = project.transcript(command.current_dir(project.path().join("lib/migrations")));
    insta::assert_snapshot!(transcript, @"
    exit code 0
    --- stdout
    20261120_1200_l3.rs
    --- stderr
    Generating 20261120_1200_l3.rs ... done
    ");
}

#[test]
fn a_folder_of_migrations_that_is_missing_is_said_to_be() {
    let project = without_hooks();
    project.write("migrate.toml", "script_location = \"db\"");
    insta::assert_snapshot!(refused(&project, &mut at_noon(&project, "revision -m x")), @"
    exit code 2
    --- stderr
    error: Path doesn't exist: [project]/db.  Please use the 'init' command to create a new scripts folder.
    ");
}

#[test]
fn other_revisions_that_cannot_be_read_are_mended_first() {
    let project = without_hooks();
    project.write(
        "migrations/a1.rs",
        "#[migration(revision = \"a1\")]\nfn upgrade() {}",
    );
    insta::assert_snapshot!(refused(&project, &mut at_noon(&project, "revision -m x")), @r#"
    exit code 2
    --- stderr
    error: migrations/a1.rs:1:1: `down_revision` is missing: it takes `None` (for a first revision), `"ID"` or `["ID", "ID"]`
    "#);
}
