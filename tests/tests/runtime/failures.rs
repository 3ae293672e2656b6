//! What a migration that fails leaves behind, and what its error says.

use migrate_core::__private::{Downgrade, Migration};
use migrate_core::prelude::*;
use migrate_core::{ErrorKind, TransactionMode};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};

fn first() -> Migration {
    migration(
        "a1",
        &[],
        |op| {
            op.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY)");
            Ok(())
        },
        |op| {
            op.execute("DROP TABLE kept");
            Ok(())
        },
    )
}

/// Follows the first, and does this.
fn then(upgrade: fn(&mut Op) -> Result<(), StepError>) -> Migration {
    migration("b1", &["a1"], upgrade, |_| Ok(()))
}

/// Runs both, and gives the error of the second. The first, and nothing else, must be there afterwards.
async fn failure(database: &TestDatabase, second: Migration) -> migrate_core::Error {
    let migrator = migrator(vec![first(), second]);
    migrator.upgrade(database.url(), "a1").await.unwrap();
    let before = database.fingerprint().await;
    let error = migrator.upgrade(database.url(), "head").await.unwrap_err();
    assert_eq!(database.fingerprint().await, before, "{error}");
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["a1"]);
    error
}

pub(crate) async fn a_failing_statement_is_named_with_its_place_and_leaves_the_old_state(
    database: TestDatabase,
) {
    let error = failure(
        &database,
        then(|op| {
            op.execute("CREATE TABLE half (id INTEGER)");
            op.execute("INSERT INTO kept (id) VALUES (1)");
            op.execute("INSERT INTO nowhere VALUES (1)");
            op.execute("CREATE TABLE rest (id INTEGER)");
            Ok(())
        }),
    )
    .await;
    let text = error.to_string();
    assert!(text.contains("`b1`"), "{text}");
    assert!(text.contains("failures.rs:"), "{text}");
    assert!(text.contains("INSERT INTO nowhere VALUES (1)"), "{text}");
    assert!(text.contains("nowhere"), "{text}");
    assert_eq!(error.kind(), ErrorKind::Migration);
}

pub(crate) async fn a_syntax_error_is_told_of_the_statement_that_has_it(database: TestDatabase) {
    let error = failure(
        &database,
        then(|op| {
            op.execute("CREATE TABLE half (id INTEGER)");
            op.execute("INSRT INTO kept VALUES (1)");
            op.execute("CREATE TABLE rest (id INTEGER)");
            Ok(())
        }),
    )
    .await;
    assert!(
        error.to_string().contains("in the statement: INSRT INTO kept"),
        "{error}"
    );
}

pub(crate) async fn what_came_before_a_failing_migration_stays(database: TestDatabase) {
    let broken = then(|op| {
        op.execute("INSERT INTO nowhere VALUES (1)");
        Ok(())
    });
    let migrator = migrator(vec![first(), broken]);
    migrator.upgrade(database.url(), "head").await.unwrap_err();
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["a1"]);
    assert_eq!(database.tables().await, ["alembic_version", "kept"]);
}

pub(crate) async fn nothing_of_a_single_transaction_stays_when_its_last_migration_fails(
    database: TestDatabase,
) {
    let broken = then(|op| {
        op.execute("INSERT INTO nowhere VALUES (1)");
        Ok(())
    });
    let migrator = migrator(vec![first(), broken]).transaction(TransactionMode::Single);
    migrator.upgrade(database.url(), "head").await.unwrap_err();
    assert_eq!(migrator.rows(database.url()).await.unwrap(), Vec::<String>::new());
    assert_eq!(database.tables().await, Vec::<String>::new());
    migrator.upgrade(database.url(), "a1").await.unwrap();
    assert_eq!(database.tables().await, ["alembic_version", "kept"]);
}

pub(crate) async fn a_statement_that_would_end_the_transaction_is_refused_before_anything_is_sent(
    database: TestDatabase,
) {
    let error = failure(
        &database,
        then(|op| {
            op.execute("CREATE TABLE half (id INTEGER)");
            op.execute("/* now */ COMMIT");
            Ok(())
        }),
    )
    .await;
    assert!(
        error.to_string().contains("`COMMIT` cannot stand in a migration"),
        "{error}"
    );
}

pub(crate) async fn several_statements_in_one_execute_cannot_hide_a_commit(database: TestDatabase) {
    let error = failure(
        &database,
        then(|op| {
            op.execute("INSERT INTO kept (id) VALUES (7); COMMIT; BEGIN; INSERT INTO kept (id) VALUES (8)");
            Ok(())
        }),
    )
    .await;
    assert!(
        error.to_string().contains("`COMMIT` cannot stand in a migration"),
        "{error}"
    );
}

pub(crate) async fn several_statements_in_one_execute_fail_together_with_their_migration(
    database: TestDatabase,
) {
    let error = failure(
        &database,
        then(|op| {
            op.execute("INSERT INTO kept (id) VALUES (7); INSERT INTO kept (id) VALUES (8)");
            op.execute("INSERT INTO kept (id) VALUES (9); INSERT INTO nowhere VALUES (1)");
            Ok(())
        }),
    )
    .await;
    assert!(
        error
            .to_string()
            .contains("in the statement: INSERT INTO kept (id) VALUES (9);"),
        "{error}"
    );
}

