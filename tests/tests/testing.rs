//! The testing kit: what it passes, what it finds, and that it leaves nothing on a server.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use migrate_core::__private::{Downgrade, Migration};
use std::time::{Duration, Instant};

use migrate_core::Migrator;
use migrate_core::model::Models;
use migrate_core::prelude::*;
use migrate_core::testing::{Failure, in_memory, models_equal_migrations, one_head, stairway};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};
use migrate_tests::models::models;

/// A project's line.
mod in_memory {
    use super::branched;

    migrate_core::testing::migration_tests!(branched(), models = none);
}

/// Where the first directive below stands.
const PLACE: u32 = line!() + 3;

fn tables(op: &mut Op, name: &str) {
    op.create_table(name, |t| {
        t.column("id", integer()).primary_key();
        t.column("plan", enumeration("plan", ["free", "pro"]));
    });
}

/// Two lines that become one, and a step that nothing leads back from.
fn branched() -> Migrator {
    let up_orgs: fn(&mut Op) -> Result = |op| {
        tables(op, "orgs");
        Ok(())
    };
    migrator(vec![
        migration("a1", &[], up_orgs, |op| {
            op.drop_table("orgs");
            Ok(())
        }),
        migration(
            "b1",
            &["a1"],
            |op| {
                op.add_column("orgs", "left_one", text());
                Ok(())
            },
            |op| {
                op.drop_column("orgs", "left_one");
                Ok(())
            },
        ),
        migration(
            "c1",
            &["a1"],
            |op| {
                op.create_index("ix_orgs_plan", "orgs", ["plan"]);
                Ok(())
            },
            |op| {
                op.drop_index("ix_orgs_plan", "orgs");
                Ok(())
            },
        ),
        migration("d1", &["b1", "c1"], |_| Ok(()), |_| Ok(())),
        Migration {
            downgrade: Downgrade::Irreversible("it is gone"),
            ..migration(
                "e1",
                &["d1"],
                |op| {
                    op.drop_column("orgs", "left_one");
                    Ok(())
                },
                |_| Ok(()),
            )
        },
    ])
}

/// A downgrade that forgets something, one that takes too much, and one after which nothing leads up again.
fn uneven() -> Migrator {
    migrator(vec![
        migration(
            "a1",
            &[],
            |op| {
                tables(op, "orgs");
                op.create_index("ix_orgs_plan", "orgs", ["plan"]);
                Ok(())
            },
            |op| {
                op.drop_table("orgs");
                Ok(())
            },
        ),
        migration(
            "b1",
            &["a1"],
            |op| {
                op.add_column("orgs", "name", text());
                Ok(())
            },
            |op| {
                op.drop_column("orgs", "name");
                op.drop_index("ix_orgs_plan", "orgs");
                Ok(())
            },
        ),
        migration(
            "c1",
            &["b1"],
            |op| {
                tables(op, "users");
                Ok(())
            },
            |_| Ok(()),
        ),
    ])
}

fn passes_where_it_should(on: &str) {
    one_head(&branched()).unwrap();
    stairway(&branched(), on).unwrap();
    let models = models(&[|op| tables(op, "orgs")]);
    let failure = models_equal_migrations(&branched(), &models, on).unwrap_err();
    let Failure::Models(differences) = failure else {
        panic!("{failure}");
    };
    assert_eq!(differences, ["removed index `ix_orgs_plan` on `orgs`"]);
}

#[test]
fn branches_merges_and_what_nothing_leads_back_from_are_walked_over() {
    passes_where_it_should(in_memory());
}

