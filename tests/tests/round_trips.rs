//! How often a run asks the server, and what it makes of an answer that does not come.

use migrate_core::__private::Migration;
use migrate_core::prelude::*;
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};
use migrate_tests::proxy::{Cut, Proxy};

fn one_table(op: &mut Op) -> Result {
    // The migrations are made in a loop, so a table's name must come from the run and not from the code.
    static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    op.execute(format!("CREATE TABLE made_{number} (id INTEGER PRIMARY KEY)"));
    Ok(())
}

fn chain(length: usize) -> Vec<Migration> {
    let ids: Vec<&'static str> = (0..length)
        .map(|number| &*format!("r{number:04}").leak())
        .collect();
    let mut migrations = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        let downs: &'static [&'static str] = match index.checked_sub(1) {
            Some(down) => Vec::leak(vec![ids[down]]),
            None => &[],
        };
        migrations.push(migration(id, downs, one_table, |_| Ok(())));
    }
    migrations
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_thousand_migrations_take_two_round_trips_each_and_few_more() {
    let database = TestDatabase::postgres().await;
    let proxy = Proxy::before(&database).await;
    let migrator = migrator(chain(1000));
    migrator.upgrade(proxy.url(), "head").await.unwrap();
    assert!(
        proxy.round_trips() <= 2_020,
        "{} round trips",
        proxy.round_trips()
    );
    assert_eq!(
        database.rows("SELECT version_num FROM alembic_version").await,
        ["r0999"]
    );
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn an_upgrade_at_its_target_asks_three_times_and_takes_no_lock() {
    let database = TestDatabase::postgres().await;
    let migrator = migrator(chain(3));
    migrator.upgrade(database.url(), "head").await.unwrap();
    let proxy = Proxy::before(&database).await;
    migrator.upgrade(proxy.url(), "head").await.unwrap();
    // The login, the search for the version table, its rows.
    assert_eq!(proxy.round_trips(), 3);
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_commit_whose_answer_is_lost_is_looked_up_and_reported_as_what_it_was() {
    let database = TestDatabase::postgres().await;
    let migrator = migrator(chain(3));

    let proxy = Proxy::cutting(&database, Cut::Commit(2)).await;
    let error = migrator
        .upgrade(proxy.url(), "head")
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("upgrade of `r0001`"), "{error}");
    assert!(
        error.contains("it is applied, the rest is not; run again"),
        "{error}"
    );
    assert_eq!(
        database.rows("SELECT version_num FROM alembic_version").await,
        ["r0001"]
    );

    let proxy = Proxy::cutting(&database, Cut::Commit(1)).await;
    migrator.upgrade(proxy.url(), "head").await.unwrap();
    assert_eq!(
        database.rows("SELECT version_num FROM alembic_version").await,
        ["r0002"]
    );
}
