//! How often a run asks the server, and what it makes of an answer that does not come.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use migrate_core::__private::Migration;
use migrate_core::dialect::{Scope, for_scheme};
use migrate_core::prelude::*;
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};
use migrate_tests::models::models;
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

fn tables<const COUNT: usize>(op: &mut Op) {
    for number in 0..COUNT {
        let name = format!("t{number}");
        op.create_table(&name, |t| {
            t.column("id", integer()).primary_key();
            t.column("name", varchar(80)).not_null();
            t.column("parent_id", integer())
                .references(format!("t{}", number.max(1) - 1), "id");
        });
        op.create_index(None, &name, ["name"]);
    }
}

fn recorded<const COUNT: usize>(op: &mut Op) -> Result {
    tables::<COUNT>(op);
    Ok(())
}

/// How often the database of as many tables is asked until models that are the same were compared with it.
async fn asked<const COUNT: usize>(database: &TestDatabase) -> u64 {
    let migrator = migrator(vec![migration("a", &[], recorded::<COUNT>, |_| Ok(()))]);
    let models = models(&[tables::<COUNT>]);
    migrator.upgrade(database.url(), "head").await.unwrap();
    let proxy = Proxy::before(database).await;
    let check = migrator.check(proxy.url(), &models).await.unwrap();
    assert!(check.is_clean(), "{:?}", check.comparison.operations);
    proxy.round_trips()
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn models_are_compared_with_postgres_in_as_many_messages_however_many_there_are() {
    let (ten, hundred) = (TestDatabase::postgres().await, TestDatabase::postgres().await);
    // The login, the search for the version table, its rows, and all queries of the catalog in one.
    assert_eq!((asked::<10>(&ten).await, asked::<100>(&hundred).await), (4, 4));
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn models_are_compared_with_mariadb_in_as_many_messages_however_many_there_are() {
    let (ten, hundred) = (TestDatabase::mysql().await, TestDatabase::mysql().await);
    // One more for the login.
    assert_eq!((asked::<10>(&ten).await, asked::<100>(&hundred).await), (5, 5));
}

#[test]
fn a_catalog_is_as_many_queries_whatever_it_holds() {
    let queries = |scheme| {
        for_scheme(scheme)
            .unwrap()
            .catalog(&Scope::Current)
            .unwrap()
            .len()
    };
    assert_eq!(["postgres", "mysql", "sqlite"].map(queries), [12, 11, 2]);
}
