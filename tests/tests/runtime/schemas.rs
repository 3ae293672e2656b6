//! Which version table is meant where a PostgreSQL database has several.

use migrate_core::Migrator;
use migrate_core::sqlx::{Connection, Executor, PgConnection};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};

/// A migration that leaves another search path behind.
fn wandering() -> Migrator {
    migrator(vec![
        migration(
            "r1",
            &[],
            |op| {
                op.execute("CREATE TABLE made (id INTEGER)");
                op.execute("SET search_path TO beta");
                Ok(())
            },
            |op| {
                op.execute("DROP TABLE alpha.made");
                Ok(())
            },
        ),
        migration("r2", &["r1"], |_| Ok(()), |_| Ok(())),
    ])
}

async fn two_schemas() -> TestDatabase {
    let database = TestDatabase::postgres().await;
    let table = "alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)";
    database
        .execute(&format!(
            "CREATE SCHEMA alpha; CREATE SCHEMA beta; CREATE TABLE alpha.{table}; CREATE TABLE beta.{table}; \
             INSERT INTO beta.alembic_version VALUES ('theirs')"
        ))
        .await;
    database
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn the_first_on_the_search_path_is_meant_throughout_the_run() {
    let database = two_schemas().await;
    let mut connection = PgConnection::connect(database.url()).await.unwrap();
    connection
        .execute("SET search_path TO alpha, beta")
        .await
        .unwrap();
    wandering().upgrade(&mut connection, "head").await.unwrap();
    connection.close().await.unwrap();
    let rows = "SELECT 'alpha', version_num FROM alpha.alembic_version \
                UNION ALL SELECT 'beta', version_num FROM beta.alembic_version ORDER BY 1";
    assert_eq!(database.rows(rows).await, ["alpha | r2", "beta | theirs"]);
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_configured_schema_is_meant_wherever_the_search_path_leads() {
    let database = two_schemas().await;
    database
        .execute("CREATE SCHEMA \"odd \"\"schema\"; DROP TABLE alpha.alembic_version")
        .await;
    for schema in ["alpha", "odd \"schema"] {
        let migrator = migrator(vec![migration("r1", &[], |_| Ok(()), |_| Ok(()))]);
        let migrator = migrator.version_table("alembic_version", Some(schema));
        let mut connection = PgConnection::connect(database.url()).await.unwrap();
        connection.execute("SET search_path TO beta").await.unwrap();
        migrator.upgrade(&mut connection, "head").await.unwrap();
        connection.close().await.unwrap();
        assert_eq!(migrator.rows(database.url()).await.unwrap(), ["r1"]);
    }
    assert_eq!(
        database
            .rows("SELECT version_num FROM beta.alembic_version")
            .await,
        ["theirs"]
    );
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn where_no_schema_is_looked_in_nothing_is_made() {
    let database = TestDatabase::postgres().await;
    let mut connection = PgConnection::connect(database.url()).await.unwrap();
    connection.execute("SET search_path TO ''").await.unwrap();
    let error = wandering().upgrade(&mut connection, "head").await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("no schema has been selected to create in"),
        "{error}"
    );
    assert_eq!(database.tables().await, Vec::<String>::new());
}
