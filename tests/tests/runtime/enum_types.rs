//! PostgreSQL's named enum types: they come with the first column that has them, and go with the last.

use migrate_core::prelude::*;
use migrate_core::schema::Enumeration;
use migrate_core::{Migrator, TransactionMode};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator, reversible};

type Record = fn(&mut Op) -> Result;

const TYPES: &str = "SELECT t.typname || ': ' || string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) \
    FROM pg_type AS t JOIN pg_enum AS e ON e.enumtypid = t.oid GROUP BY t.typname ORDER BY 1";

fn plan() -> Enumeration {
    enumeration("plan's", ["free", "it's pro\\"])
}

fn users(op: &mut Op) -> Result {
    op.create_table("users", |t| {
        t.column("id", integer()).primary_key();
        t.column("plan", plan()).server_default("free");
    });
    op.bulk_insert("users", ["id"], [[1]]);
    Ok(())
}

fn no_users(op: &mut Op) -> Result {
    op.drop_table("users");
    Ok(())
}

/// Alembic leaves the type, so that the second upgrade fails: it exists already.
#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_table_can_come_go_and_come_again() {
    for mode in [TransactionMode::PerMigration, TransactionMode::Single] {
        let database = TestDatabase::postgres().await;
        let migrator = migrator(vec![migration("a1", &[], users, no_users)]).transaction(mode);
        for _ in 0..2 {
            migrator.upgrade(database.url(), "head").await.unwrap();
            assert_eq!(database.rows(TYPES).await, ["plan's: free, it's pro\\"]);
            migrator.downgrade(database.url(), "base").await.unwrap();
            assert!(database.rows(TYPES).await.is_empty());
        }
    }
}

/// The type comes with `a1`, goes with `c1`, and comes again, with other values, with `d1`.
fn history() -> Migrator {
    migrator(vec![
        reversible("a1", &[], |op| {
            op.create_table("users", |t| {
                t.column("id", integer()).primary_key();
                t.column("plan", plan());
            });
            op.create_table("teams", |t| {
                t.column("id", integer()).primary_key();
                t.column("plans", array_of(plan().existing()));
            });
            Ok(())
        }),
        reversible("b1", &["a1"], |op| {
            op.drop_column("users", "plan");
            Ok(())
        }),
        reversible("c1", &["b1"], |op| {
            op.drop_table("teams");
            Ok(())
        }),
        reversible("d1", &["c1"], |op| {
            op.add_column("users", "plan", enumeration("plan's", ["other"]));
            Ok(())
        }),
    ])
}

/// Down and up one by one, and each time in one run from either end.
#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn the_way_back_makes_a_type_before_the_column_that_has_it() {
    let database = TestDatabase::postgres().await;
    let history = history();
    let old = ["plan's: free, it's pro\\"].as_slice();
    let standing = [
        ("base", &[][..]),
        ("a1", old),
        ("b1", old),
        ("c1", &[]),
        ("d1", &["plan's: other"]),
    ];
    for (revision, types) in &standing[1..] {
        history.upgrade(database.url(), revision).await.unwrap();
        assert_eq!(database.rows(TYPES).await, *types, "{revision}");
    }
    for (revision, types) in standing.iter().rev().skip(1) {
        history.downgrade(database.url(), revision).await.unwrap();
        assert_eq!(database.rows(TYPES).await, *types, "{revision}");
    }
    for (target, types) in [("d1", standing[4].1), ("base", &[])] {
        if target == "base" {
            history.downgrade(database.url(), target).await.unwrap();
        } else {
            history.upgrade(database.url(), target).await.unwrap();
        }
        assert_eq!(database.rows(TYPES).await, types, "{target}");
    }
}

/// What no directive told of needs the type: a column, a function, a default.
#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_type_that_something_else_needs_stays_and_breaks_no_run() {
    let needs: [Record; 3] = [
        |op| {
            op.execute(r#"CREATE TABLE others (plan "plan's")"#);
            Ok(())
        },
        |op| {
            op.execute(r#"CREATE FUNCTION f(plan "plan's") RETURNS integer LANGUAGE sql AS 'SELECT 1'"#);
            Ok(())
        },
        |op| {
            op.execute(r#"CREATE TABLE others (plan text DEFAULT 'free'::"plan's")"#);
            Ok(())
        },
    ];
    for need in needs {
        let database = TestDatabase::postgres().await;
        let migrator = migrator(vec![
            migration("a1", &[], users, no_users),
            migration("b1", &["a1"], need, |_| Ok(())),
        ]);
        migrator.upgrade(database.url(), "head").await.unwrap();
        migrator.downgrade(database.url(), "base").await.unwrap();
        assert_eq!(database.rows(TYPES).await.len(), 1);
        assert!(!database.tables().await.contains(&"users".to_owned()));
    }
}

/// SQL by hand did what the directive would have done.
#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_type_that_is_gone_already_breaks_no_run() {
    let database = TestDatabase::postgres().await;
    let migrator = migrator(vec![migration("a1", &[], users, |op| {
        op.drop_table("users");
        op.execute(r#"DROP TYPE "plan's""#);
        Ok(())
    })]);
    migrator.upgrade(database.url(), "head").await.unwrap();
    migrator.downgrade(database.url(), "base").await.unwrap();
    assert!(database.rows(TYPES).await.is_empty());
}

/// What an author made by itself is dropped by itself.
#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_type_with_a_directive_of_its_own_stays_until_it_is_dropped() {
    let database = TestDatabase::postgres().await;
    let migrator = migrator(vec![
        migration(
            "a1",
            &[],
            |op| {
                op.create_enum(plan());
                Ok(())
            },
            |op| {
                op.drop_enum(plan().name);
                Ok(())
            },
        ),
        migration(
            "b1",
            &["a1"],
            |op| {
                op.create_table("users", |t| {
                    t.column("plan", plan().existing());
                });
                Ok(())
            },
            no_users,
        ),
    ]);
    migrator.upgrade(database.url(), "head").await.unwrap();
    migrator.downgrade(database.url(), "a1").await.unwrap();
    assert_eq!(database.rows(TYPES).await.len(), 1);
    migrator.downgrade(database.url(), "base").await.unwrap();
    assert!(database.rows(TYPES).await.is_empty());
}
