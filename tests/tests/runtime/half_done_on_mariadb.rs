//! Migrations on MariaDB, where each change of a table is a step of its own, cut off anywhere: the next run goes on there.

use std::time::Duration;

use migrate_core::prelude::*;
use migrate_core::sqlx::{Connection, Executor, MySqlConnection};
use migrate_core::{Error, Migrator, Resolution};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};
use migrate_tests::proxy::{Cut, Proxy};

use crate::half_done::is_whole;

fn first(op: &mut Op) -> Result {
    op.create_table("shops", |t| {
        t.column("id", integer()).primary_key();
        t.column("name", varchar(40));
    });
    op.bulk_insert("shops", ["id", "name"], [(1, "one"), (2, "two")]);
    Ok(())
}

fn structured(op: &mut Op) -> Result {
    op.create_table("carts", |t| {
        t.column("id", integer()).primary_key();
        t.column("shop_id", integer()).not_null();
        t.column("note", varchar(40)).comment("it's \\ a note");
    });
    op.bulk_insert("carts", ["id", "shop_id"], [(1, 1), (2, 2)]);
    op.create_foreign_key("fk_carts_shop", "carts", "shops", ["shop_id"], ["id"]);
    op.add_column("shops", "size", integer());
    op.execute("UPDATE shops SET size = coalesce(size, 0) + id");
    op.alter_column("shops", "size").set_type(bigint()).not_null();
    op.alter_column("shops", "size")
        .rename("weight")
        .comment("in kilogrammes");
    op.alter_column("shops", "name").server_default("nobody");
    op.create_index("ix_shops_name", "shops", ["name"]).unique();
    op.create_view("heavy", "SELECT id FROM shops WHERE weight > 1");
    op.execute("INSERT INTO shops (id, name, weight) VALUES (3, 'three', 3)");
    op.drop_column("carts", "note");
    op.rename_table("carts", "baskets");
    op.rename_constraint("baskets", "fk_carts_shop", "fk_baskets_shop");
    op.rename_index("shops", "ix_shops_name", "ix_name");
    Ok(())
}

fn structured_back(op: &mut Op) -> Result {
    op.drop_view("heavy");
    op.drop_table("baskets");
    op.drop_index("ix_name", "shops");
    op.execute("DELETE FROM shops WHERE id = 3");
    op.alter_column("shops", "name").drop_server_default();
    op.drop_column("shops", "weight");
    Ok(())
}

fn migrations() -> Migrator {
    migrator(vec![
        migration("a1", &[], first, |op| {
            op.drop_table("shops");
            Ok(())
        }),
        migration("b1", &["a1"], structured, structured_back),
    ])
}

/// Every message of an upgrade and of a downgrade is lost once, on its way there and on its way back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn wherever_the_connection_is_cut_the_next_run_converges() {
    let migrator = migrations();
    let clean = TestDatabase::mysql().await;
    migrator.upgrade(clean.url(), "a1").await.unwrap();
    let before = clean.fingerprint().await;
    migrator.upgrade(clean.url(), "head").await.unwrap();
    is_whole(&migrator, &clean, "b1").await;
    let after = clean.fingerprint().await;
    migrator.downgrade(clean.url(), "a1").await.unwrap();
    assert_eq!(clean.fingerprint().await, before);

    let database = TestDatabase::mysql().await;
    for cut in [Cut::Message, Cut::Answer] {
        for number in 1.. {
            database.clear().await;
            let proxy = Proxy::cutting(&database, cut(number)).await;
            // What it said is of no interest, but that it does not wait for ever.
            let up = migrator.upgrade(proxy.url(), "head").await;
            let went_up = !proxy.has_cut();
            if let Err(error) = migrator.upgrade(database.url(), "head").await {
                panic!("up, cut at {number}: {error}");
            }
            assert_eq!(database.fingerprint().await, after, "up, cut at {number}");
            is_whole(&migrator, &database, "b1").await;

            let proxy = Proxy::cutting(&database, cut(number)).await;
            let down = migrator.downgrade(proxy.url(), "a1").await;
            let went_down = !proxy.has_cut();
            if let Err(error) = migrator.downgrade(database.url(), "a1").await {
                panic!("down, cut at {number}: {error}");
            }
            assert_eq!(database.fingerprint().await, before, "down, cut at {number}");
            is_whole(&migrator, &database, "a1").await;
            if went_up && went_down {
                drop((up.unwrap(), down.unwrap()));
                assert!(number > 40, "{number} messages");
                break;
            }
        }
    }
}

