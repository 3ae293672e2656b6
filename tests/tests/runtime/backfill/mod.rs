//! Backfills on real databases: every row is filled once, wherever a run was cut off, and along whatever key.

mod cut;
mod keys;

use std::sync::{Arc, Mutex};

use migrate_core::__private::Migration;
use migrate_core::prelude::*;
use migrate_core::{Error, Event, Filled, Migrator, Obstacle, Resolution, TransactionMode};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};
use migrate_tests::proxy::{Cut, Proxy};

use crate::half_done::is_whole;

fn nothing(_op: &mut Op) -> Result {
    Ok(())
}

/// Ten thousand rows, numbered from -5000, of which none is filled; one of them can be kept from it.
fn items(op: &mut Op) -> Result {
    op.create_table("digits", |t| {
        t.column("d", integer()).primary_key();
    });
    op.bulk_insert("digits", ["d"], (0..10).map(|digit| [digit]));
    op.create_table("items", |t| {
        t.column("id", integer()).primary_key();
        t.column("n", integer()).not_null();
        t.column("fits", integer()).not_null();
        t.check("fits = 1 OR n = 0");
    });
    op.execute(
        "INSERT INTO items (id, n, fits) SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d - 5000, 0, 1 \
         FROM digits a, digits b, digits c, digits e",
    );
    Ok(())
}

fn table() -> Migration {
    migration("a1", &[], items, nothing)
}

/// The items, and a migration that follows them.
fn with(upgrade: fn(&mut Op) -> Result) -> Migrator {
    migrator(vec![table(), migration("b1", &["a1"], upgrade, nothing)])
}

fn counted(op: &mut Op) -> Result {
    op.add_column("items", "more", integer());
    op.backfill("items", "n", sql("n + 1"))
        .set("more", sql("id * 2"))
        .batch(700);
    op.alter_column("items", "more").not_null();
    Ok(())
}

/// How many rows have been filled how often.
async fn times(database: &TestDatabase) -> Vec<String> {
    let times = "SELECT n, count(*) FROM items GROUP BY n ORDER BY n";
    database.rows(times).await
}

/// What backfills tell of themselves, in order.
fn telling(migrator: Migrator) -> (Migrator, Arc<Mutex<Vec<Filled>>>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    let migrator = migrator.observer(move |event: &Event| {
        if let Event::Filled { what, filled } = event {
            assert!(what.starts_with("items"), "{what}");
            heard.lock().unwrap().push(*filled);
        }
    });
    (migrator, told)
}

fn rows(told: &Mutex<Vec<Filled>>) -> Vec<u64> {
    let told = std::mem::take(&mut *told.lock().unwrap());
    assert!(told.iter().all(|filled| filled.of == 10_000), "{told:?}");
    told.iter().map(|filled| filled.rows).collect()
}

pub(crate) async fn every_row_is_filled_once_in_batches_that_are_told(database: TestDatabase) {
    let (migrator, told) = telling(with(counted));
    migrator.upgrade(database.url(), "head").await.unwrap();
    let batches: Vec<u64> = (0..15).map(|batch| batch * 700).chain([10_000]).collect();
    assert_eq!(rows(&told), batches);
    assert_eq!(times(&database).await, ["1 | 10000"]);
    let wrong = database.rows("SELECT id FROM items WHERE more <> id * 2");
    assert_eq!(wrong.await, Vec::<String>::new());
    is_whole(&migrator, &database, "b1").await;
}

