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

pub(crate) async fn what_stands_alone_in_the_middle_of_a_migration_parts_it(database: TestDatabase) {
    let parted = migration(
        "b1",
        &["a1"],
        |op| {
            op.execute("INSERT INTO made (id) VALUES (1)");
            op.autocommit(|op| {
                op.execute("VACUUM; -- and then\n ANALYZE made");
            });
            op.execute("INSERT INTO made (id) VALUES (2)");
            Ok(())
        },
        |_| Ok(()),
    );
    let migrator = migrator(vec![table(), parted]);
    migrator.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["b1"]);
    assert_eq!(database.rows("SELECT id FROM made ORDER BY id").await, ["1", "2"]);

    let single = migrator.transaction(TransactionMode::Single);
    single.stamp(database.url(), &["a1"]).await.unwrap();
    let error = single
        .upgrade(database.url(), "head")
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("without_transaction.rs:")
            && error.contains("cannot be part of a single transaction")
            && error.ends_with("in the statement: VACUUM"),
        "{error}"
    );
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
        error.contains("1 of the 2 steps of this migration are committed, and no version row was written: the next run goes on with step 2"),
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

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn an_index_is_built_concurrently_in_the_middle_of_a_migration() {
    let database = TestDatabase::postgres().await;
    let parted = migration(
        "b1",
        &["a1"],
        |op| {
            op.create_table("more", |t| {
                t.column("id", integer());
            });
            op.create_index("ix_made_name", "made", ["name"]).concurrently();
            op.drop_table("more");
            // Each of these refuses company too.
            op.autocommit(|op| {
                op.execute(
                    "CREATE INDEX CONCURRENTLY ix_1 ON made (id); DROP INDEX CONCURRENTLY ix_1; VACUUM made",
                );
            });
            Ok(())
        },
        |op| {
            op.drop_index("ix_made_name", "made").concurrently();
            Ok(())
        },
    );
    let migrator = migrator(vec![table(), parted]);
    migrator.upgrade(database.url(), "a1").await.unwrap();
    let before = database.fingerprint().await;
    migrator.upgrade(database.url(), "head").await.unwrap();
    let valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_made_name'::regclass";
    assert_eq!(database.rows(valid).await, ["t"]);
    migrator.downgrade(database.url(), "a1").await.unwrap();
    assert_eq!(database.fingerprint().await, before);
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_value_of_an_enum_type_can_be_used_in_the_migration_that_adds_it() {
    async fn all_new(db: &mut Db<'_>) -> Result {
        db.execute("UPDATE people SET mood = 'newer'").await?;
        Ok(())
    }
    let database = TestDatabase::postgres().await;
    let first = migration(
        "a1",
        &[],
        |op| {
            op.create_enum(enumeration("mood", ["old"]));
            op.execute("CREATE TABLE people (mood mood)");
            op.execute("INSERT INTO people VALUES ('old')");
            Ok(())
        },
        |_| Ok(()),
    );
    let adds = migration(
        "b1",
        &["a1"],
        |op| {
            op.add_enum_value("mood", "new");
            op.execute("UPDATE people SET mood = 'new'");
            op.add_enum_value("mood", "newer");
            op.run("all new", all_new);
            Ok(())
        },
        |_| Ok(()),
    );
    let migrator = migrator(vec![first, adds]);
    migrator.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(database.rows("SELECT mood::text FROM people").await, ["newer"]);
}
