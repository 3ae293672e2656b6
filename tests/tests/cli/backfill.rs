//! A backfill as a person sees it: how far it is, and that it goes on.

use migrate_tests::TestDatabase;

use super::Fixture;

#[tokio::test]
async fn a_backfill_tells_how_far_it_is_and_goes_on_where_it_failed() {
    let fixture = Fixture::new("backfill");
    fixture.run("upgrade f1f1f1f1");
    fixture
        .execute("UPDATE people SET fits = 0 WHERE id = 1000")
        .await;
    insta::assert_snapshot!(fixture.session(&[
        "upgrade f2f2f2f2",
        "current",
        "status",
        "resolve",
        "resolve --as done",
    ]), @r#"
    $ migrate upgrade f2f2f2f2
    exit code 3
    --- stderr
    Running upgrade f1f1f1f1 -> f2f2f2f2, fill full_name
      people.full_name: 270 of 2000 rows
      people.full_name: 450 of 2000 rows
      people.full_name: 630 of 2000 rows
      people.full_name: 810 of 2000 rows
      people.full_name: 1080 of 2000 rows
      people.full_name: 1260 of 2000 rows
      people.full_name: 1440 of 2000 rows
      people.full_name: 1620 of 2000 rows
      people.full_name: 1800 of 2000 rows
      people.full_name: 2000 of 2000 rows
      people.n: 270 of 2000 rows
      people.n: 450 of 2000 rows
      people.n: 630 of 2000 rows
      people.n: 810 of 2000 rows
      people.n: 990 of 2000 rows
    error: upgrade of `f2f2f2f2` (fixtures/backfill/002_full_name.rs) failed: fixtures/backfill/002_full_name.rs:14: CHECK constraint failed: ck_people_1 (code 275)
      in the statement: UPDATE "people" SET "n" = (n + 1) WHERE "people"."id" > 989 AND "people"."id" <= 1079
      2 of the 3 steps of this migration are committed, and no version row was written: the next run goes on with step 3, of which 990 of 2000 rows are filled

    $ migrate current
    exit code 0
    --- stdout
    f1f1f1f1
    --- stderr
    warning: half done: 2 of 3 steps of upgrade f2f2f2f2; step 3 (fixtures/backfill/002_full_name.rs:14) failed, 990 of 2000 rows are filled

    $ migrate status
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Current    f1f1f1f1, create people
    Unfinished half done: 2 of 3 steps of upgrade f2f2f2f2; step 3 (fixtures/backfill/002_full_name.rs:14) failed, 990 of 2000 rows are filled
               in the statement: backfill people.n
    Pending    2 revisions
               f2f2f2f2, fill full_name
               f3f3f3f3 (head), count people, ten by ten
    Head       f3f3f3f3  fixtures/backfill/003_count.rs
    Next       migrate upgrade f2f2f2f2

    $ migrate resolve
    exit code 0
    --- stdout
    half done: 2 of 3 steps of upgrade f2f2f2f2; step 3 (fixtures/backfill/002_full_name.rs:14) failed, 990 of 2000 rows are filled
      in the statement: backfill people.n
    The next upgrade goes on there.

    $ migrate resolve --as done
    exit code 2
    --- stderr
    error: half done: 2 of 3 steps of upgrade f2f2f2f2; step 3 (fixtures/backfill/002_full_name.rs:14) failed, 990 of 2000 rows are filled; no step of it is in doubt: the next upgrade goes on with it
    "#);
    let json = fixture.run("resolve --format json").stdout;
    let filled = "\"filled\": {\n      \"rows\": 990,\n      \"of\": 2000\n    }";
    assert!(json.contains(filled), "{json}");
    fixture.execute("UPDATE people SET fits = 1").await;
    insta::assert_snapshot!(fixture.session(&["upgrade f2f2f2f2", "status", "downgrade -1"]), @"
    $ migrate upgrade f2f2f2f2
    exit code 0
    --- stderr
    Running upgrade f1f1f1f1 -> f2f2f2f2, fill full_name
      people.n: 1080 of 2000 rows
      people.n: 1260 of 2000 rows
      people.n: 1440 of 2000 rows
      people.n: 1620 of 2000 rows
      people.n: 1800 of 2000 rows
      people.n: 2000 of 2000 rows
      done (.. ms)

    $ migrate status
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Current    f2f2f2f2, fill full_name
    Pending    1 revision
               f3f3f3f3 (head), count people, ten by ten
    Head       f3f3f3f3  fixtures/backfill/003_count.rs
    Next       migrate upgrade head

    $ migrate downgrade -1
    exit code 0
    --- stderr
    Running downgrade f2f2f2f2 -> f1f1f1f1, fill full_name (.. ms)
    ");
}

#[test]
fn a_backfill_that_says_nothing_says_nothing() {
    let fixture = Fixture::new("backfill");
    let quiet = fixture.run("upgrade f2f2f2f2 --quiet");
    assert_eq!((quiet.code, quiet.stderr.as_str()), (Some(0), ""));
}

#[test]
fn a_script_fills_at_once() {
    let fixture = Fixture::new("backfill");
    let script = fixture.run("upgrade f1f1f1f1:f2f2f2f2 --sql");
    insta::assert_snapshot!(script, @r#"
    exit code 0
    --- stdout
    -- For SQLite, to be run by sqlite3

    .bail on

    PRAGMA foreign_keys = ON;

    BEGIN IMMEDIATE;

    CREATE TABLE temp.migrate_guard (ok CONSTRAINT "this script starts from f1f1f1f1, and the database is not there" CHECK (ok));

    INSERT INTO temp.migrate_guard VALUES ((SELECT count(*) FROM "alembic_version") = 1 AND (SELECT count(*) FROM "alembic_version" WHERE version_num IN ('f1f1f1f1')) = 1);

    DROP TABLE temp.migrate_guard;

    -- Running upgrade f1f1f1f1 -> f2f2f2f2

    ALTER TABLE "people" ADD COLUMN "full_name" VARCHAR(80);

    -- One statement here; on a live database it is done in batches.
    UPDATE "people" SET "full_name" = (upper(name)) WHERE (full_name IS NULL);

    -- One statement here; on a live database it is done in batches.
    UPDATE "people" SET "n" = (n + 1);

    UPDATE "alembic_version" SET version_num='f2f2f2f2' WHERE "alembic_version".version_num = 'f1f1f1f1';

    COMMIT;
    "#);
}

/// The process gets a signal when it has said that it is so far.
#[cfg(unix)]
async fn is_cut_off(database: &TestDatabase, signal: &str) -> String {
    use std::io::{BufRead, BufReader, Read};
    use std::process::{Command, Stdio};

    let fixture = Fixture::new("backfill");
    let start = |line: &str| {
        let mut command = fixture.command(line);
        command.env("DATABASE_URL", database.url()).stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    assert!(start("upgrade f2f2f2f2").wait().unwrap().success());
    let mut child = start("upgrade head");
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.ends_with("people.n: 400 of 2000 rows\n") {
        assert!(stderr.read_line(&mut line).unwrap() > 0, "{line}");
    }
    let sent = Command::new("kill")
        .args(["-s", signal, &child.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
    let mut said = String::new();
    stderr.read_to_string(&mut said).unwrap();
    assert!(!child.wait().unwrap().success(), "{said}");

    let filled = database.rows("SELECT count(*) FROM people WHERE n = 2").await;
    let filled: u64 = filled[0].parse().unwrap();
    assert!((400..2000).contains(&filled), "{filled}");
    // The journal knows each row of it, and nobody is asked.
    let run = |line: &str| fixture.transcript(fixture.command(line).env("DATABASE_URL", database.url()));
    let half = run("resolve").stdout;
    assert!(
        half.contains(&format!("003_count.rs:10): {filled} of 2000 rows are filled\n"))
            && half.ends_with("The next upgrade goes on there.\n"),
        "{half}"
    );
    let again = run("upgrade head");
    assert_eq!(again.code, Some(0), "{again}");
    assert!(!again.stderr.contains("people.n: 400 of 2000 rows"), "{again}");
    assert_eq!(
        database.rows("SELECT n, count(*) FROM people GROUP BY n").await,
        ["2 | 2000"]
    );
    assert_eq!(run("resolve --format json").stdout, "null\n");
    said
}

#[cfg(unix)]
#[tokio::test]
async fn a_backfill_that_was_killed_or_interrupted_goes_on() {
    is_cut_off(&TestDatabase::sqlite(), "KILL").await;
    let said = is_cut_off(&TestDatabase::sqlite(), "INT").await;
    assert!(
        said.ends_with(
            "error: interrupted by SIGINT: what is not committed is rolled back, and the next run goes on there\n"
        ),
        "{said}"
    );
}

#[cfg(unix)]
#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_backfill_that_was_killed_or_interrupted_goes_on_on_postgres() {
    is_cut_off(&TestDatabase::postgres().await, "KILL").await;
    is_cut_off(&TestDatabase::postgres().await, "INT").await;
}

#[cfg(unix)]
#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_backfill_that_was_killed_or_interrupted_goes_on_on_mariadb() {
    is_cut_off(&TestDatabase::mysql().await, "KILL").await;
    is_cut_off(&TestDatabase::mysql().await, "INT").await;
}
