//! What a run tells its migrations.

use migrate_core::__private::{Op, StepError};
use migrate_core::graph::Heads;
use migrate_core::prelude::integer;
use migrate_core::{ErrorKind, Migrator};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migrator, reversible};

/// Makes a table for the tenant that is meant, and one more where somebody asks for it.
fn change(op: &mut Op) -> Result<(), StepError> {
    let tenant = op
        .argument("tenant")
        .ok_or("say which tenant is meant: -x tenant=NAME")?;
    let users = format!("{tenant}_users");
    op.create_table(users, |t| {
        t.column("id", integer()).primary_key();
    });
    if op.argument("audit").is_some() {
        op.create_table("audit", |t| {
            t.column("id", integer()).primary_key();
        });
    }
    Ok(())
}

fn of(arguments: &[(&str, &str)]) -> Migrator {
    let told = migrator(vec![reversible("a1", &[], change)]);
    let tell = |told: Migrator, (name, value): &(&str, &str)| told.argument(name, value);
    arguments.iter().fold(told, tell)
}

pub(crate) async fn a_migration_does_what_the_run_tells_it_and_its_reverse_takes_that_back(
    database: TestDatabase,
) {
    // Of one name the last value counts.
    let told = of(&[("tenant", "other"), ("tenant", "acme"), ("audit", "")]);
    told.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(
        database.tables().await,
        ["acme_users", "alembic_version", "audit"]
    );
    told.downgrade(database.url(), "base").await.unwrap();
    assert_eq!(database.tables().await, ["alembic_version"]);

    let told = of(&[("tenant", "acme")]);
    let script = told
        .script_upgrade(database.url(), &Heads::default(), "head")
        .await
        .unwrap();
    assert!(
        script.contains("acme_users") && !script.contains("audit"),
        "{script}"
    );
}

pub(crate) async fn what_a_migration_misses_is_said_before_anything_is_sent(database: TestDatabase) {
    let error = of(&[("tenants", "acme")])
        .upgrade(database.url(), "head")
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Migration);
    assert_eq!(
        error.to_string(),
        "migration `a1` (migrations/test.rs) failed: say which tenant is meant: -x tenant=NAME"
    );
    assert_eq!(database.tables().await, Vec::<String>::new());

    // Taken back, it is asked for what it did before that too, and says so once.
    of(&[("tenant", "acme")])
        .upgrade(database.url(), "head")
        .await
        .unwrap();
    let again = of(&[]).downgrade(database.url(), "base").await.unwrap_err();
    assert_eq!(again.to_string(), error.to_string());
    assert_eq!(database.tables().await, ["acme_users", "alembic_version"]);
}
