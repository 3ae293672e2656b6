//! `status`: where the database is, and what comes next.

use migrate_core::sqlx::{Connection, Executor, SqliteConnection};
use migrate_tests::proxy::Proxy;
use migrate_tests::{Project, TestDatabase, Transcript};

use super::{empty, project};

/// The status of a project whose version table holds these rows, whatever they are.
async fn at(project: &Project, rows: &[&str]) -> Transcript {
    let url = format!("sqlite://{}/app.db?mode=rwc", project.path().display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    connection
        .execute(
            "DROP TABLE IF EXISTS alembic_version; CREATE TABLE alembic_version (version_num VARCHAR(32))",
        )
        .await
        .unwrap();
    for row in rows {
        let insert = sqlx::query("INSERT INTO alembic_version VALUES (?)");
        insert.bind(row).execute(&mut connection).await.unwrap();
    }
    connection.close().await.unwrap();
    project.run("status")
}

fn ids(from: u32, to: u32) -> Vec<String> {
    (from..=to).map(|number| format!("r{number:02}")).collect()
}

/// A line of `r01` to `r24`.
fn long() -> Project {
    let project = project();
    let ids = ids(1, 24);
    project.line("None", &ids.iter().map(String::as_str).collect::<Vec<_>>());
    project
}

#[tokio::test]
async fn behind_and_at_head() {
    let project = long();
    let before = project.files();
    insta::assert_snapshot!(project.run("status"), @"
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Current    nothing is applied
    Pending    24 revisions
               r01, r01
               r02, r02
               r03, r03
               r04, r04
               r05, r05
               r06, r06
               r07, r07
               r08, r08
               r09, r09
               r10, r10
               ... and 14 more
    Head       r24  migrations/r24.rs
    Next       cargo migrate upgrade head
    ");
    assert_eq!(project.files(), before, "a missing file stays missing");
    insta::assert_snapshot!(at(&project, &["r12"]).await, @"
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Current    r12, r12
    Pending    12 revisions
               r13, r13
               r14, r14
               r15, r15
               r16, r16
               r17, r17
               r18, r18
               r19, r19
               r20, r20
               r21, r21
               r22, r22
               ... and 2 more
    Head       r24  migrations/r24.rs
    Next       cargo migrate upgrade head
    ");
    insta::assert_snapshot!(at(&project, &["r13"]).await.stdout.lines().count(), @"16");
    insta::assert_snapshot!(at(&project, &["r24"]).await, @"
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Current    r24 (head), r24
    Pending    nothing
    Head       r24  migrations/r24.rs
    Next       nothing to do
    ");
}

#[tokio::test]
async fn several_heads_are_named_with_their_files() {
    let project = project();
    project.line("None", &["a1"]);
    project.migration("b1_add_carts", r#"revision = "b1", down_revision = "a1""#);
    project.migration("c1_add_orders", r#"revision = "c1", down_revision = "a1""#);
    insta::assert_snapshot!(at(&project, &["b1"]).await, @"
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Current    b1 (head), b1 add carts
    Pending    1 revision
               c1 (head), c1 add orders
    Heads      b1  migrations/b1_add_carts.rs
               c1  migrations/c1_add_orders.rs
    Next       cargo migrate merge heads
               or cargo migrate rebase
    ");
    // Branches with names of their own are meant to stay apart.
    project.migration(
        "b1_add_carts",
        r#"revision = "b1", down_revision = "a1", branch_labels = ["carts"]"#,
    );
    project.migration(
        "c1_add_orders",
        r#"revision = "c1", down_revision = "a1", branch_labels = ["orders"]"#,
    );
    insta::assert_snapshot!(at(&project, &["b1"]).await, @"
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Current    b1 (carts) (head), b1 add carts
    Pending    1 revision
               c1 (orders) (head), c1 add orders
    Heads      b1  migrations/b1_add_carts.rs
               c1  migrations/c1_add_orders.rs
    Next       cargo migrate upgrade heads
    ");
}

#[tokio::test]
async fn rows_that_no_revision_has() {
    let project = project();
    project.line("None", &["a1", "b1", "c1"]);
    insta::assert_snapshot!(at(&project, &["f00d"]).await, @"
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Unknown    f00d, which no revision here has: of a newer deployment, or of another branch
    Head       c1  migrations/c1.rs
    Next       update to the sources, or to the build, that have it
               or cargo migrate stamp --purge REVISION
    ");
    insta::assert_snapshot!(at(&project, &["b1", "f00d"]).await, @"
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Current    b1, b1
    Unknown    f00d, which no revision here has: of a newer deployment, or of another branch
    Head       c1  migrations/c1.rs
    Next       update to the sources, or to the build, that have it
               or cargo migrate stamp --purge REVISION
    ");
    insta::assert_snapshot!(at(&project, &[" C1"]).await, @"
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Unknown    ' C1', which is c1 but for case or white space
    Head       c1  migrations/c1.rs
    Next       cargo migrate stamp --purge c1
    ");
    insta::assert_snapshot!(at(&project, &["b1", "b1"]).await, @"
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Current    b1, b1
    Repeated   b1, it has more than one row
    Head       c1  migrations/c1.rs
    Next       cargo migrate stamp --purge b1
    ");
    insta::assert_snapshot!(at(&project, &["\u{1b}[31m", ""]).await, @r"
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Unknown    '', which no revision can have as its id
               '\u{1b}[31m', which no revision can have as its id
    Head       c1  migrations/c1.rs
    Next       cargo migrate stamp --purge REVISION
    ");
    insta::assert_snapshot!(at(&project, &["c1", "a1"]).await, @"
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Current    c1 (head), c1
    Redundant  a1, other rows imply it
    Pending    nothing
    Head       c1  migrations/c1.rs
    Next       nothing to do
    ");
}

#[tokio::test]
async fn programs_read_it_as_json() {
    let project = project();
    project.line("None", &["a1", "b1"]);
    at(&project, &["a1"]).await;
    insta::assert_snapshot!(project.run("status --format json"), @r#"
    exit code 0
    --- stdout
    {
      "database": "sqlite://app.db",
      "current": [
        "a1"
      ],
      "redundant": [],
      "repeated": [],
      "unknown": [],
      "pending": [
        {
          "revision": "b1",
          "down_revisions": [
            "a1"
          ],
          "depends_on": [],
          "branch_labels": [],
          "message": "b1",
          "path": "migrations/b1.rs",
          "is_head": true,
          "is_base": false,
          "is_branch_point": false,
          "is_merge_point": false
        }
      ],
      "heads": [
        {
          "revision": "b1",
          "down_revisions": [
            "a1"
          ],
          "depends_on": [],
          "branch_labels": [],
          "message": "b1",
          "path": "migrations/b1.rs",
          "is_head": true,
          "is_base": false,
          "is_branch_point": false,
          "is_merge_point": false
        }
      ],
      "next": [
        "cargo migrate upgrade head"
      ]
    }
    "#);
    at(&project, &["b1", "f00d"]).await;
    insta::assert_snapshot!(project.run("status --format json"), @r#"
    exit code 0
    --- stdout
    {
      "database": "sqlite://app.db",
      "current": [
        "b1"
      ],
      "redundant": [],
      "repeated": [],
      "unknown": [
        "f00d"
      ],
      "pending": null,
      "heads": [
        {
          "revision": "b1",
          "down_revisions": [
            "a1"
          ],
          "depends_on": [],
          "branch_labels": [],
          "message": "b1",
          "path": "migrations/b1.rs",
          "is_head": true,
          "is_base": false,
          "is_branch_point": false,
          "is_merge_point": false
        }
      ],
      "next": [
        "cargo migrate stamp --purge REVISION"
      ]
    }
    "#);
}

#[test]
fn without_a_database_the_revisions_are_told() {
    let project = empty();
    project.write("migrate.toml", "");
    project.line("None", &["a1"]);
    insta::assert_snapshot!(project.session(&["status", "status --format json"]), @r#"
    $ cargo migrate status
    exit code 0
    --- stdout
    Database   none is configured
    Head       a1  migrations/a1.rs
    Next       name a database: `DATABASE_URL`, `--database-url`, or `database_url` in `migrate.toml`

    $ cargo migrate status --format json
    exit code 0
    --- stdout
    {
      "database": null,
      "current": null,
      "redundant": null,
      "repeated": null,
      "unknown": null,
      "pending": null,
      "heads": [
        {
          "revision": "a1",
          "down_revisions": [],
          "depends_on": [],
          "branch_labels": [],
          "message": "a1",
          "path": "migrations/a1.rs",
          "is_head": true,
          "is_base": true,
          "is_branch_point": false,
          "is_merge_point": false
        }
      ],
      "next": []
    }
    "#);
    project.write(
        "migrate.toml",
        "database_url = \"postgres://${NOBODY_SETS_THIS}@h/app\"\n",
    );
    insta::assert_snapshot!(project.run("status"), @"
    exit code 2
    --- stdout
    Head       a1  migrations/a1.rs
    --- stderr
    error: `database_url` in `[project]/migrate.toml` names the variable `NOBODY_SETS_THIS`, which is not set
    hint: set it in the environment or in `.env`; a literal `${` is written `$${`
    ");
}

#[test]
fn with_a_database_that_does_not_answer_the_revisions_are_told_and_it_fails() {
    let project = project();
    project.line("None", &["a1"]);
    let url = "--database-url postgres://me:hunter2@127.0.0.1:1/app";
    insta::assert_snapshot!(project.session(&[&format!("status {url}"), &format!("status {url} --format json")]), @r#"
    $ cargo migrate status --database-url postgres://me:hunter2@127.0.0.1:1/app
    exit code 3
    --- stdout
    Database   postgres://me:***@127.0.0.1:1/app
    Head       a1  migrations/a1.rs
    --- stderr
    error: the database does not answer: Connection refused (os error 111)
    hint: is its server running? `--wait 30s` waits for one that is starting
    hint: the database is `postgres://me:***@127.0.0.1:1/app`

    $ cargo migrate status --database-url postgres://me:hunter2@127.0.0.1:1/app --format json
    exit code 3
    --- stdout
    {
      "database": "postgres://me:***@127.0.0.1:1/app",
      "current": null,
      "redundant": null,
      "repeated": null,
      "unknown": null,
      "pending": null,
      "heads": [
        {
          "revision": "a1",
          "down_revisions": [],
          "depends_on": [],
          "branch_labels": [],
          "message": "a1",
          "path": "migrations/a1.rs",
          "is_head": true,
          "is_base": true,
          "is_branch_point": false,
          "is_merge_point": false
        }
      ],
      "next": [],
      "error": {
        "kind": "connection",
        "message": "the database does not answer: Connection refused (os error 111)",
        "hints": [
          "is its server running? `--wait 30s` waits for one that is starting",
          "the database is `postgres://me:***@127.0.0.1:1/app`"
        ]
      }
    }
    "#);
}

#[test]
fn the_next_command_is_for_the_same_project_and_database() {
    let project = project();
    project.line("None", &["a1"]);
    project.write(
        "it's.toml",
        "[shop]\nscript_location = \"migrations\"\ndatabase_url = \"sqlite://app.db\"\n",
    );
    let next = |line: &str| project.run(line).stdout.lines().last().map(str::to_owned);
    let lines = [
        "-n shop -c it's.toml status",
        "status --database-url sqlite://other.db",
    ];
    insta::assert_snapshot!(lines.map(|line| next(line).unwrap()).join("\n"), @r"
    Next       cargo migrate -c 'it'\''s.toml' -n shop upgrade head
    Next       cargo migrate --database-url URL upgrade head
    ");
}

#[test]
fn a_new_project_has_no_revision() {
    let project = project();
    insta::assert_snapshot!(project.run("status"), @"
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Current    nothing is applied
    Pending    nothing
    Heads      none
    Next       cargo migrate revision -m MESSAGE
    ");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn it_asks_three_times_whatever_there_is_to_tell() {
    let database = TestDatabase::postgres().await;
    let project = long();
    let stamped = project.run(&format!("stamp r03 --database-url {}", database.url()));
    assert_eq!(stamped.code, Some(0), "{stamped}");
    let proxy = Proxy::before(&database).await;
    let status = project.run(&format!("status --database-url {}", proxy.url()));
    assert!(status.stdout.contains("Pending    21 revisions\n"), "{status}");
    // The login, the search for the version table, its rows.
    assert_eq!(proxy.round_trips(), 3);
}
