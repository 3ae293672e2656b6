//! Migrations of more than one transaction, cut off half-way: the next run goes on there.

use migrate_core::__private::Migration;
use migrate_core::prelude::*;
use migrate_core::{Error, Migrator, Obstacle, Resolution, TransactionMode};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};
use migrate_tests::proxy::{Cut, Proxy};

fn table() -> Migration {
    migration(
        "a1",
        &[],
        |op| {
            op.execute("CREATE TABLE made (id INTEGER, name TEXT)");
            op.execute("INSERT INTO made (id, name) VALUES (1, 'one')");
            Ok(())
        },
        |op| {
            op.drop_table("made");
            Ok(())
        },
    )
}

/// The first, and one that follows it.
fn with(upgrade: fn(&mut Op) -> Result, downgrade: fn(&mut Op) -> Result) -> Migrator {
    migrator(vec![table(), migration("b1", &["a1"], upgrade, downgrade)])
}

fn nothing(_op: &mut Op) -> Result {
    Ok(())
}

/// Nothing is half done, and nothing says that something was.
pub(crate) async fn is_whole(migrator: &Migrator, database: &TestDatabase, row: &str) {
    let (rows, half) = migrator.state(database.url()).await.unwrap();
    assert_eq!((rows, half), (vec![row.to_owned()], None));
    let tables = database.tables().await;
    assert!(
        !tables.iter().any(|table| table.contains("journal")),
        "{tables:?}"
    );
    if database.is_postgres() {
        let invalid = database.rows("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid");
        assert_eq!(invalid.await, Vec::<String>::new());
    }
}

fn needs_a_table(op: &mut Op) -> Result {
    op.execute("INSERT INTO made (id) VALUES (2)");
    op.autocommit(|op| {
        op.execute("VACUUM");
        op.execute("INSERT INTO needed (id) VALUES (1)");
    });
    op.execute("INSERT INTO made (id) VALUES (3)");
    Ok(())
}

pub(crate) async fn a_step_that_failed_is_mended_and_what_is_committed_is_not_run_again(
    database: TestDatabase,
) {
    let migrator = with(needs_a_table, nothing);
    for _ in 0..2 {
        let error = migrator
            .upgrade(database.url(), "head")
            .await
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("in the statement: INSERT INTO needed")
                && error.contains("half_done.rs:")
                && error.contains("2 of the 4 steps of this migration are committed")
                && error.ends_with("the next run goes on with step 3"),
            "{error}"
        );
        let (rows, half) = migrator.state(database.url()).await.unwrap();
        let half = half.unwrap();
        assert_eq!(rows, ["a1"]);
        assert_eq!((half.done, half.steps, half.revision.as_str()), (2, 4, "b1"));
        assert!(
            half.open
                .as_ref()
                .is_some_and(|open| open.failed && open.step == 3),
            "{half}"
        );
    }
    database.execute("CREATE TABLE needed (id INTEGER)").await;
    migrator.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(
        database.rows("SELECT id FROM made ORDER BY id").await,
        ["1", "2", "3"]
    );
    assert_eq!(database.rows("SELECT id FROM needed").await, ["1"]);
    is_whole(&migrator, &database, "b1").await;
}