pub(crate) async fn what_failed_half_way_goes_on_where_it_stopped_when_it_is_mended(database: TestDatabase) {
    let (migrator, told) = telling(with(counted));
    migrator.upgrade(database.url(), "a1").await.unwrap();
    database.execute("UPDATE items SET fits = 0 WHERE id = 0").await;
    for first in [true, false] {
        let error = migrator.upgrade(database.url(), "head").await.unwrap_err();
        let text = error.to_string();
        // On a database that commits each change of a table, the column is a step too.
        assert!(
            text.contains("backfill/mod.rs:")
                && text.contains("UPDATE")
                && text.contains("1 of the 3 steps of this migration are committed")
                && text.ends_with("the next run goes on with step 2, of which 4900 of 10000 rows are filled"),
            "{text}"
        );
        let expected: Vec<u64> = if first {
            (0..8).map(|batch| batch * 700).collect()
        } else {
            vec![4900]
        };
        assert_eq!(rows(&told), expected);
        assert_eq!(times(&database).await, ["0 | 5100", "1 | 4900"]);
        let (at, half) = migrator.state(database.url()).await.unwrap();
        let half = half.unwrap();
        let open = half.open.clone().unwrap();
        assert_eq!((at, open.failed), (vec!["a1".to_owned()], true));
        assert_eq!(
            open.filled,
            Some(Filled {
                rows: 4900,
                of: 10_000
            })
        );
        assert_eq!(open.statement, "backfill items (n, more)");
        assert!(
            half.to_string()
                .ends_with("failed, 4900 of 10000 rows are filled"),
            "{half}"
        );
    }
    // Nothing of it is in doubt.
    for resolution in [Resolution::Done, Resolution::Retry] {
        let refused = migrator.resolve(database.url(), resolution).await;
        assert!(matches!(refused, Err(Error::NothingOpen { half: Some(_) })));
    }
    let single = with(nothing).transaction(TransactionMode::Single);
    let refused = single.upgrade(database.url(), "head").await;
    assert!(matches!(refused, Err(Error::HalfDone(error)) if error.why == Obstacle::Single));

    database.execute("UPDATE items SET fits = 1").await;
    migrator.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(rows(&told).first(), Some(&4900));
    assert_eq!(times(&database).await, ["1 | 10000"]);
    is_whole(&migrator, &database, "b1").await;
}

fn alone(op: &mut Op) -> Result {
    op.backfill("items", "n", sql("n + 1")).batch(1000);
    Ok(())
}

fn mended(op: &mut Op) -> Result {
    op.backfill("items", "n", sql("n + fits")).batch(100);
    Ok(())
}

fn along_another_key(op: &mut Op) -> Result {
    op.backfill("items", "n", sql("n + fits")).by(["fits", "id"]);
    Ok(())
}

/// A run that was killed leaves this behind: the journal says nothing of a failure.
async fn leave_cut_off(migrator: &Migrator, database: &TestDatabase) {
    migrator.upgrade(database.url(), "a1").await.unwrap();
    database.execute("UPDATE items SET fits = 0 WHERE id = -1").await;
    migrator.upgrade(database.url(), "head").await.unwrap_err();
    database
        .execute("UPDATE alembic_version_journal SET state = 'started'")
        .await;
}

pub(crate) async fn what_is_filled_may_be_mended_after_a_failure_and_the_key_may_not(database: TestDatabase) {
    let first = with(alone);
    leave_cut_off(&first, &database).await;
    // Nobody said that it failed.
    let refused = with(mended).upgrade(database.url(), "head").await;
    assert!(matches!(refused, Err(Error::HalfDone(error)) if error.why == Obstacle::Changed { step: 1 }));
    let half = first.state(database.url()).await.unwrap().1.unwrap();
    assert!(
        half.to_string().ends_with(": 4000 of 10000 rows are filled"),
        "{half}"
    );

    // It fails, and is mended.
    let text = first
        .upgrade(database.url(), "head")
        .await
        .unwrap_err()
        .to_string();
    assert!(
        text.contains("0 of the 1 steps of this migration are committed"),
        "{text}"
    );
    let refused = with(along_another_key)
        .upgrade(database.url(), "head")
        .await
        .unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("backfill items.n: it was begun on another table, or along another key"),
        "{refused}"
    );
    assert_eq!(times(&database).await, ["0 | 6000", "1 | 4000"]);
    with(mended).upgrade(database.url(), "head").await.unwrap();
    assert_eq!(times(&database).await, ["0 | 1", "1 | 9999"]);
    is_whole(&with(mended), &database, "b1").await;
}

