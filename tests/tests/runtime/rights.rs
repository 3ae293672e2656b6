//! Roles that may not do everything, and roles with settings of their own.

use std::time::Duration;

use migrate_core::prelude::*;
use migrate_core::sqlx::PgPool;
use migrate_core::{Migrator, TransactionMode};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};

const MODES: [TransactionMode; 2] = [TransactionMode::PerMigration, TransactionMode::Single];

fn make(op: &mut Op, table: &'static str) -> Result {
    op.execute(format!("CREATE TABLE {table} (id INTEGER PRIMARY KEY)"));
    Ok(())
}

fn two(mode: TransactionMode) -> Migrator {
    let first = migration("a1", &[], |op| make(op, "one"), |_| Ok(()));
    let second = migration("b1", &["a1"], |op| make(op, "two"), |_| Ok(()));
    migrator(vec![first, second]).transaction(mode)
}

/// A role of the server that is gone at the end of the test, as whom to open the test's database.
struct Guest<'d> {
    database: &'d TestDatabase,
    name: String,
    url: String,
}

impl<'d> Guest<'d> {
    async fn new(database: &'d TestDatabase) -> Self {
        let (server, base) = database.url().rsplit_once('/').unwrap();
        let address = server.rsplit(['@', '/']).next().unwrap();
        let name = format!("guest_{base}");
        database
            .execute(&format!(
                "DROP ROLE IF EXISTS {name}; CREATE ROLE {name} LOGIN PASSWORD 'guest'"
            ))
            .await;
        let url = format!("postgres://{name}:guest@{address}/{base}");
        Self { database, name, url }
    }

    /// Runs SQL as the owner, in which `guest` stands for the role.
    async fn owner_says(&self, sql: &str) {
        self.database.execute(&sql.replace("guest", &self.name)).await;
    }

    async fn leave(self) {
        self.owner_says("DROP OWNED BY guest; DROP ROLE guest").await;
    }
}

/// Upgrades as the guest, which must fail with this, and change nothing.
async fn refused(guest: &Guest<'_>, message: &str) {
    let before = guest.database.fingerprint().await;
    for mode in MODES {
        let error = two(mode).upgrade(&guest.url, "head").await.unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
        assert_eq!(guest.database.fingerprint().await, before);
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_role_that_may_only_read_can_ask_and_be_at_its_target() {
    let database = TestDatabase::postgres().await;
    let guest = Guest::new(&database).await;
    two(TransactionMode::Single)
        .upgrade(database.url(), "a1")
        .await
        .unwrap();
    guest.owner_says("GRANT SELECT ON alembic_version TO guest").await;
    for mode in MODES {
        let report = two(mode).upgrade(&guest.url, "a1").await.unwrap();
        assert_eq!(report.applied, []);
        assert!(!two(mode).current(&guest.url).await.unwrap().at_heads);
    }
    refused(&guest, "permission denied for table alembic_version").await;
    guest
        .owner_says(
            "GRANT ALL ON alembic_version TO guest; ALTER ROLE guest SET default_transaction_read_only = on",
        )
        .await;
    refused(&guest, "read-only transaction").await;
    guest.leave().await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn what_a_role_may_not_do_is_told_and_changes_nothing() {
    let database = TestDatabase::postgres().await;
    let guest = Guest::new(&database).await;
    // PostgreSQL 15 lets only a database's owner create in `public`; older ones let everybody.
    guest
        .owner_says("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        .await;
    refused(&guest, "permission denied for schema public").await;

    two(TransactionMode::Single)
        .upgrade(database.url(), "a1")
        .await
        .unwrap();
    refused(&guest, "permission denied for table alembic_version").await;
    guest.owner_says("GRANT ALL ON alembic_version TO guest").await;
    refused(&guest, "in the statement: CREATE TABLE two").await;
    guest.owner_says("GRANT CREATE ON SCHEMA public TO guest").await;
    two(TransactionMode::PerMigration)
        .upgrade(&guest.url, "head")
        .await
        .unwrap();
    guest.leave().await;
}

async fn wait(_db: &mut Db<'_>) -> Result {
    tokio::time::sleep(Duration::from_millis(500)).await;
    Ok(())
}

/// A migration longer than the role's limits, with a text that the role's settings give another meaning.
fn long(op: &mut Op) -> Result {
    op.create_table("paths", |t| {
        t.column("path", text()).not_null().server_default(r"C:\new\'x");
    });
    op.execute("INSERT INTO paths DEFAULT VALUES");
    op.execute("SELECT pg_sleep(0.5)");
    op.run("wait", wait);
    Ok(())
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_roles_defaults_do_not_cut_a_migration_short() {
    let database = TestDatabase::postgres().await;
    let guest = Guest::new(&database).await;
    guest
        .owner_says(
            "GRANT ALL ON SCHEMA public TO guest; \
             ALTER ROLE guest SET statement_timeout = '200ms'; \
             ALTER ROLE guest SET idle_in_transaction_session_timeout = '200ms'; \
             ALTER ROLE guest SET standard_conforming_strings = off; \
             ALTER ROLE guest SET backslash_quote = on; \
             ALTER ROLE guest SET default_transaction_isolation = 'serializable'",
        )
        .await;
    let one = |mode| {
        let down = |op: &mut Op| {
            op.drop_table("paths");
            Ok(())
        };
        migrator(vec![migration("a1", &[], long, down)]).transaction(mode)
    };
    for mode in MODES {
        one(mode).upgrade(&guest.url, "head").await.unwrap();
        assert_eq!(database.rows("SELECT path FROM paths").await, [r"C:\new\'x"]);
        one(mode).downgrade(&guest.url, "base").await.unwrap();

        // What the caller lends keeps its settings: then the limit is the answer.
        let before = database.fingerprint().await;
        let pool = PgPool::connect(&guest.url).await.unwrap();
        let error = one(mode).upgrade(&pool, "head").await.unwrap_err();
        assert!(error.to_string().contains("statement timeout"), "{error}");
        assert_eq!(database.fingerprint().await, before);
        pool.close().await;
    }
    guest.leave().await;
}

#[tokio::test]
async fn a_file_that_is_only_read_can_be_asked_and_be_at_its_target() {
    let database = TestDatabase::sqlite();
    let url = format!("{}?mode=ro", database.url());
    for mode in MODES {
        two(mode).upgrade(database.url(), "a1").await.unwrap();
        let before = database.fingerprint().await;
        assert_eq!(two(mode).upgrade(&url, "a1").await.unwrap().applied, []);
        assert!(!two(mode).current(&url).await.unwrap().at_heads);
        let error = two(mode).upgrade(&url, "head").await.unwrap_err();
        assert!(error.to_string().contains("readonly database"), "{error}");
        assert_eq!(database.fingerprint().await, before);
    }
}
