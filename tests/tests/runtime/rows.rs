//! Which rows the version table holds.

use std::sync::{Arc, Mutex};

use migrate_core::__private::{Op, StepError};
use migrate_core::{Event, Migrator};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};

fn create(op: &mut Op, table: &'static str) -> Result<(), StepError> {
    op.execute(format!("CREATE TABLE {table} (id INTEGER PRIMARY KEY)"));
    Ok(())
}

fn drop_table(op: &mut Op, table: &'static str) -> Result<(), StepError> {
    op.execute(format!("DROP TABLE {table}"));
    Ok(())
}

/// A migration that makes the table of its own name.
macro_rules! table {
    ($name:literal after $($down:literal),*) => {
        migration($name, &[$($down),*], |op| create(op, $name), |op| drop_table(op, $name))
    };
}

/// a → b → (c, d) → e
fn diamond() -> Migrator {
    migrator(vec![
        table!("a1" after ),
        table!("b1" after "a1"),
        table!("c1" after "b1"),
        table!("d1" after "b1"),
        table!("e1" after "c1", "d1"),
    ])
}

pub(crate) async fn an_upgrade_writes_one_row_and_a_downgrade_to_base_leaves_none(database: TestDatabase) {
    let migrator = diamond();
    let report = migrator.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(report.applied.len(), 5);
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["e1"]);
    assert!(migrator.current(database.url()).await.unwrap().at_heads);
    assert_eq!(
        database.tables().await,
        ["a1", "alembic_version", "b1", "c1", "d1", "e1"]
    );

    migrator.downgrade(database.url(), "base").await.unwrap();
    assert_eq!(migrator.rows(database.url()).await.unwrap(), Vec::<String>::new());
    assert_eq!(database.tables().await, ["alembic_version"]);

    migrator.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["e1"]);
}

pub(crate) async fn a_branch_has_two_rows_and_its_merge_one(database: TestDatabase) {
    let migrator = diamond();
    migrator.upgrade(database.url(), "c1").await.unwrap();
    migrator.upgrade(database.url(), "d1").await.unwrap();
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["c1", "d1"]);
    migrator.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["e1"]);
    migrator.downgrade(database.url(), "c1").await.unwrap();
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["c1", "d1"]);
    migrator.downgrade(database.url(), "b1").await.unwrap();
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["b1"]);
}

pub(crate) async fn an_upgrade_at_its_target_does_nothing(database: TestDatabase) {
    let migrator = diamond();
    migrator.upgrade(database.url(), "head").await.unwrap();
    let before = database.fingerprint().await;
    let report = migrator.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(report.applied, []);
    assert_eq!(database.fingerprint().await, before);
}

pub(crate) async fn a_row_that_another_implies_is_reported_and_mended_by_the_next_step(
    database: TestDatabase,
) {
    let events = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&events);
    let migrator = diamond().observer(move |event: &Event| seen.lock().unwrap().push(event.clone()));
    migrator.upgrade(database.url(), "c1").await.unwrap();
    database
        .execute("INSERT INTO alembic_version (version_num) VALUES ('a1')")
        .await;
    assert_eq!(migrator.current(database.url()).await.unwrap().rows.len(), 1);

    migrator.upgrade(database.url(), "d1").await.unwrap();
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["c1", "d1"]);
    let redundant = |event: &Event| matches!(event, Event::RedundantRows { rows } if rows.len() == 1);
    assert!(events.lock().unwrap().iter().any(redundant));
}

pub(crate) async fn an_unknown_row_is_refused_and_a_purging_stamp_repairs_it(database: TestDatabase) {
    let migrator = diamond();
    migrator.upgrade(database.url(), "b1").await.unwrap();
    database
        .execute("UPDATE alembic_version SET version_num = 'zzz'")
        .await;
    let before = database.fingerprint().await;
    for error in [
        migrator.upgrade(database.url(), "head").await.unwrap_err(),
        migrator.downgrade(database.url(), "base").await.unwrap_err(),
        migrator.stamp(database.url(), &["head"]).await.unwrap_err(),
    ] {
        assert!(
            error
                .to_string()
                .contains("Can't locate revision identified by 'zzz'"),
            "{error}"
        );
    }
    assert_eq!(database.fingerprint().await, before);

    migrator.stamp_purged(database.url(), &["b1"]).await.unwrap();
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["b1"]);
    migrator.stamp_purged(database.url(), &["base"]).await.unwrap();
    assert_eq!(migrator.rows(database.url()).await.unwrap(), Vec::<String>::new());
}

pub(crate) async fn a_stamp_runs_no_migration(database: TestDatabase) {
    let migrator = diamond();
    migrator.stamp(database.url(), &["head"]).await.unwrap();
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["e1"]);
    assert_eq!(database.tables().await, ["alembic_version"]);
    migrator.stamp(database.url(), &["c1"]).await.unwrap();
    // The other branch stays, where Alembic forgets it.
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["c1", "d1"]);
}

pub(crate) async fn a_migrator_of_revisions_alone_stamps_and_runs_nothing(database: TestDatabase) {
    let revisions = diamond().revisions().unwrap().clone();
    let migrator = Migrator::of_revisions(revisions);
    let error = migrator.upgrade(database.url(), "b1").await.unwrap_err();
    assert!(error.to_string().contains("is not compiled in"), "{error}");
    assert_eq!(database.tables().await, Vec::<String>::new());
    migrator.stamp(database.url(), &["head"]).await.unwrap();
    assert_eq!(migrator.current(database.url()).await.unwrap().rows.len(), 1);
    let error = migrator.downgrade(database.url(), "base").await.unwrap_err();
    assert!(error.to_string().contains("is not compiled in"), "{error}");
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["e1"]);
}