pub(crate) async fn what_is_half_filled_and_passed_by_is_refused_and_a_stamp_ends_it(database: TestDatabase) {
    let migrator = with(alone);
    leave_cut_off(&migrator, &database).await;
    for refused in [
        migrator.downgrade(database.url(), "base").await,
        migrator.upgrade(database.url(), "a1").await,
    ] {
        assert!(matches!(refused, Err(Error::HalfDone(error)) if error.why == Obstacle::Elsewhere));
    }
    migrator.stamp(database.url(), &["b1"]).await.unwrap();
    is_whole(&migrator, &database, "b1").await;
}

fn several(op: &mut Op) -> Result {
    op.execute("UPDATE items SET fits = 1");
    op.backfill("items", "n", sql("n + 1")).batch(300);
    op.backfill("items", "n", sql("n + 1")).batch(5000);
    op.execute("UPDATE digits SET d = d + 10");
    Ok(())
}

/// Where a run has no lock but its transactions, they share the work.
pub(crate) async fn runs_at_the_same_moment_fill_each_row_once(database: TestDatabase) {
    with(several).upgrade(database.url(), "a1").await.unwrap();
    let run = || {
        let url = database.url().to_owned();
        tokio::spawn(async move { with(several).upgrade(url, "head").await })
    };
    let runs: Vec<_> = (0..4).map(|_| run()).collect();
    let mut applied = 0;
    for run in runs {
        applied += run.await.unwrap().unwrap().applied.len();
    }
    assert!(applied <= 1);
    assert_eq!(times(&database).await, ["2 | 10000"]);
    assert_eq!(database.rows("SELECT min(d) FROM digits").await, ["10"]);
    is_whole(&with(several), &database, "b1").await;
}

/// The run's future is dropped, as by a signal, as soon as two batches are committed.
pub(crate) async fn a_run_that_is_dropped_goes_on_behind_what_it_committed(database: TestDatabase) {
    with(alone).upgrade(database.url(), "a1").await.unwrap();
    let enough = Arc::new(tokio::sync::Notify::new());
    let heard = Arc::clone(&enough);
    let run = with(alone).observer(move |event: &Event| {
        if let Event::Filled { filled, .. } = event
            && filled.rows == 2000
        {
            heard.notify_one();
        }
    });
    tokio::select! {
        biased;
        () = enough.notified() => {}
        done = run.upgrade(database.url(), "head") => assert!(done.is_err(), "it was not dropped"),
    }
    let half = with(alone).state(database.url()).await.unwrap().1.unwrap();
    let filled = half.open.unwrap().filled.unwrap();
    assert!(filled.rows == 2000 || filled.rows == 3000, "{filled}");
    with(alone).upgrade(database.url(), "head").await.unwrap();
    assert_eq!(times(&database).await, ["1 | 10000"]);
    is_whole(&with(alone), &database, "b1").await;
}

pub(crate) async fn it_is_refused_in_a_single_transaction_and_runs_without_one(database: TestDatabase) {
    let single = with(alone).transaction(TransactionMode::Single);
    with(alone).upgrade(database.url(), "a1").await.unwrap();
    let before = database.fingerprint().await;
    let refused = single.upgrade(database.url(), "head").await.unwrap_err();
    assert!(matches!(refused, Error::Prepare(_)));
    assert!(
        refused
            .to_string()
            .contains("cannot be part of a single transaction")
            && refused
                .to_string()
                .ends_with("in the statement: backfill items.n"),
        "{refused}"
    );
    assert_eq!(database.fingerprint().await, before);

    let without = Migration {
        transaction: false,
        ..migration("b1", &["a1"], alone, nothing)
    };
    let within = |op: &mut Op| {
        op.autocommit(|op| {
            op.backfill("items", "n", sql("n + 1"));
        });
        op.on([Postgres, Sqlite, MySql], |op| {
            op.backfill("items", "n", sql("n + 1")).where_("id < 0");
        });
        Ok(())
    };
    let within = migration("c1", &["b1"], within, nothing);
    let migrator = migrator(vec![table(), without, within]);
    migrator.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(times(&database).await, ["2 | 5000", "3 | 5000"]);
    is_whole(&migrator, &database, "c1").await;
}

