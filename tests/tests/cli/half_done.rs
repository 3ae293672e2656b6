//! A migration that was cut off half-way: what the commands say of it, and what a person decides.

use super::Fixture;

/// What a run leaves behind that was killed at the step that it last wrote down.
const KILLED: &str = "UPDATE alembic_version_journal SET state = 'started', started_at = '2001-02-03 04:05:06', \
    who = 'run 0123' WHERE state = 'failed'";

#[tokio::test]
async fn a_step_that_failed_is_run_again_by_the_next_run() {
    let fixture = Fixture::new("half");
    insta::assert_snapshot!(fixture.session(&["upgrade head", "current", "status", "resolve"]), @"
    $ migrate upgrade head
    exit code 3
    --- stderr
    Running upgrade  -> a1a1a1a1, create notes (.. ms)
    Running upgrade a1a1a1a1 -> a2a2a2a2, fill notes
    error: upgrade of `a2a2a2a2` (fixtures/half/two.rs) failed: fixtures/half/two.rs:12: no such table: needed (code 1)
      in the statement: INSERT INTO needed (id) VALUES (1)
      1 of the 3 steps of this migration are committed, and no version row was written: the next run goes on with step 2

    $ migrate current
    exit code 0
    --- stdout
    a1a1a1a1
    --- stderr
    warning: half done: 1 of 3 steps of upgrade a2a2a2a2; step 2 (fixtures/half/two.rs:12) failed

    $ migrate status
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Current    a1a1a1a1, create notes
    Unfinished half done: 1 of 3 steps of upgrade a2a2a2a2; step 2 (fixtures/half/two.rs:12) failed
               in the statement: INSERT INTO needed (id) VALUES (1)
    Pending    1 revision
               a2a2a2a2 (head), fill notes
    Head       a2a2a2a2  fixtures/half/two.rs
    Next       migrate upgrade a2a2a2a2
               or migrate resolve

    $ migrate resolve
    exit code 0
    --- stdout
    half done: 1 of 3 steps of upgrade a2a2a2a2; step 2 (fixtures/half/two.rs:12) failed
      in the statement: INSERT INTO needed (id) VALUES (1)
    The next upgrade runs that step again; if it is done by now, say so:
      migrate resolve --as done
    ");
    fixture.execute("CREATE TABLE needed (id INTEGER)").await;
    insta::assert_snapshot!(fixture.session(&["upgrade head", "status"]), @"
    $ migrate upgrade head
    exit code 0
    --- stderr
    Running upgrade a1a1a1a1 -> a2a2a2a2, fill notes (.. ms)

    $ migrate status
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Current    a2a2a2a2 (head), fill notes
    Pending    nothing
    Head       a2a2a2a2  fixtures/half/two.rs
    Next       nothing to do
    ");
}

#[tokio::test]
async fn a_step_in_doubt_is_shown_until_somebody_decides() {
    let fixture = Fixture::new("half");
    fixture.run("upgrade head");
    fixture.execute(KILLED).await;
    // The run that wrote it down may still live.
    std::fs::write(fixture.path().join("migrate.toml"), "lock_timeout = '100ms'").unwrap();
    insta::assert_snapshot!(fixture.session(&[
        "current",
        "status",
        "status --format json",
        "resolve",
        "resolve --format json",
        "upgrade head",
        "upgrade head --format json",
        "downgrade base",
    ]), @r#"
    $ migrate current
    exit code 0
    --- stdout
    a1a1a1a1
    --- stderr
    warning: half done: 1 of 3 steps of upgrade a2a2a2a2; step 2 (fixtures/half/two.rs:12) was begun at 2001-02-03 04:05:06 by run 0123, and whether it was done is not known

    $ migrate status
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Current    a1a1a1a1, create notes
    Unfinished half done: 1 of 3 steps of upgrade a2a2a2a2; step 2 (fixtures/half/two.rs:12) was begun at 2001-02-03 04:05:06 by run 0123, and whether it was done is not known
               in the statement: INSERT INTO needed (id) VALUES (1)
    Pending    1 revision
               a2a2a2a2 (head), fill notes
    Head       a2a2a2a2  fixtures/half/two.rs
    Next       migrate upgrade a2a2a2a2
               or migrate resolve

    $ migrate status --format json
    exit code 0
    --- stdout
    {
      "database": "sqlite://app.db",
      "current": [
        "a1a1a1a1"
      ],
      "redundant": [],
      "repeated": [],
      "unknown": [],
      "pending": [
        {
          "revision": "a2a2a2a2",
          "down_revisions": [
            "a1a1a1a1"
          ],
          "depends_on": [],
          "branch_labels": [],
          "message": "fill notes",
          "path": "fixtures/half/two.rs",
          "is_head": true,
          "is_base": false,
          "is_branch_point": false,
          "is_merge_point": false
        }
      ],
      "heads": [
        {
          "revision": "a2a2a2a2",
          "down_revisions": [
            "a1a1a1a1"
          ],
          "depends_on": [],
          "branch_labels": [],
          "message": "fill notes",
          "path": "fixtures/half/two.rs",
          "is_head": true,
          "is_base": false,
          "is_branch_point": false,
          "is_merge_point": false
        }
      ],
      "half_done": {
        "revision": "a2a2a2a2",
        "direction": "upgrade",
        "done": 1,
        "steps": 3,
        "open": {
          "step": 2,
          "place": "fixtures/half/two.rs:12",
          "statement": "INSERT INTO needed (id) VALUES (1)",
          "started_at": "2001-02-03 04:05:06",
          "who": "run 0123",
          "failed": false
        }
      },
      "next": [
        "migrate upgrade a2a2a2a2",
        "migrate resolve"
      ]
    }

    $ migrate resolve
    exit code 0
    --- stdout
    half done: 1 of 3 steps of upgrade a2a2a2a2; step 2 (fixtures/half/two.rs:12) was begun at 2001-02-03 04:05:06 by run 0123, and whether it was done is not known
      in the statement: INSERT INTO needed (id) VALUES (1)
    The next upgrade finds out by itself whether it was done, or refuses. Then see, and say so:
      migrate resolve --as done     it was: go on after it
      migrate resolve --as retry    it was not, or is taken back: run it again

    $ migrate resolve --format json
    exit code 0
    --- stdout
    {
      "revision": "a2a2a2a2",
      "direction": "upgrade",
      "done": 1,
      "steps": 3,
      "open": {
        "step": 2,
        "place": "fixtures/half/two.rs:12",
        "statement": "INSERT INTO needed (id) VALUES (1)",
        "started_at": "2001-02-03 04:05:06",
        "who": "run 0123",
        "failed": false
      }
    }

    $ migrate upgrade head
    exit code 3
    --- stderr
    Waiting for another run on this database: run 0123 at step 2
    error: half done: 1 of 3 steps of upgrade a2a2a2a2; step 2 (fixtures/half/two.rs:12) was begun at 2001-02-03 04:05:06 by run 0123, and whether it was done is not known
      see whether it was, and say so by `resolve --as done` or `resolve --as retry`
      in the statement: INSERT INTO needed (id) VALUES (1)

    $ migrate upgrade head --format json
    exit code 3
    --- stdout
    {
      "error": {
        "kind": "half_done",
        "message": "half done: 1 of 3 steps of upgrade a2a2a2a2; step 2 (fixtures/half/two.rs:12) was begun at 2001-02-03 04:05:06 by run 0123, and whether it was done is not known\n  see whether it was, and say so by `resolve --as done` or `resolve --as retry`\n  in the statement: INSERT INTO needed (id) VALUES (1)",
        "hints": []
      }
    }
    --- stderr
    Waiting for another run on this database: run 0123 at step 2

    $ migrate downgrade base
    exit code 3
    --- stderr
    error: half done: 1 of 3 steps of upgrade a2a2a2a2; step 2 (fixtures/half/two.rs:12) was begun at 2001-02-03 04:05:06 by run 0123, and whether it was done is not known
      this run does not begin with it: let one that does finish it first; where somebody finished it or took it back by hand, `stamp` says where the database is
    "#);
    insta::assert_snapshot!(fixture.session(&[
        "resolve --as done",
        "resolve",
        "resolve --as done",
        "upgrade head",
        "current",
    ]), @"
    $ migrate resolve --as done
    exit code 0
    --- stderr
    half done: 2 of 3 steps of upgrade a2a2a2a2: the next upgrade goes on there

    $ migrate resolve
    exit code 0
    --- stdout
    half done: 2 of 3 steps of upgrade a2a2a2a2
    The next upgrade goes on there.

    $ migrate resolve --as done
    exit code 2
    --- stderr
    error: half done: 2 of 3 steps of upgrade a2a2a2a2; no step of it is in doubt: the next upgrade goes on with it

    $ migrate upgrade head
    exit code 0
    --- stderr
    Running upgrade a1a1a1a1 -> a2a2a2a2, fill notes (.. ms)

    $ migrate current
    exit code 0
    --- stdout
    a2a2a2a2 (head)
    ");
}

#[tokio::test]
async fn a_step_that_was_not_done_is_run_again_when_somebody_says_so() {
    let fixture = Fixture::new("half");
    fixture.run("upgrade head");
    fixture.execute(KILLED).await;
    fixture.execute("CREATE TABLE needed (id INTEGER)").await;
    insta::assert_snapshot!(fixture.session(&[
        "resolve --as retry --format json",
        "upgrade head",
    ]), @r#"
    $ migrate resolve --as retry --format json
    exit code 0
    --- stdout
    {
      "revision": "a2a2a2a2",
      "direction": "upgrade",
      "done": 1,
      "steps": 3,
      "open": {
        "step": 2,
        "place": "fixtures/half/two.rs:12",
        "statement": "INSERT INTO needed (id) VALUES (1)",
        "started_at": "2001-02-03 04:05:06",
        "who": "run 0123",
        "failed": true
      }
    }

    $ migrate upgrade head
    exit code 0
    --- stderr
    Running upgrade a1a1a1a1 -> a2a2a2a2, fill notes (.. ms)
    "#);
}

#[tokio::test]
async fn what_was_finished_by_hand_is_stamped() {
    let fixture = Fixture::new("half");
    fixture.run("upgrade head");
    insta::assert_snapshot!(fixture.session(&["stamp head", "resolve", "status"]), @"
    $ migrate stamp head
    exit code 0
    --- stderr
    Running stamp_revision a1a1a1a1 -> a2a2a2a2 (.. ms)

    $ migrate resolve
    exit code 0
    --- stderr
    Nothing is half done

    $ migrate status
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Current    a2a2a2a2 (head), fill notes
    Pending    nothing
    Head       a2a2a2a2  fixtures/half/two.rs
    Next       nothing to do
    ");
}

/// Nothing is half done, nothing is there, and what is asked for cannot be said.
#[tokio::test]
async fn there_may_be_nothing_to_decide() {
    let fixture = Fixture::new("half");
    let lines = [
        "resolve",
        "resolve --as retry",
        "resolve --format json",
        "resolve --as undone",
    ];
    insta::assert_snapshot!(fixture.session(&lines), @"
    $ migrate resolve
    exit code 0
    --- stderr
    Nothing is half done

    $ migrate resolve --as retry
    exit code 2
    --- stderr
    error: nothing is half done: there is no step to decide about

    $ migrate resolve --format json
    exit code 0
    --- stdout
    null

    $ migrate resolve --as undone
    exit code 2
    --- stderr
    error: invalid value 'undone' for '--as <WHAT>'
      [possible values: done, retry]

      tip: a similar value exists: 'done'

    For more information, try '--help'.
    ");
    assert!(!fixture.has_database());
    insta::assert_snapshot!(fixture.transcript(&mut fixture.without_database("resolve")), @"
    exit code 2
    --- stderr
    error: no database is configured
    hint: set `DATABASE_URL`, give `--database-url`, or write `database_url` into `migrate.toml`
    ");

    // Another build ran here.
    let other = Fixture::new("branches");
    fixture.run("upgrade head");
    fixture.execute(KILLED).await;
    std::fs::copy(fixture.path().join("app.db"), other.path().join("app.db")).unwrap();
    insta::assert_snapshot!(other.session(&["resolve", "status"]), @"
    $ migrate resolve
    exit code 0
    --- stdout
    half done: 1 of 3 steps of upgrade a2a2a2a2; step 2 (fixtures/half/two.rs:12) was begun at 2001-02-03 04:05:06 by run 0123, and whether it was done is not known
      in the statement: INSERT INTO needed (id) VALUES (1)
    The next upgrade finds out by itself whether it was done, or refuses. Then see, and say so:
      migrate resolve --as done     it was: go on after it
      migrate resolve --as retry    it was not, or is taken back: run it again

    $ migrate status
    exit code 0
    --- stdout
    Database   sqlite://app.db
    Unknown    a1a1a1a1, which no revision here has: of a newer deployment, or of another branch
    Unfinished half done: 1 of 3 steps of upgrade a2a2a2a2; step 2 (fixtures/half/two.rs:12) was begun at 2001-02-03 04:05:06 by run 0123, and whether it was done is not known
               in the statement: INSERT INTO needed (id) VALUES (1)
    Head       ffff6666  fixtures/branches/ffff6666_letters.rs
    Next       update to the sources, or to the build, that have it
               or migrate stamp --purge REVISION
    ");
}