pub(crate) async fn what_was_changed_or_is_passed_by_is_refused_and_a_stamp_ends_it(database: TestDatabase) {
    let first = with(needs_a_table, nothing);
    first.upgrade(database.url(), "head").await.unwrap_err();
    let before = database.fingerprint().await;

    let changed = with(
        |op| {
            op.execute("INSERT INTO made (id) VALUES (4)");
            op.autocommit(|op| {
                op.execute("VACUUM");
            });
            Ok(())
        },
        nothing,
    );
    let obstacle = |refused: std::result::Result<_, Error>| match refused {
        Err(Error::HalfDone(error)) => Some(error.why),
        Ok(_) | Err(_) => None,
    };
    let refused = changed.upgrade(database.url(), "head").await;
    assert_eq!(obstacle(refused), Some(Obstacle::Changed { step: 1 }));
    for refused in [
        first.downgrade(database.url(), "base").await,
        // The version row says that there is nothing to do.
        first.upgrade(database.url(), "a1").await,
    ] {
        assert_eq!(obstacle(refused), Some(Obstacle::Elsewhere));
    }
    let shortened = with(nothing, nothing).transaction(TransactionMode::Single);
    let refused = shortened.upgrade(database.url(), "head").await;
    assert_eq!(obstacle(refused), Some(Obstacle::Single));
    assert_eq!(database.fingerprint().await, before);

    // Where it was taken back by hand, the row is right already.
    for (target, row) in [("a1", "a1"), ("b1", "b1")] {
        let migrator = with(needs_a_table, nothing);
        migrator.stamp(database.url(), &["a1"]).await.unwrap();
        migrator.upgrade(database.url(), "head").await.unwrap_err();
        migrator.stamp(database.url(), &[target]).await.unwrap();
        is_whole(&migrator, &database, row).await;
    }
    let single = with(needs_a_table, nothing);
    single.stamp(database.url(), &["a1"]).await.unwrap();
    single.upgrade(database.url(), "head").await.unwrap_err();
    let single = single.transaction(TransactionMode::Single);
    single.stamp(database.url(), &["b1"]).await.unwrap();
    is_whole(&single, &database, "b1").await;
}

fn several_steps(op: &mut Op) -> Result {
    op.execute("INSERT INTO made (id) VALUES (2)");
    op.autocommit(|op| {
        op.execute("INSERT INTO made (id) VALUES (3)");
    });
    op.execute("INSERT INTO made (id) VALUES (4)");
    op.autocommit(|op| {
        op.execute("INSERT INTO made (id) VALUES (5)");
    });
    Ok(())
}

pub(crate) async fn runs_at_the_same_moment_do_each_step_once(database: TestDatabase) {
    with(several_steps, nothing)
        .upgrade(database.url(), "a1")
        .await
        .unwrap();
    let run = || {
        let url = database.url().to_owned();
        tokio::spawn(async move { with(several_steps, nothing).upgrade(url, "head").await })
    };
    let runs: Vec<_> = (0..8).map(|_| run()).collect();
    let mut applied = 0;
    for run in runs {
        applied += run.await.unwrap().unwrap().applied.len();
    }
    // A run that another one finished for it has nothing to tell.
    assert!(applied <= 1);
    assert_eq!(
        database.rows("SELECT id FROM made ORDER BY id").await,
        ["1", "2", "3", "4", "5"]
    );
    is_whole(&with(several_steps, nothing), &database, "b1").await;
}

/// A run that was killed at its second step leaves this behind.
async fn leave_in_doubt(migrator: &Migrator, database: &TestDatabase) {
    migrator.upgrade(database.url(), "head").await.unwrap_err();
    database
        .execute("UPDATE alembic_version_journal SET state = 'started' WHERE state = 'failed'")
        .await;
}

pub(crate) async fn a_step_in_doubt_is_refused_until_somebody_says_what_became_of_it(database: TestDatabase) {
    let migrator = with(needs_a_table, nothing).lock_timeout(std::time::Duration::from_millis(200));
    let nobody = migrator.resolve(database.url(), Resolution::Done).await;
    assert!(matches!(nobody, Err(Error::NothingOpen { half: None })));

    leave_in_doubt(&migrator, &database).await;
    let error = migrator.upgrade(database.url(), "head").await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("half done: 2 of 4 steps of upgrade b1; step 3 (")
            && text.contains("whether it was done is not known")
            && text.contains("`resolve --as done` or `resolve --as retry`")
            && text.ends_with("in the statement: INSERT INTO needed (id) VALUES (1)"),
        "{text}"
    );
    let half = migrator.resolve(database.url(), Resolution::Retry).await.unwrap();
    assert_eq!(half.unwrap().done, 2);
    database.execute("CREATE TABLE needed (id INTEGER)").await;
    migrator.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(database.rows("SELECT id FROM needed").await, ["1"]);
    is_whole(&migrator, &database, "b1").await;

    // The same once more, and somebody did the step by hand.
    database
        .execute("DROP TABLE needed; DELETE FROM made WHERE id > 1")
        .await;
    migrator.stamp(database.url(), &["a1"]).await.unwrap();
    leave_in_doubt(&migrator, &database).await;
    let half = migrator.resolve(database.url(), Resolution::Done).await.unwrap();
    assert_eq!(half.unwrap().done, 3);
    migrator.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(
        database.rows("SELECT id FROM made ORDER BY id").await,
        ["1", "2", "3"]
    );
    is_whole(&migrator, &database, "b1").await;
}

