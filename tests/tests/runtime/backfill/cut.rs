//! A backfill whose connection is lost at any of its messages, and how many messages it takes.

use super::*;

fn small(op: &mut Op) -> Result {
    op.backfill("digits", "n", sql("n + 1"));
    Ok(())
}

fn digits(op: &mut Op) -> Result {
    op.create_table("digits", |t| {
        t.column("d", integer()).primary_key();
        t.column("n", integer()).not_null().server_default(0);
    });
    Ok(())
}

/// Every message of an upgrade is lost once, on its way there and on its way back, and the next run goes on.
async fn wherever_it_is_cut(database: TestDatabase) {
    let counting = |op: &mut Op| {
        op.backfill("digits", "n", sql("n + 1")).batch(4);
        op.execute("UPDATE digits SET n = n + 10 WHERE d = 3");
        Ok(())
    };
    let migrator = migrator(vec![
        migration("a1", &[], digits, nothing),
        migration("b1", &["a1"], counting, nothing),
    ]);
    migrator.upgrade(database.url(), "a1").await.unwrap();
    for cut in [Cut::Message, Cut::Answer] {
        for number in 1.. {
            database.execute("DELETE FROM digits").await;
            let rows = (0..10).map(|digit| format!("({digit}, 0)"));
            let rows = rows.collect::<Vec<_>>().join(", ");
            database
                .execute(&format!("INSERT INTO digits VALUES {rows}"))
                .await;
            migrator.stamp(database.url(), &["a1"]).await.unwrap();
            let proxy = Proxy::cutting(&database, cut(number)).await;
            let told = migrator.upgrade(proxy.url(), "head").await;
            let has_cut = proxy.has_cut();
            if has_cut {
                let next = migrator.upgrade(database.url(), "head").await;
                assert!(next.is_ok(), "cut at {number}: {next:?}");
            } else {
                told.unwrap();
                assert!(number > 15, "{number} messages");
            }
            let filled = "SELECT n, count(*) FROM digits GROUP BY n ORDER BY n";
            assert_eq!(
                database.rows(filled).await,
                ["1 | 9", "11 | 1"],
                "cut at {number}"
            );
            is_whole(&migrator, &database, "b1").await;
            if !has_cut {
                break;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn wherever_the_connection_is_cut_every_row_is_filled_once_on_postgres() {
    wherever_it_is_cut(TestDatabase::postgres().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn wherever_the_connection_is_cut_every_row_is_filled_once_on_mariadb() {
    wherever_it_is_cut(TestDatabase::mysql().await).await;
}

/// An empty table, one with fewer rows than a batch, and one of several batches.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_table_of_few_rows_takes_few_round_trips() {
    let migrator = migrator(vec![
        migration("a1", &[], digits, nothing),
        migration("b1", &["a1"], small, nothing),
        migration(
            "c1",
            &["b1"],
            |op| {
                op.backfill("digits", "n", sql("n + 1")).batch(1);
                Ok(())
            },
            nothing,
        ),
    ]);
    let database = TestDatabase::postgres().await;
    migrator.upgrade(database.url(), "a1").await.unwrap();
    let proxy = Proxy::before(&database).await;
    let mut trips = Vec::new();
    for rows in ["", "INSERT INTO digits (d) VALUES (1), (2), (3)"] {
        database.execute(rows).await;
        migrator.stamp(database.url(), &["a1"]).await.unwrap();
        let before = proxy.round_trips();
        migrator.upgrade(proxy.url(), "b1").await.unwrap();
        trips.push(proxy.round_trips() - before);
    }
    let before = proxy.round_trips();
    migrator.upgrade(proxy.url(), "head").await.unwrap();
    trips.push(proxy.round_trips() - before);
    assert_eq!(trips, [19, 19, 32]);
}