/// Keys that are hostile, of several columns, not unique, bytes.
fn keys(op: &mut Op) -> Result {
    op.create_table("texts", |t| {
        t.column("k", varchar(80));
        t.column("no", integer());
        t.column("n", integer()).not_null().server_default(0);
        t.primary_key(["k", "no"]);
    });
    // Each is another one also where neither case nor a blank at the end counts.
    let hostile = [
        "",
        " x",
        "'",
        "\\",
        "\\'",
        "'; DROP TABLE texts; --",
        "\"",
        "`",
        "$$",
        "a\r\nb",
        "ä",
        "Ö",
        "z",
        "?",
        ":k",
        "%",
        "NULL",
        "1",
        "10",
        "9",
        "-1",
        "0x41",
        "E'x'",
    ];
    op.bulk_insert(
        "texts",
        ["k", "no"],
        hostile.iter().flat_map(|text| [-20, 3, 7].map(|no| (*text, no))),
    );
    op.create_table("others", |t| {
        t.column("id", uuid()).primary_key();
        t.column("part", integer()).not_null();
        t.column("large", bigint()).not_null();
        t.column("exact", numeric(30, 10)).not_null();
        t.column("moment", timestamp()).not_null();
        t.column("raw", bytes()).not_null();
        t.column("maybe", integer());
        t.column("n", integer()).not_null().server_default(0);
    });
    let other = |number: i64| {
        (
            format!("{:08x}-0000-4000-8000-{number:012x}", (number * 7919) % 10_007),
            number % 3,
            i64::MAX - (number % 5),
            format!("{}.0000000001", 99_999_999_999_999_990 + number),
            format!("2026-01-01 00:00:{number:02}"),
            vec![0_u8, 39, u8::try_from(number).unwrap_or_default()],
            Some(number).filter(|number| *number != 7),
        )
    };
    op.bulk_insert(
        "others",
        ["id", "part", "large", "exact", "moment", "raw", "maybe"],
        (0..40).map(other),
    );
    Ok(())
}

pub(crate) async fn it_walks_along_whatever_key_there_is(database: TestDatabase) {
    let along = |op: &mut Op| {
        op.backfill("texts", "n", sql("n + 1")).batch(2);
        op.backfill("others", "n", sql("n + 1")).batch(3);
        for by in [
            &["part"][..],
            &["large"],
            &["exact"],
            &["moment"],
            &["part", "moment"],
            &["raw"],
        ] {
            op.backfill("others", "n", sql("n + 1"))
                .by(by.iter().copied())
                .batch(3);
        }
        op.backfill("others", "n", sql("n + 1"))
            .by(["maybe"])
            .where_("maybe IS NOT NULL -- but for one")
            .batch(1);
        Ok(())
    };
    let migrator = migrator(vec![
        migration("a1", &[], keys, nothing),
        migration("b1", &["a1"], along, nothing),
    ]);
    migrator.upgrade(database.url(), "head").await.unwrap();
    let times = |table: &str| format!("SELECT n, count(*) FROM {table} GROUP BY n ORDER BY n");
    let texts: usize = database.rows("SELECT k, no FROM texts").await.len();
    assert_eq!(database.rows(&times("texts")).await, [format!("1 | {texts}")]);
    assert!(texts > 60, "{texts}");
    assert_eq!(database.rows(&times("others")).await, ["7 | 1", "8 | 39"]);
    is_whole(&migrator, &database, "b1").await;
}

