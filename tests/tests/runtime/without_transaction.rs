//! Migrations that refuse a transaction.

use migrate_core::__private::Migration;
use migrate_core::TransactionMode;
use migrate_core::prelude::*;
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};

fn without_transaction(upgrade: fn(&mut Op) -> Result) -> Migration {
    let mut migration = migration("b1", &["a1"], upgrade, |_| Ok(()));
    migration.transaction = false;
    migration
}

fn table() -> Migration {
    migration(
        "a1",
        &[],
        |op| {
            op.execute("CREATE TABLE made (id INTEGER PRIMARY KEY, name TEXT)");
            Ok(())
        },
        |_| Ok(()),
    )
}

pub(crate) async fn a_statement_that_refuses_a_transaction_runs_and_is_recorded(database: TestDatabase) {
    let migrator = migrator(vec![
        table(),
        without_transaction(|op| {
            op.execute("VACUUM");
            Ok(())
        }),
    ]);
    migrator.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["b1"]);
}

pub(crate) async fn it_is_refused_within_a_single_transaction_before_anything_is_sent(
    database: TestDatabase,
) {
    let migrator = migrator(vec![
        table(),
        without_transaction(|op| {
            op.execute("VACUUM");
            op.execute("COMMIT");
            Ok(())
        }),
    ]);
    let migrator = migrator.transaction(TransactionMode::Single);
    let error = migrator.upgrade(database.url(), "head").await.unwrap_err();
    // Together with whatever else is wrong.
    let lines: Vec<String> = error.to_string().lines().map(str::to_owned).collect();
    assert!(
        matches!(&lines[..], [single, control]
            if single.contains("cannot be part of a single transaction") && control.contains("`COMMIT`")),
        "{error}"
    );
    assert_eq!(database.tables().await, Vec::<String>::new());
}

pub(crate) async fn one_that_fails_half_way_says_what_stays_and_writes_no_row(database: TestDatabase) {
    let migrator = migrator(vec![
        table(),
        without_transaction(|op| {
            op.execute("CREATE INDEX ix_made_name ON made (name)");
            op.execute("INSERT INTO nowhere VALUES (1)");
            Ok(())
        }),
    ]);
    let error = migrator
        .upgrade(database.url(), "head")
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("1 of its 2 steps stay, and no version row was written"),
        "{error}"
    );
    assert!(error.contains("INSERT INTO nowhere VALUES (1)"), "{error}");
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["a1"]);
    assert!(
        database
            .fingerprint()
            .await
            .iter()
            .any(|line| line.contains("ix_made_name"))
    );
}