pub(crate) async fn an_irreversible_migration_stops_a_downgrade_before_anything_is_sent(
    database: TestDatabase,
) {
    let mut irreversible = first();
    irreversible.downgrade = Downgrade::Irreversible("the old names are gone");
    let after = then(|op| {
        op.execute("CREATE TABLE more (id INTEGER)");
        Ok(())
    });
    let migrator = migrator(vec![irreversible, after]);
    migrator.upgrade(database.url(), "head").await.unwrap();
    let before = database.fingerprint().await;
    let error = migrator.downgrade(database.url(), "base").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Irreversible);
    assert!(error.to_string().contains("the old names are gone"), "{error}");
    assert_eq!(database.fingerprint().await, before);
}

pub(crate) async fn a_migration_that_returns_an_error_stops_the_run_before_anything_is_sent(
    database: TestDatabase,
) {
    let error = failure(
        &database,
        then(|op| {
            op.execute("CREATE TABLE half (id INTEGER)");
            let _: i32 = "x".parse()?;
            Ok(())
        }),
    )
    .await;
    assert!(
        error.to_string().contains("invalid digit found in string"),
        "{error}"
    );
}

/// What is checked at the end only, is refused by COMMIT itself.
pub(crate) async fn a_commit_that_is_refused_leaves_the_old_state(database: TestDatabase) {
    for mode in [TransactionMode::PerMigration, TransactionMode::Single] {
        let orphan = then(|op| {
            op.execute(
                "CREATE TABLE child (parent INTEGER REFERENCES kept (id) DEFERRABLE INITIALLY DEFERRED)",
            );
            op.execute("INSERT INTO child VALUES (7)");
            Ok(())
        });
        let migrator = migrator(vec![first(), orphan]).transaction(mode);
        migrator.upgrade(database.url(), "a1").await.unwrap();
        let before = database.fingerprint().await;
        let error = migrator.upgrade(database.url(), "head").await.unwrap_err();
        assert!(error.to_string().contains("refused to commit"), "{error}");
        assert_eq!(database.fingerprint().await, before);
        assert_eq!(migrator.rows(database.url()).await.unwrap(), ["a1"]);
    }
}

/// A text that the server alone can read cannot end the transaction: it is told so, and the migration fails.
#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_commit_inside_a_block_or_a_procedure_is_refused_by_the_server() {
    let database = TestDatabase::postgres().await;
    database
        .execute("CREATE PROCEDURE commits() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$")
        .await;
    let block = then(|op| {
        op.execute("INSERT INTO kept VALUES (1)");
        op.execute("DO $$ BEGIN INSERT INTO kept VALUES (2); COMMIT; END $$");
        Ok(())
    });
    let rollback = then(|op| {
        op.execute("DO $$ BEGIN ROLLBACK; END $$");
        op.execute("INSERT INTO kept VALUES (1)");
        Ok(())
    });
    let call = then(|op| {
        op.execute("INSERT INTO kept VALUES (1)");
        op.execute("CALL commits()");
        Ok(())
    });
    for second in [block, rollback, call] {
        let error = failure(&database, second).await;
        assert!(
            error.to_string().contains("invalid transaction termination"),
            "{error}"
        );
        let single = migrator(vec![first(), second]).transaction(TransactionMode::Single);
        single.upgrade(database.url(), "head").await.unwrap_err();
        assert_eq!(database.rows("SELECT id FROM kept").await, Vec::<String>::new());
    }
}

/// What was there before any migration is told as that, and nothing else is.
pub(crate) async fn a_table_that_was_there_before_any_migration_is_named(database: TestDatabase) {
    let table: fn(&mut Op) -> Result<(), StepError> = |op| {
        op.create_table("Kept", |t| {
            t.column("id", integer()).primary_key();
        });
        op.create_table("made", |t| {
            t.column("id", integer()).primary_key();
            t.check("nowhere > 0");
        });
        Ok(())
    };
    let existing = async |migrator: &migrate_core::Migrator| {
        let error = migrator.upgrade(database.url(), "head").await.unwrap_err();
        let failed = if let migrate_core::Error::Run(failed) = error {
            Some(failed)
        } else {
            None
        };
        failed.unwrap().existing.map(|table| table.to_string())
    };
    let only = migrator(vec![migration("b1", &[], table, |_| Ok(()))]);
    // Its check is of a column that is not there, as the table itself is not.
    assert_eq!(existing(&only).await, None);
    database.clear().await;
    let quote = if database.is_mysql() { "`" } else { "\"" };
    let create = format!("CREATE TABLE {quote}Kept{quote} (id INTEGER PRIMARY KEY)");
    database.execute(&create).await;
    assert_eq!(existing(&only).await.as_deref(), Some("Kept"));

    // Where a migration was applied, the table may as well be one of the tool's own.
    database.clear().await;
    let after = migrator(vec![first(), then(table)]);
    after.upgrade(database.url(), "a1").await.unwrap();
    database.execute(&create.replace("Kept", "made")).await;
    assert_eq!(existing(&after).await, None);
}