/// As a new database, which would take longer to make.
const EMPTY: &str = "DROP SCHEMA public CASCADE; CREATE SCHEMA public";

fn structured(op: &mut Op) -> Result {
    op.create_enum(enumeration("mood", ["old"]));
    op.execute("INSERT INTO made (id, name) VALUES (2, 'two')");
    op.create_index("ix_made_name", "made", ["name"])
        .unique()
        .concurrently();
    op.add_enum_value("mood", "new");
    op.execute("CREATE TABLE moods (mood mood DEFAULT 'new')");
    op.execute("INSERT INTO moods VALUES ('new')");
    op.drop_index("ix_made_name", "made").concurrently();
    op.create_index("ix_made_id", "made", ["id"]).concurrently();
    Ok(())
}

fn structured_back(op: &mut Op) -> Result {
    op.drop_index("ix_made_id", "made").concurrently();
    op.drop_table("moods");
    op.drop_enum("mood");
    Ok(())
}

/// Every message of an upgrade is lost once, on its way there and on its way back, and the next run goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn wherever_the_connection_is_cut_the_next_run_converges() {
    let migrator = with(structured, structured_back);
    let clean = TestDatabase::postgres().await;
    migrator.upgrade(clean.url(), "head").await.unwrap();
    is_whole(&migrator, &clean, "b1").await;
    let wanted = clean.fingerprint().await;
    let database = TestDatabase::postgres().await;
    for cut in [Cut::Message, Cut::Answer] {
        for number in 1.. {
            database.execute(EMPTY).await;
            let proxy = Proxy::cutting(&database, cut(number)).await;
            // What it said is of no interest, but that it does not wait for ever.
            let told = migrator.upgrade(proxy.url(), "head").await;
            if !proxy.has_cut() {
                told.unwrap();
                assert!(number > 15, "{number} messages");
                break;
            }
            if let Err(error) = migrator.upgrade(database.url(), "head").await {
                panic!("cut at {number}: {error}");
            }
            assert_eq!(database.fingerprint().await, wanted, "cut at {number}");
            is_whole(&migrator, &database, "b1").await;
        }
    }
}

fn by_hand(op: &mut Op) -> Result {
    op.execute("INSERT INTO made (id) VALUES (2)");
    op.autocommit(|op| {
        op.execute("INSERT INTO made (id) VALUES (3)");
    });
    op.execute("INSERT INTO made (id) VALUES (4)");
    Ok(())
}

