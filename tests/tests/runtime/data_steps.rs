//! Data steps: where they run, and that they cannot commit half a migration.

use migrate_core::__private::Migration;
use migrate_core::prelude::*;
use migrate_core::sqlx::{self, Connection};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};

fn with(upgrade: fn(&mut Op) -> Result<(), StepError>) -> Migration {
    migration("a1", &[], upgrade, |op| {
        op.execute("DROP TABLE notes");
        Ok(())
    })
}

fn notes(op: &mut Op) {
    op.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT)");
}

async fn untouched(database: &TestDatabase) {
    assert_eq!(database.tables().await, Vec::<String>::new());
}

async fn write_one(db: &mut Db<'_>) -> Result {
    db.execute("INSERT INTO notes (id, body) VALUES (1, 'one')")
        .await?;
    Ok(())
}

async fn count(db: &mut Db<'_>) -> Result {
    let rows = db.fetch_all("SELECT id, body FROM notes").await?;
    let body: String = rows.first().ok_or("there is no row")?.get("body")?;
    db.execute(&format!(
        "INSERT INTO notes (id, body) VALUES (2, '{body} and {}')",
        rows.len()
    ))
    .await?;
    Ok(())
}

async fn fail(db: &mut Db<'_>) -> Result {
    write_one(db).await?;
    Err("the data is not as expected")?
}

async fn in_transactions(db: &mut Db<'_>) -> Result {
    if let Some(db) = db.as_postgres() {
        let mut transaction = db.begin().await?;
        sqlx::query("INSERT INTO notes (id) VALUES (1)")
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        let mut transaction = db.begin().await?;
        sqlx::query("INSERT INTO notes (id) VALUES (2)")
            .execute(&mut *transaction)
            .await?;
        transaction.rollback().await?;
    } else if let Some(db) = db.as_sqlite() {
        let mut transaction = db.begin().await?;
        sqlx::query("INSERT INTO notes (id) VALUES (1)")
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        let mut transaction = db.begin().await?;
        sqlx::query("INSERT INTO notes (id) VALUES (2)")
            .execute(&mut *transaction)
            .await?;
        transaction.rollback().await?;
    }
    Ok(())
}

async fn commit_by_hand(db: &mut Db<'_>) -> Result {
    db.execute("COMMIT").await?;
    db.execute("BEGIN").await?;
    Ok(())
}

pub(crate) async fn a_data_step_sees_what_was_recorded_before_it_and_not_what_comes_after(
    database: TestDatabase,
) {
    let migrator = migrator(vec![with(|op| {
        notes(op);
        op.run("write one", write_one);
        op.execute("UPDATE notes SET body = 'first'");
        op.run("count", count);
        op.execute("INSERT INTO notes (id, body) VALUES (3, 'last')");
        Ok(())
    })]);
    migrator.upgrade(database.url(), "head").await.unwrap();
    let bodies = database.rows("SELECT body FROM notes ORDER BY id").await;
    assert_eq!(bodies, ["first", "first and 1", "last"]);
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["a1"]);
}

pub(crate) async fn a_failing_data_step_takes_the_whole_migration_back(database: TestDatabase) {
    let migrator = migrator(vec![with(|op| {
        notes(op);
        op.run("check the data", fail);
        Ok(())
    })]);
    let error = migrator
        .upgrade(database.url(), "head")
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("data step `check the data`: the data is not as expected"),
        "{error}"
    );
    assert!(error.contains("data_steps.rs:"), "{error}");
    untouched(&database).await;
}

pub(crate) async fn a_transaction_of_a_data_step_is_a_savepoint_of_the_migration(database: TestDatabase) {
    let migrator = migrator(vec![
        with(|op| {
            notes(op);
            op.run("in transactions", in_transactions);
            Ok(())
        }),
        migration(
            "b1",
            &["a1"],
            |op| {
                op.run("in transactions", in_transactions);
                op.execute("INSERT INTO nowhere VALUES (1)");
                Ok(())
            },
            |_| Ok(()),
        ),
    ]);
    migrator.upgrade(database.url(), "a1").await.unwrap();
    assert_eq!(database.rows("SELECT id FROM notes").await, ["1"]);
    database.execute("DELETE FROM notes").await;
    migrator.upgrade(database.url(), "head").await.unwrap_err();
    assert_eq!(database.rows("SELECT id FROM notes").await, Vec::<String>::new());
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["a1"]);
}

pub(crate) async fn a_data_step_that_commits_by_hand_is_named_and_writes_no_version_row(
    database: TestDatabase,
) {
    let migrator = migrator(vec![with(|op| {
        notes(op);
        op.run("commit by hand", commit_by_hand);
        op.execute("INSERT INTO notes (id, body) VALUES (3, 'last')");
        Ok(())
    })]);
    let error = migrator
        .upgrade(database.url(), "head")
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("ended the migration's transaction"), "{error}");
    assert!(error.contains("data_steps.rs:"), "{error}");
    assert_eq!(migrator.rows(database.url()).await.unwrap(), Vec::<String>::new());
    assert_eq!(database.rows("SELECT id FROM notes").await, Vec::<String>::new());
}
