//! The same commands on PostgreSQL.

use migrate_tests::TestDatabase;

use super::Fixture;

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn up_and_down_on_postgres() {
    let database = TestDatabase::postgres().await;
    let fixture = Fixture::new("branches");
    let run = |line: &str| fixture.transcript(fixture.command(line).env("DATABASE_URL", database.url()));
    assert_eq!(run("upgrade head").code, Some(0));
    assert_eq!(
        run("current").stdout,
        "abab2222 (effective head)\nffff6666 (head)\n"
    );
    assert_eq!(run("downgrade base").code, Some(0));
    let tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(database.rows(tables).await, ["alembic_version"]);
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_wrong_password_is_never_printed() {
    let database = TestDatabase::postgres().await;
    database.execute("DROP ROLE IF EXISTS cli_guest").await;
    database
        .execute("CREATE ROLE cli_guest LOGIN PASSWORD 'right'")
        .await;
    let (_, address) = database
        .url()
        .split_once('@')
        .unwrap_or_else(|| database.url().split_once("//").unwrap());
    let fixture = Fixture::new("chain");
    let url = format!("postgres://cli_guest:hunter2@{address}");
    let refused = fixture.transcript(fixture.command("upgrade head").env("DATABASE_URL", url));
    insta::assert_snapshot!(refused.replace(address, "[address]"), @r#"
    exit code 3
    --- stderr
    error: cannot open the database: password authentication failed for user "cli_guest" (code 28P01)
    hint: the database is `postgres://cli_guest:***@[address]`
    "#);
    let url = format!("postgres://cli_guest:hun/ter2@{address}");
    let refused = fixture.transcript(fixture.command("current --format json").env("DATABASE_URL", url));
    insta::assert_snapshot!(refused.replace(address, "[address]"), @r#"
    exit code 2
    --- stdout
    {
      "error": {
        "kind": "config",
        "message": "the database URL cannot be read: invalid port number",
        "hints": [
          "the database is `postgres://cli_guest:***@[address]`",
          "in a URL's password `@` is written `%40`, `/` `%2F`, `#` `%23`, `?` `%3F` and `:` `%3A`"
        ]
      }
    }
    "#);
    for password in ["hunter2", "h%75nter2", "h@nt/er#2?", "hunter2%40"] {
        let fixture = Fixture::new("chain");
        for line in ["upgrade head", "current -v", "upgrade head --format json"] {
            let mut command = fixture.command(line);
            command.env(
                "DATABASE_URL",
                format!("postgres://cli_guest:{password}@{address}"),
            );
            let transcript = fixture.transcript(&mut command);
            assert!(matches!(transcript.code, Some(2 | 3)), "{password}: {transcript}");
            for secret in [password, "hunter2", "nter"] {
                assert!(!transcript.to_string().contains(secret), "{transcript}");
            }
        }
    }
    database.execute("DROP ROLE cli_guest").await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_failed_migration_changes_nothing() {
    let database = TestDatabase::postgres().await;
    let fixture = Fixture::new("failing");
    let run = |line: &str| fixture.transcript(fixture.command(line).env("DATABASE_URL", database.url()));
    insta::assert_snapshot!(run("upgrade head"), @r#"
    exit code 3
    --- stderr
    Running upgrade  -> f1f1f1f1, create notes (.. ms)
    Running upgrade f1f1f1f1 -> f2f2f2f2, add nothing
    error: upgrade of `f2f2f2f2` (fixtures/failing/second.rs) failed: fixtures/failing/second.rs:11: relation "nowhere" does not exist (code 42P01)
      in the statement: ALTER TABLE nowhere ADD COLUMN x INTEGER
    "#);
    assert_eq!(run("current").stdout, "f1f1f1f1\n");
    let tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1";
    assert_eq!(database.rows(tables).await, ["alembic_version", "notes"]);
}