#[test]
fn each_migration_that_is_not_even_is_told_and_where_the_walk_ended() {
    let failure = stairway(&uneven(), in_memory()).unwrap_err().to_string();
    insta::assert_snapshot!(failure.replace(&format!("testing.rs:{PLACE}"), "testing.rs:.."), @r#"
    b1 (migrations/test.rs): going down leaves another schema than before it:
        removed index `ix_orgs_plan` on `orgs`
    b1 (migrations/test.rs): going up again after that leaves another schema than after its first upgrade:
        removed index `ix_orgs_plan` on `orgs`
    c1 (migrations/test.rs): going down leaves another schema than before it:
        added table `users`
    c1 (migrations/test.rs): going up again after that failed:
        upgrade of `c1` (migrations/test.rs) failed: tests/tests/testing.rs:..: table "users" already exists (code 1)
      in the statement: CREATE TABLE "users" (
        "id" INTEGER NOT NULL,
        "plan" VARCHAR(4) CONSTRAINT "ck_users_plan" CHECK ("plan" IN ('free', 'pro')),
        CONSTRAINT "pk_users" PRIMARY KEY ("id")
    )
    "#);
}

#[test]
fn a_failure_is_read_as_the_test_harness_prints_it() {
    let failure = one_head(&migrator(vec![
        migration("a1", &[], |_| Ok(()), |_| Ok(())),
        migration("b1", &["a1"], |_| Ok(()), |_| Ok(())),
        migration("c1", &["a1"], |_| Ok(()), |_| Ok(())),
    ]));
    insta::assert_debug_snapshot!(failure.unwrap_err(), @"
    the migrations have 2 heads:
        b1 (migrations/test.rs)
        c1 (migrations/test.rs)
    `cargo migrate rebase` makes one line of them, `cargo migrate merge heads` joins them
    ");
    let models = models(&[|op| tables(op, "orgs")]);
    let failure = models_equal_migrations(&uneven(), &models, in_memory());
    insta::assert_debug_snapshot!(failure.unwrap_err(), @"
    the migrations do not make what the models say; a migration is missing, with:
        removed index `ix_orgs_plan` on `orgs`
        removed column `orgs.name`
        removed table `users`
    `cargo migrate revision --autogenerate` writes that
    ");
    let failure = models_equal_migrations(&uneven(), &Models::of([]), in_memory());
    insta::assert_debug_snapshot!(failure.unwrap_err(), @"
    there are no models: no `#[derive(Table)]` is linked into this program; a project without models says so: `migration_tests!(.., models = none)`
    ");
    for on in [
        "sqlite://app.db",
        "oracle://x",
        "postgres://nobody@127.0.0.1:1/app",
    ] {
        let failure = stairway(&branched(), on).unwrap_err();
        assert!(!matches!(failure, Failure::Stairway { .. }), "{failure}");
    }
}

#[tokio::test]
async fn it_may_be_called_where_somebody_is_asynchronous_already() {
    stairway(&branched(), in_memory()).unwrap();
}

/// Of all databases on a server, those that tests made.
const LEFT_ON_POSTGRES: &str = "SELECT count(*) FROM pg_database WHERE datname LIKE 'migrate\\_test\\_%'";
const LEFT_ON_MYSQL: &str =
    "SELECT count(*) FROM information_schema.schemata WHERE schema_name LIKE 'migrate\\_test\\_%'";

async fn leaves_nothing_on(database: &TestDatabase, left: &str) {
    passes_where_it_should(database.url());
    stairway(&uneven(), database.url()).unwrap_err();
    let panics = migrator(vec![migration(
        "a1",
        &[],
        |_| panic!("an author's own"),
        |_| Ok(()),
    )]);
    let panicked =
        std::thread::scope(|scope| scope.spawn(|| stairway(&panics, database.url()).is_ok()).join());
    assert!(panicked.is_err());
    // Other tests of this file have theirs meanwhile.
    let started = Instant::now();
    while database.rows(left).await != ["0"] {
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "a test left its database"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn on_postgresql_each_test_has_a_database_of_its_own_and_drops_it() {
    leaves_nothing_on(&TestDatabase::postgres().await, LEFT_ON_POSTGRES).await;
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn on_mariadb_each_test_has_a_database_of_its_own_and_drops_it() {
    leaves_nothing_on(&TestDatabase::mysql().await, LEFT_ON_MYSQL).await;
}

/// The same for a server.
mod on_postgres {
    use super::branched;

    fn server() -> String {
        std::env::var("MIGRATE_TEST_POSTGRES").unwrap()
    }

    migrate_core::testing::migration_tests!(
        branched(),
        on = server(),
        models = none,
        ignore = "needs PostgreSQL: run by cargo xtask test"
    );
}
