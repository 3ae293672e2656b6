//! One database, two tools: what this one writes Alembic reads, and what Alembic stamps is taken over here.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use migrate_core::Migrator;
use migrate_tests::migrations::{migration, migrator};
use migrate_tests::{Alembic, TestDatabase};
use tempfile::TempDir;

/// An Alembic project with the revisions `a1` and `b1`.
fn theirs(database: &TestDatabase) -> (TempDir, Alembic) {
    let folder = tempfile::tempdir().unwrap();
    let alembic = Alembic::init(folder.path(), database.url());
    for (id, down) in [("a1", "None"), ("b1", "\"a1\"")] {
        let text = format!(
            "\"\"\"revision {id}\"\"\"\nfrom alembic import op\nrevision = {id:?}\ndown_revision = {down}\n\
             def upgrade():\n    op.execute(\"CREATE TABLE made_{id} (id INTEGER PRIMARY KEY)\")\n\
             def downgrade():\n    op.execute(\"DROP TABLE made_{id}\")\n"
        );
        alembic.revision(id, &text);
    }
    (folder, alembic)
}

fn ours() -> Migrator {
    migrator(vec![
        migration(
            "a1",
            &[],
            |op| {
                op.execute("CREATE TABLE made_a1 (id INTEGER PRIMARY KEY)");
                Ok(())
            },
            |op| {
                op.execute("DROP TABLE made_a1");
                Ok(())
            },
        ),
        migration(
            "b1",
            &["a1"],
            |op| {
                op.execute("CREATE TABLE made_b1 (id INTEGER PRIMARY KEY)");
                Ok(())
            },
            |op| {
                op.execute("DROP TABLE made_b1");
                Ok(())
            },
        ),
    ])
}

async fn hand_over(database: TestDatabase) {
    let (_folder, theirs) = theirs(&database);
    let ours = ours();

    ours.upgrade(database.url(), "a1").await.unwrap();
    assert_eq!(theirs.run("current").trim(), "a1");
    theirs.run("upgrade head");
    assert_eq!(ours.rows(database.url()).await.unwrap(), ["b1"]);
    assert_eq!(ours.upgrade(database.url(), "head").await.unwrap().applied, []);

    theirs.run("stamp a1");
    database.execute("DROP TABLE made_b1").await;
    ours.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(theirs.run("current").trim(), "b1 (head)");
    assert_eq!(database.tables().await, ["alembic_version", "made_a1", "made_b1"]);

    theirs.run("downgrade base");
    assert_eq!(ours.rows(database.url()).await.unwrap(), Vec::<String>::new());
    ours.upgrade(database.url(), "head").await.unwrap();
    ours.downgrade(database.url(), "base").await.unwrap();
    assert_eq!(theirs.run("current").trim(), "");
}

/// The table that this tool makes is the one that Alembic makes.
async fn same_table(here: TestDatabase, there: TestDatabase) {
    ours().ensure_version(here.url()).await.unwrap();
    let (_folder, theirs) = theirs(&there);
    theirs.run("ensure_version");
    let normal = |lines: Vec<String>| -> Vec<String> {
        lines
            .iter()
            .map(|line| line.replace(['"', '\n', '\t', ' '], "").replace("main.", ""))
            .collect()
    };
    assert_eq!(
        normal(here.fingerprint().await),
        normal(there.fingerprint().await)
    );
}

#[tokio::test]
#[ignore = "needs Python with Alembic: run by cargo xtask test"]
async fn a_sqlite_file_goes_from_one_tool_to_the_other_and_back() {
    hand_over(TestDatabase::sqlite()).await;
}

#[tokio::test]
#[ignore = "needs Python with Alembic, and PostgreSQL: run by cargo xtask test"]
async fn a_postgres_database_goes_from_one_tool_to_the_other_and_back() {
    hand_over(TestDatabase::postgres().await).await;
}

#[tokio::test]
#[ignore = "needs Python with Alembic, and MariaDB: run by cargo xtask test"]
async fn a_mariadb_database_goes_from_one_tool_to_the_other_and_back() {
    hand_over(TestDatabase::mysql().await).await;
    // Begun by the other tool, whose table compares otherwise.
    let database = TestDatabase::mysql().await;
    let (_folder, theirs) = theirs(&database);
    theirs.run("upgrade a1");
    ours().upgrade(database.url(), "head").await.unwrap();
    assert_eq!(theirs.run("current").trim(), "b1 (head)");
    ours().downgrade(database.url(), "base").await.unwrap();
    assert_eq!(theirs.run("current").trim(), "");
}

#[tokio::test]
#[ignore = "needs Python with Alembic: run by cargo xtask test"]
async fn the_version_table_is_made_as_alembic_makes_it_on_sqlite() {
    same_table(TestDatabase::sqlite(), TestDatabase::sqlite()).await;
}

#[tokio::test]
#[ignore = "needs Python with Alembic, and PostgreSQL: run by cargo xtask test"]
async fn the_version_table_is_made_as_alembic_makes_it_on_postgres() {
    same_table(TestDatabase::postgres().await, TestDatabase::postgres().await).await;
}
