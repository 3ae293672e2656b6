//! Mistakes, each with a clear error, its exit code, and nothing changed.

use migrate_core::sqlx::{Connection, Executor, SqliteConnection};
use migrate_tests::TestDatabase;

use super::Fixture;

#[test]
fn targets_that_mean_nothing() {
    let fixture = Fixture::new("branches");
    insta::assert_snapshot!(fixture.session(&[
        "upgrade nowhere",
        "upgrade aaaa1112",
        "upgrade ab",
        "upgrade cart@aaaa1111+9",
        "upgrade +99",
        "upgrade cart@abab1111",
        "upgrade head-",
        "history -r head",
        "history -r stock:cart",
        "show +1",
        "downgrade head",
    ]), @r"
    $ migrate upgrade nowhere
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'nowhere'
    hint: `history` lists all revisions

    $ migrate upgrade aaaa1112
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'aaaa1112'
    hint: did you mean `aaaa1111`?
    hint: `history` lists all revisions

    $ migrate upgrade ab
    exit code 2
    --- stderr
    error: Multiple revisions start with 'ab': abab1111, abab2222

    $ migrate upgrade cart@aaaa1111+9
    exit code 2
    --- stderr
    error: Relative revision cart@aaaa1111+9 didn't produce 9 migrations

    $ migrate upgrade +99
    exit code 2
    --- stderr
    error: Ambiguous walk: on the way to '+99', base leads to aaaa1111, abab1111
    hint: name the way with a label or a revision, such as `aaaa1111`

    $ migrate upgrade cart@abab1111
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'abab1111': revision abab1111 is not a member of branch 'cart'
    hint: `history` lists all revisions

    $ migrate upgrade head-
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'head-': only a number can follow `+` or `-`
    hint: `history` lists all revisions

    $ migrate history -r head
    exit code 2
    --- stderr
    error: History range requires [start]:[end], [start]:, or :[end]; got 'head'

    $ migrate history -r stock:cart
    exit code 2
    --- stderr
    error: Requested range stock:cart does not refer to ancestor/descendant revisions along the same branch

    $ migrate show +1
    exit code 2
    --- stderr
    error: Relative revision +1 didn't produce 1 migrations

    $ migrate downgrade head
    exit code 2
    --- stderr
    error: Destination head is not a valid downgrade target from current head(s)
    ");
    assert!(!fixture.has_database());
}

#[test]
fn a_target_that_counts_from_several_places() {
    let fixture = Fixture::new("branches");
    fixture.run("stamp cart stock");
    insta::assert_snapshot!(fixture.session(&["downgrade -1", "upgrade +1", "current"]), @r"
    $ migrate downgrade -1
    exit code 2
    --- stderr
    error: downgrade -1 from multiple heads is ambiguous
    hint: the database is at cc1c3333, cc2c3333: name the revision or the branch

    $ migrate upgrade +1
    exit code 2
    --- stderr
    error: Ambiguous upgrade from multiple current revisions
    hint: the database is at cc1c3333, cc2c3333: name the revision or the branch

    $ migrate current
    exit code 0
    --- stdout
    cc1c3333
    cc2c3333
    ");
}

#[tokio::test]
async fn a_row_of_the_version_table_that_no_revision_has() {
    let database = TestDatabase::sqlite();
    database
        .execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        .await;
    database
        .execute("INSERT INTO alembic_version VALUES ('0dd0dd0dd0dd')")
        .await;
    let fixture = Fixture::new("chain");
    let on = |line: &str| fixture.transcript(fixture.command(line).env("DATABASE_URL", database.url()));
    insta::assert_snapshot!(on("upgrade head"), @r"
    exit code 2
    --- stderr
    error: Can't locate revision identified by '0dd0dd0dd0dd'
    hint: the database has it and the revisions here do not: get the missing revision, or set the table right with `stamp --purge`
    ");
    insta::assert_snapshot!(on("current --format json"), @r#"
    exit code 2
    --- stdout
    {
      "error": {
        "kind": "unknown_revision",
        "message": "Can't locate revision identified by '0dd0dd0dd0dd'",
        "hints": [
          "the database has it and the revisions here do not: get the missing revision, or set the table right with `stamp --purge`"
        ]
      }
    }
    "#);
    for line in [
        "downgrade base",
        "stamp head",
        "upgrade head --plan",
        "history -r current:",
    ] {
        assert_eq!(on(line).code, Some(2), "{line}");
    }
    assert_eq!(on("history -i").code, Some(0));
    assert_eq!(
        database.rows("SELECT version_num FROM alembic_version").await,
        ["0dd0dd0dd0dd"]
    );
    assert_eq!(
        database
            .rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
            .await,
        ["alembic_version"]
    );
    insta::assert_snapshot!(on("stamp head --purge"), @r"
    exit code 0
    --- stderr
    Running stamp_revision 0dd0dd0dd0dd ->  (.. ms)
    Running stamp_revision  -> 7c8d9e0f (.. ms)
    ");
    assert_eq!(
        database.rows("SELECT version_num FROM alembic_version").await,
        ["7c8d9e0f"]
    );
}

#[tokio::test]
async fn a_row_of_the_version_table_does_not_steer_the_terminal() {
    let database = TestDatabase::sqlite();
    database
        .execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        .await;
    database
        .execute("INSERT INTO alembic_version VALUES (char(27) || '[2J')")
        .await;
    let fixture = Fixture::new("chain");
    for line in ["upgrade head", "stamp head --purge --plan"] {
        let transcript = fixture.transcript(fixture.command(line).env("DATABASE_URL", database.url()));
        assert!(transcript.to_string().contains(r"\u{1b}[2J"), "{transcript}");
    }
}

#[test]
fn a_downgrade_through_an_irreversible_migration() {
    let fixture = Fixture::new("chain");
    fixture.run("upgrade head");
    insta::assert_snapshot!(fixture.session(&["downgrade base", "downgrade base --format json", "current"]), @r#"
    $ migrate downgrade base
    exit code 3
    --- stderr
    error: migration `3e4f5a6b` (fixtures/chain/003_forget.rs) is irreversible: the emails are gone

    $ migrate downgrade base --format json
    exit code 3
    --- stdout
    {
      "error": {
        "kind": "irreversible",
        "message": "migration `3e4f5a6b` (fixtures/chain/003_forget.rs) is irreversible: the emails are gone",
        "hints": []
      }
    }

    $ migrate current
    exit code 0
    --- stdout
    7c8d9e0f (head)
    "#);
}

#[test]
fn a_migration_that_fails() {
    insta::assert_snapshot!(Fixture::new("failing").session(&["upgrade head", "current"]), @r"
    $ migrate upgrade head
    exit code 3
    --- stderr
    Running upgrade  -> f1f1f1f1, create notes (.. ms)
    Running upgrade f1f1f1f1 -> f2f2f2f2, add nothing
    error: upgrade of `f2f2f2f2` (fixtures/failing/second.rs) failed: fixtures/failing/second.rs:11: no such table: nowhere (code 1)
      in the statement: ALTER TABLE nowhere ADD COLUMN x INTEGER

    $ migrate current
    exit code 0
    --- stdout
    f1f1f1f1
    ");
}

#[test]
fn names_that_a_migration_gives_twice() {
    let fixture = Fixture::new("colliding");
    insta::assert_snapshot!(fixture.session(&[
        "upgrade head",
        "upgrade head --format json",
        "upgrade head --sql",
        "current",
    ]), @r#"
    $ migrate upgrade head
    exit code 3
    --- stderr
    error: migration `c2c2c2c2` (fixtures/colliding/second.rs:14): the column `cart_item.ID` has the name of the column `cart_item.id` (fixtures/colliding/second.rs:14), for sqlite takes both as `id`: give one of them another name
    migration `c2c2c2c2` (fixtures/colliding/second.rs:19): the index `ix_cart_item_id` on `cart_item` has the name of the index `ix_cart_item_id` on `cart` (fixtures/colliding/second.rs:18), for sqlite takes both as `ix_cart_item_id`: give one of them another name

    $ migrate upgrade head --format json
    exit code 3
    --- stdout
    {
      "error": {
        "kind": "migration",
        "message": "migration `c2c2c2c2` (fixtures/colliding/second.rs:14): the column `cart_item.ID` has the name of the column `cart_item.id` (fixtures/colliding/second.rs:14), for sqlite takes both as `id`: give one of them another name\nmigration `c2c2c2c2` (fixtures/colliding/second.rs:19): the index `ix_cart_item_id` on `cart_item` has the name of the index `ix_cart_item_id` on `cart` (fixtures/colliding/second.rs:18), for sqlite takes both as `ix_cart_item_id`: give one of them another name",
        "hints": []
      }
    }

    $ migrate upgrade head --sql
    exit code 3
    --- stderr
    error: migration `c2c2c2c2` (fixtures/colliding/second.rs:14): the column `cart_item.ID` has the name of the column `cart_item.id` (fixtures/colliding/second.rs:14), for sqlite takes both as `id`: give one of them another name
    migration `c2c2c2c2` (fixtures/colliding/second.rs:19): the index `ix_cart_item_id` on `cart_item` has the name of the index `ix_cart_item_id` on `cart` (fixtures/colliding/second.rs:18), for sqlite takes both as `ix_cart_item_id`: give one of them another name

    $ migrate current
    exit code 0
    "#);
}

#[test]
fn a_directory_without_migrations() {
    let fixture = Fixture::new("none");
    insta::assert_snapshot!(fixture.session(&["upgrade head", "heads --format json"]), @r#"
    $ migrate upgrade head
    exit code 2
    --- stderr
    error: there are no migrations: `fixtures/none` of package `migrate-tests` holds none that was compiled in
    hint: cargo sees a new file when `build.rs` prints `cargo::rerun-if-changed=` and the directory's name

    $ migrate heads --format json
    exit code 2
    --- stdout
    {
      "error": {
        "kind": "graph",
        "message": "there are no migrations: `fixtures/none` of package `migrate-tests` holds none that was compiled in",
        "hints": [
          "cargo sees a new file when `build.rs` prints `cargo::rerun-if-changed=` and the directory's name"
        ]
      }
    }
    "#);
    assert!(!fixture.has_database());
}

#[test]
fn a_database_that_cannot_be_opened() {
    let fixture = Fixture::new("chain");
    let on = |url: &str, line: &str| fixture.transcript(fixture.command(line).env("DATABASE_URL", url));
    insta::assert_snapshot!(on("sqlite://no/such/folder/app.db", "upgrade head"), @r"
    exit code 3
    --- stderr
    error: cannot open the database: unable to open database file (code 14)
    hint: the database is `sqlite://no/such/folder/app.db`
    ");
    insta::assert_snapshot!(on("oracle://me:hunter2@localhost/app", "upgrade head"), @r"
    exit code 2
    --- stderr
    error: the database URL starts with `oracle`, which is no database known here: use `sqlite://`, `postgres://`, `mysql://`
    hint: the database is `oracle://me:***@localhost/app`
    ");
    insta::assert_snapshot!(on("me:hunter2@localhost/app", "current"), @r"
    exit code 2
    --- stderr
    error: the database URL starts with `me`, which is no database known here: use `sqlite://`, `postgres://`, `mysql://`
    hint: the database is `me:***@localhost/app`
    ");
    std::fs::write(
        fixture.path().join("app.db"),
        "this is no database, however long it may be",
    )
    .unwrap();
    insta::assert_snapshot!(fixture.run("upgrade head"), @r"
    exit code 3
    --- stderr
    error: file is not a database (code 26)
    ");
}

#[tokio::test]
async fn a_database_that_another_run_holds() {
    let fixture = Fixture::new("chain");
    fixture.run("upgrade +1");
    std::fs::write(fixture.path().join("migrate.toml"), "lock_timeout = '100ms'").unwrap();
    let file = format!("sqlite://{}", fixture.path().join("app.db").display());
    let mut other = SqliteConnection::connect(&file).await.unwrap();
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    let refused = fixture.run("upgrade head");
    assert_eq!(fixture.run("upgrade 1a2b3c4d").code, Some(0));
    other.close().await.unwrap();
    insta::assert_snapshot!(refused, @r"
    exit code 4
    --- stderr
    Running upgrade 1a2b3c4d -> 1a2b9999, add email
    error: upgrade of `1a2b9999` (fixtures/chain/002_email.rs) failed: database is locked (code 5)
    hint: run it again when the other is done; `lock_timeout` says how long to wait
    ");
    assert_eq!(fixture.run("current").stdout, "1a2b3c4d\n");
}

#[test]
fn no_server_answers() {
    let fixture = Fixture::new("chain");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let mut command = fixture.command("upgrade head");
    command.env(
        "DATABASE_URL",
        format!("postgres://me:hunter2@127.0.0.1:{port}/app"),
    );
    let transcript = fixture
        .transcript(&mut command)
        .replace(&port.to_string(), "[port]");
    insta::assert_snapshot!(transcript, @"
    exit code 3
    --- stderr
    error: the database does not answer: Connection refused (os error 111)
    hint: is its server running? `--wait 30s` waits for one that is starting
    hint: the database is `postgres://me:***@127.0.0.1:[port]/app`
    ");
}

/// In whichever form the password stands, and whatever is wrong with the rest.
#[test]
fn no_form_of_a_password_is_printed() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let fixture = Fixture::new("chain");
    for url in [
        format!("postgres://me:s3cr3t%2Fw%40rd@127.0.0.1:{port}/app"),
        format!("postgres://me:s3cr3t%ZZw%ffrd@127.0.0.1:{port}/app"),
        format!("postgres://127.0.0.1:{port}/app?user=me&password=s3cr3t%2Fw%40rd"),
        format!("postgres://me:s3cr3t/w@rd@127.0.0.1:{port}/app"),
        format!("postgres://me:s3cr3t w#rd@127.0.0.1:{port}/app"),
        "postgres://me:s3cr3tw%40rd@no host/app".to_owned(),
        "postgres://me:s3cr3tw%40rd@127.0.0.1:99999/app".to_owned(),
        "postgres://me:s3cr3tw%40rd@[::zz]/app".to_owned(),
        "postgres://me:s3cr3tw%40rd@127.0.0.1/app?sslmode=nonsense".to_owned(),
        "postgres//me:s3cr3tw%40rd@127.0.0.1/app".to_owned(),
        "postgresql+asyncpg:me:s3cr3tw%40rd@127.0.0.1/app".to_owned(),
        "sqlite://me:s3cr3tw%40rd@no/such/folder.db?mode=nonsense".to_owned(),
    ] {
        for line in ["current -v", "upgrade head", "upgrade head --plan --format json"] {
            let mut command = fixture.command(line);
            command
                .env("DATABASE_URL", &url)
                .env("PGPASSWORD", "s3cr3t of the environment");
            command.env("RUST_BACKTRACE", "full").env("RUST_LOG", "trace");
            let said = fixture.transcript(&mut command);
            assert!(matches!(said.code, Some(2 | 3)), "{url} {line}: {said}");
            let secrets = ["s3cr3t", "w@rd", "w%40rd", "w%ffrd", "w#rd"];
            assert!(
                !secrets.iter().any(|secret| said.to_string().contains(secret)),
                "{url} {line}: {said}"
            );
        }
    }
}

#[test]
fn arguments_that_make_no_sense() {
    insta::assert_snapshot!(Fixture::new("chain").session(&[
        "upgrade",
        "upgrade head --plan --sql",
        "downgrade --purge base",
        "--format json upgade head",
    ]), @r#"
    $ migrate upgrade
    exit code 2
    --- stderr
    error: the following required arguments were not provided:
      <REVISION>

    Usage: fixture-migrate upgrade <REVISION>

    For more information, try '--help'.

    $ migrate upgrade head --plan --sql
    exit code 2
    --- stderr
    error: the argument '--plan' cannot be used with '--sql'

    Usage: fixture-migrate upgrade --plan <REVISION>

    For more information, try '--help'.

    $ migrate downgrade --purge base
    exit code 2
    --- stderr
    error: unexpected argument '--purge' found

      tip: to pass '--purge' as a value, use '-- --purge'

    Usage: fixture-migrate downgrade [OPTIONS] <REVISION>

    For more information, try '--help'.

    $ migrate --format json upgade head
    exit code 2
    --- stdout
    {
      "error": {
        "kind": "usage",
        "message": "unrecognized subcommand 'upgade'",
        "hints": [
          "tip: some similar subcommands exist: 'downgrade', 'upgrade'",
          "Usage: fixture-migrate [OPTIONS] <COMMAND>",
          "For more information, try '--help'."
        ]
      }
    }
    "#);
}