/// What the backfill of a migration that follows the items is refused with.
async fn refused(database: &TestDatabase, upgrade: fn(&mut Op) -> Result) -> String {
    let text = with(upgrade)
        .upgrade(database.url(), "head")
        .await
        .unwrap_err()
        .to_string();
    let (_, why) = text.split_once("backfill/mod.rs:").unwrap();
    why.split_once(": ").unwrap().1.to_owned()
}

pub(crate) async fn a_key_that_cannot_be_walked_is_named(database: TestDatabase) {
    with(nothing).upgrade(database.url(), "a1").await.unwrap();
    database
        .execute("CREATE TABLE bare (id INTEGER, n INTEGER); INSERT INTO bare VALUES (1, 0), (NULL, 0)")
        .await;
    let before = database.fingerprint().await;
    let refusals: [fn(&mut Op) -> Result; 6] = [
        |op| {
            op.backfill("bare", "n", 1);
            Ok(())
        },
        |op| {
            op.backfill("bare", "n", 1).by(["id"]);
            Ok(())
        },
        |op| {
            op.backfill("bare", "n", 1).by(["idd"]);
            Ok(())
        },
        |op| {
            op.backfill("items", "id", 1);
            Ok(())
        },
        |op| {
            op.create_table("keyless", |t| {
                t.column("n", integer());
            });
            op.backfill("keyless", "n", 1);
            Ok(())
        },
        |op| {
            op.backfill("items", "n", 1).batch(0);
            Ok(())
        },
    ];
    let mut told = Vec::new();
    for upgrade in refusals {
        told.push(refused(&database, upgrade).await.replace(['`'], ""));
    }
    assert_eq!(
        told.iter()
            .map(|text| text.split(": name").next().unwrap())
            .collect::<Vec<_>>()[..5],
        [
            "backfill bare.n: the table has no primary key",
            "backfill bare.n: id holds NULL in rows that are to be filled",
            "backfill bare.n: the table has no column idd to walk along",
            "backfill items.id: it fills id, which it walks along",
            // Before anything is sent.
            "backfill keyless.n: the table has no primary key",
        ]
    );
    assert!(
        told[5].contains("does not support batches of no rows"),
        "{}",
        told[5]
    );
    let absent = with(|op| {
        op.backfill("absent", "n", 1);
        Ok(())
    });
    let text = absent
        .upgrade(database.url(), "head")
        .await
        .unwrap_err()
        .to_string();
    assert!(text.contains("in the statement: SELECT count(*) FROM"), "{text}");
    assert_eq!(database.fingerprint().await, before);
}

/// The connection is the caller's, before and after.
pub(crate) async fn it_runs_on_a_connection_that_was_lent(database: TestDatabase) {
    use migrate_core::sqlx::{Connection, Executor, MySqlConnection, PgConnection, SqliteConnection};

    with(nothing).upgrade(database.url(), "a1").await.unwrap();
    let migrator = with(alone);
    macro_rules! lend {
        ($connection:ty) => {{
            let mut connection = <$connection>::connect(database.url()).await.unwrap();
            let mut transaction = connection.begin().await.unwrap();
            let refused = migrator.upgrade(&mut *transaction, "head").await;
            assert!(matches!(refused, Err(Error::InTransaction)));
            transaction.rollback().await.unwrap();
            migrator.upgrade(&mut connection, "head").await.unwrap();
            connection.execute("UPDATE items SET n = n + 1").await.unwrap();
        }};
    }
    if database.file().is_some() {
        lend!(SqliteConnection);
    } else if database.is_postgres() {
        lend!(PgConnection);
    } else {
        lend!(MySqlConnection);
    }
    assert_eq!(times(&database).await, ["2 | 10000"]);
    is_whole(&migrator, &database, "b1").await;
}