/// As above, of SQL that nothing can be asked about. The only place where a person has to decide is the statement itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_cut_at_sql_that_stands_alone_is_put_to_a_person_and_nowhere_else() {
    let migrator = with(by_hand, nothing);
    let mut asked = Vec::new();
    let database = TestDatabase::postgres().await;
    for cut in [Cut::Message, Cut::Answer] {
        for number in 1.. {
            database.execute(EMPTY).await;
            let proxy = Proxy::cutting(&database, cut(number)).await;
            drop(migrator.upgrade(proxy.url(), "head").await);
            if !proxy.has_cut() {
                break;
            }
            match migrator.upgrade(database.url(), "head").await {
                Ok(_) => {}
                Err(Error::HalfDone(_)) => {
                    let done = database.rows("SELECT 1 FROM made WHERE id = 3").await.len() == 1;
                    asked.push(done);
                    let answer = if done { Resolution::Done } else { Resolution::Retry };
                    migrator.resolve(database.url(), answer).await.unwrap();
                    migrator.upgrade(database.url(), "head").await.unwrap();
                }
                Err(error) => panic!("cut at {number}: {error}"),
            }
            let ids = database.rows("SELECT id FROM made ORDER BY id").await;
            assert_eq!(ids, ["1", "2", "3", "4"], "cut at {number}");
            is_whole(&migrator, &database, "b1").await;
        }
    }
    // The answer to `started` is lost, or the statement, or its answer, or what the journal was told then.
    assert_eq!(asked, [false, true, false, true]);
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_unique_index_that_cannot_be_built_is_built_when_the_rows_are_right() {
    let database = TestDatabase::postgres().await;
    let migrator = with(structured, structured_back);
    migrator.upgrade(database.url(), "a1").await.unwrap();
    database
        .execute("INSERT INTO made (id, name) VALUES (7, 'two')")
        .await;
    for _ in 0..2 {
        let error = migrator
            .upgrade(database.url(), "head")
            .await
            .unwrap_err()
            .to_string();
        assert!(error.contains("could not create unique index"), "{error}");
        assert!(
            error.ends_with(
                "the next run goes on with step 2, and first takes away what may be left of it: \
                 DROP INDEX CONCURRENTLY IF EXISTS \"ix_made_name\""
            ),
            "{error}"
        );
        let invalid = database.rows("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid");
        assert_eq!(invalid.await, ["ix_made_name"]);
    }
    database.execute("DELETE FROM made WHERE id = 7").await;
    migrator.upgrade(database.url(), "head").await.unwrap();
    is_whole(&migrator, &database, "b1").await;
    migrator.downgrade(database.url(), "a1").await.unwrap();
    is_whole(&migrator, &database, "a1").await;
}

/// `IF NOT EXISTS` says that all is well where an invalid index is in the way.
#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn an_invalid_index_is_never_taken_for_one_that_exists() {
    let database = TestDatabase::postgres().await;
    let migrator = with(
        |op| {
            op.execute("DELETE FROM made WHERE id = 2");
            op.create_index("ix_made_name", "made", ["name"])
                .unique()
                .concurrently()
                .if_not_exists();
            Ok(())
        },
        nothing,
    );
    migrator.upgrade(database.url(), "a1").await.unwrap();
    database
        .execute("INSERT INTO made (id, name) VALUES (2, 'one')")
        .await;
    let failed = "CREATE UNIQUE INDEX CONCURRENTLY ix_made_name ON made (name)";
    let psql = std::process::Command::new("psql")
        .args([database.url(), "-c", failed])
        .output();
    assert!(!psql.unwrap().status.success());
    migrator.upgrade(database.url(), "head").await.unwrap();
    is_whole(&migrator, &database, "b1").await;
    assert_eq!(
        database
            .rows("SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_made_name'::regclass")
            .await,
        ["t"]
    );
}

/// The client is gone while its index is being built: the server notices, and leaves an invalid index. The next run waits
/// for the lock that the orphan's session holds.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn an_index_whose_builder_was_killed_is_built_anew() {
    use migrate_core::sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

    let database = TestDatabase::postgres().await;
    let migrator = with(structured, structured_back);
    migrator.upgrade(database.url(), "a1").await.unwrap();
    // The build waits for this transaction.
    let mut other = PgConnection::connect(database.url()).await.unwrap();
    for sql in ["BEGIN", "UPDATE made SET id = id"] {
        other.execute(AssertSqlSafe(sql)).await.unwrap();
    }
    let url = database.url().to_owned();
    let run = tokio::spawn(async move { with(structured, structured_back).upgrade(url, "head").await });
    let building = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' \
        AND query LIKE 'CREATE UNIQUE INDEX CONCURRENTLY%'";
    while database.rows(building).await.is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    run.abort();
    assert!(run.await.unwrap_err().is_cancelled());
    let url = database.url().to_owned();
    let next = tokio::spawn(async move { with(structured, structured_back).upgrade(url, "head").await });
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    other.execute("COMMIT").await.unwrap();
    next.await.unwrap().unwrap();
    is_whole(&migrator, &database, "b1").await;
}
