//! Where the settings come from, seen from outside; the rules are tested where they are written.

use std::fs;

use super::Fixture;

#[test]
fn a_project_s_file_names_database_and_table() {
    let fixture = Fixture::new("chain");
    let write = |name: &str, text: &str| fs::write(fixture.path().join(name), text).unwrap();
    write(
        "migrate.toml",
        "database_url = 'sqlite://${NAME}.db'\nversion_table = 'versions'\nlock_timeout = '5s'\n",
    );
    write(".env", "NAME=shop\n");
    let inner = fixture.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let upgrade = fixture.transcript(fixture.without_database("upgrade +1").current_dir(&inner));
    assert_eq!(upgrade.code, Some(0), "{upgrade}");
    assert!(fixture.path().join("shop.db").exists());
    let current = fixture.transcript(fixture.without_database("current -v").current_dir(&inner));
    insta::assert_snapshot!(current, @r"
    exit code 0
    --- stdout
    Current revision(s) for sqlite://[folder]/shop.db:
    Rev: 1a2b3c4d
    Parent: <base>
    Path: fixtures/chain/001_users.rs

        create users
        
        Revision ID: 1a2b3c4d
        Revises: <base>
    ");
    let script = fixture.transcript(&mut fixture.without_database("ensure-version --sql"));
    assert!(script.stdout.contains("\"versions\""), "{script}");
}

#[test]
fn no_database_and_a_wrong_key_are_errors_that_say_what_to_do() {
    let fixture = Fixture::new("chain");
    insta::assert_snapshot!(fixture.transcript(&mut fixture.without_database("current")), @r"
    exit code 2
    --- stderr
    error: no database is configured
    hint: set `DATABASE_URL`, give `--database-url`, or write `database_url` into `migrate.toml`
    ");
    fs::write(fixture.path().join("other.toml"), "databse_url = 'x'").unwrap();
    insta::assert_snapshot!(fixture.session(&["-c other.toml heads", "-c missing.toml heads --format json"]), @r#"
    $ migrate -c other.toml heads
    exit code 2
    --- stderr
    error: `[folder]/other.toml` has an unknown key `databse_url`
    hint: did you mean `database_url`?

    $ migrate -c missing.toml heads --format json
    exit code 2
    --- stdout
    {
      "error": {
        "kind": "config",
        "message": "cannot read `[folder]/missing.toml`: entity not found",
        "hints": []
      }
    }
    "#);
}