/// The id of the session that waits for another's transaction to let go of `shops`.
async fn waiting(database: &TestDatabase) -> String {
    let waits = "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND state LIKE '%metadata lock%'";
    loop {
        if let Some(id) = database.rows(waits).await.pop() {
            return id;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// While a statement waits for another transaction, its session, or it alone, is killed on the server; or its client is
/// gone, and the server goes on with it: the next run waits for the lock, which is the orphan's until it has ended.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_statement_that_is_killed_or_left_alone_is_done_once() {
    let migrator = migrations();
    let clean = TestDatabase::mysql().await;
    migrator.upgrade(clean.url(), "head").await.unwrap();
    let wanted = clean.fingerprint().await;
    let database = TestDatabase::mysql().await;
    for kill in ["KILL CONNECTION", "KILL QUERY", ""] {
        migrator.downgrade(database.url(), "base").await.unwrap();
        migrator.upgrade(database.url(), "a1").await.unwrap();
        let mut other = MySqlConnection::connect(database.url()).await.unwrap();
        for sql in ["BEGIN", "SELECT * FROM shops"] {
            other.execute(sql).await.unwrap();
        }
        let url = database.url().to_owned();
        let run = tokio::spawn(async move { migrations().upgrade(url, "head").await });
        let id = waiting(&database).await;
        if kill.is_empty() {
            run.abort();
            assert!(run.await.unwrap_err().is_cancelled());
        } else {
            database.execute(&format!("{kill} {id}")).await;
            let error = run.await.unwrap().unwrap_err().to_string();
            assert!(error.contains("steps of this migration are committed"), "{error}");
            let half = migrator.state(database.url()).await.unwrap().1.unwrap();
            // Of a connection that is lost nobody knows what it did last.
            let failed = half.open.as_ref().is_some_and(|open| open.failed);
            assert_eq!(failed, kill == "KILL QUERY", "{half}");
        }
        let url = database.url().to_owned();
        let next = tokio::spawn(async move { migrations().upgrade(url, "head").await });
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(!next.is_finished());
        other.execute("COMMIT").await.unwrap();
        next.await.unwrap().unwrap();
        assert_eq!(database.fingerprint().await, wanted, "{kill}");
        is_whole(&migrator, &database, "b1").await;
    }
}

fn by_hand(op: &mut Op) -> Result {
    op.execute("INSERT INTO shops (id, name) VALUES (3, 'three')");
    op.execute("ALTER TABLE shops ADD COLUMN size INTEGER");
    op.execute("INSERT INTO shops (id, size) VALUES (4, 4)");
    Ok(())
}

/// Of an author's own SQL that changes tables nothing can be asked; a person decides, and nowhere but there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_cut_at_an_authors_own_change_of_a_table_is_put_to_a_person_and_nowhere_else() {
    let migrator = migrator(vec![
        migration("a1", &[], first, |op| {
            op.drop_table("shops");
            Ok(())
        }),
        migration("b1", &["a1"], by_hand, |op| {
            op.execute("DELETE FROM shops WHERE id > 2");
            op.drop_column("shops", "size");
            Ok(())
        }),
    ]);
    let mut asked = Vec::new();
    let database = TestDatabase::mysql().await;
    for cut in [Cut::Message, Cut::Answer] {
        for number in 1.. {
            let proxy = Proxy::cutting(&database, cut(number)).await;
            drop(migrator.upgrade(proxy.url(), "head").await);
            if !proxy.has_cut() {
                break;
            }
            match migrator.upgrade(database.url(), "head").await {
                Ok(_) => {}
                Err(Error::HalfDone(_)) => {
                    let size = "SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() \
                        AND table_name = 'shops' AND column_name = 'size'";
                    let done = database.rows(size).await.len() == 1;
                    asked.push(done);
                    let answer = if done { Resolution::Done } else { Resolution::Retry };
                    migrator.resolve(database.url(), answer).await.unwrap();
                    migrator.upgrade(database.url(), "head").await.unwrap();
                }
                Err(error) => panic!("cut at {number}: {error}"),
            }
            let rows = database.rows("SELECT id, size FROM shops ORDER BY id").await;
            let wanted = ["1 | NULL", "2 | NULL", "3 | NULL", "4 | 4"];
            assert_eq!(rows, wanted, "cut at {number}");
            is_whole(&migrator, &database, "b1").await;
            migrator.downgrade(database.url(), "a1").await.unwrap();
        }
    }
    // The answer to `started` is lost, or the statement, or its answer, or what the journal was told then.
    assert_eq!(asked, [false, true, false, true]);
}

/// The journal keeps an author's SQL, whatever the character set of the database is.
#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_database_of_few_characters_keeps_a_journal_too() {
    let database = TestDatabase::mysql().await;
    database
        .execute("SET @sql = CONCAT('ALTER DATABASE ', DATABASE(), ' CHARACTER SET latin1'); EXECUTE IMMEDIATE @sql")
        .await;
    let migrator = migrator(vec![migration(
        "a1",
        &[],
        |op| {
            op.execute("CREATE TABLE snow (id INTEGER COMMENT '\u{2603} \u{1f328}')");
            op.execute("INSERT INTO nowhere VALUES (1)");
            Ok(())
        },
        |_| Ok(()),
    )]);
    let error = migrator.upgrade(database.url(), "head").await.unwrap_err();
    assert!(error.to_string().contains("goes on with step 2"), "{error}");
    let kept = "SELECT statement FROM alembic_version_journal";
    assert_eq!(
        database.rows(kept).await,
        ["CREATE TABLE snow (id INTEGER COMMENT '\u{2603} \u{1f328}')"]
    );
}
