//! `check`: the models that are linked into the binary beside its database.

use std::fs;

use super::Fixture;

#[test]
fn a_filter_says_what_is_compared_and_one_that_means_nothing_is_told() {
    let fixture = Fixture::new("chain");
    fixture.run("upgrade head -q");
    insta::assert_snapshot!(
        fixture.session(&[
            "check",
            "check --exclude orders",
            "check --include user* --include nothing*",
            "check --exclude orders --format json",
        ]),
        @r#"
    $ migrate check
    exit code 1
    --- stdout
    New upgrade operations detected:
        op.add_column("orders", "user_id", integer());
        op.create_foreign_key(None, "orders", "users", ["user_id"], ["id"]);

    $ migrate check --exclude orders
    exit code 0
    --- stdout
    No new upgrade operations detected.

    $ migrate check --include user* --include nothing*
    exit code 0
    --- stdout
    No new upgrade operations detected.
    note: the filter `nothing*` matches no table

    $ migrate check --exclude orders --format json
    exit code 0
    --- stdout
    {
      "operations": [],
      "open": [],
      "likely": [],
      "notes": [],
      "upgrade": [],
      "downgrade": []
    }
    "#
    );
}

#[test]
fn the_configuration_says_the_same_for_good_and_flags_say_it_instead() {
    let fixture = Fixture::new("chain");
    fixture.run("upgrade head -q");
    let config = "[autogenerate]\nexclude = ['orders']\n";
    fs::write(fixture.path().join("migrate.toml"), config).unwrap();
    insta::assert_snapshot!(fixture.session(&["check", "check --exclude users"]), @r#"
    $ migrate check
    exit code 0
    --- stdout
    No new upgrade operations detected.

    $ migrate check --exclude users
    exit code 1
    --- stdout
    New upgrade operations detected:
        op.add_column("orders", "user_id", integer());
        op.create_foreign_key(None, "orders", "users", ["user_id"], ["id"]);
    "#);
    let config = "[autogenerate]\nexcluded = ['orders']\n";
    fs::write(fixture.path().join("migrate.toml"), config).unwrap();
    insta::assert_snapshot!(fixture.run("check"), @"
    exit code 2
    --- stderr
    error: `autogenerate` in `[folder]/migrate.toml` must be a table of `include`, `exclude` and `schemas`, each a list of names
    ");
}
