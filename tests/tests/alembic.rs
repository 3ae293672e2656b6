//! One database, two tools: what this one writes Alembic reads, and what Alembic stamps is taken over here.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::process::Command;

use migrate_core::Migrator;
use migrate_tests::migrations::{migration, migrator};
use migrate_tests::{TestDatabase, python};
use tempfile::TempDir;

/// An Alembic project with the revisions `a1` and `b1`, as `alembic init` lays it out.
fn alembic_project(database: &TestDatabase) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let url = match database.url().strip_prefix("postgres://") {
        Some(rest) => format!("postgresql+psycopg://{rest}"),
        None => database.url().replace("sqlite://", "sqlite:///"),
    };
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("alembic.ini", "[alembic]\nscript_location = %(here)s\n");
    let env = "from alembic import context\nfrom sqlalchemy import create_engine\n\
        with create_engine(URL).connect() as connection:\n    \
            context.configure(connection=connection)\n    \
            with context.begin_transaction():\n        context.run_migrations()\n";
    write("env.py", &env.replace("URL", &format!("{url:?}")));
    write("script.py.mako", "");
    let revision = |id: &str, down: &str| {
        format!(
            "\"\"\"revision {id}\"\"\"\nfrom alembic import op\nrevision = {id:?}\ndown_revision = {down}\n\
             def upgrade():\n    op.execute(\"CREATE TABLE made_{id} (id INTEGER PRIMARY KEY)\")\n\
             def downgrade():\n    op.execute(\"DROP TABLE made_{id}\")\n"
        )
    };
    write("versions/a1.py", &revision("a1", "None"));
    write("versions/b1.py", &revision("b1", "\"a1\""));
    folder
}

fn alembic(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(python())
        .args(["-m", "alembic"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
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
    let folder = alembic_project(&database);
    let ours = ours();

    ours.upgrade(database.url(), "a1").await.unwrap();
    assert_eq!(alembic(folder.path(), &["current"]), "a1");
    alembic(folder.path(), &["upgrade", "head"]);
    assert_eq!(ours.rows(database.url()).await.unwrap(), ["b1"]);
    assert_eq!(ours.upgrade(database.url(), "head").await.unwrap().applied, []);

    alembic(folder.path(), &["stamp", "a1"]);
    database.execute("DROP TABLE made_b1").await;
    ours.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(alembic(folder.path(), &["current"]), "b1 (head)");
    assert_eq!(database.tables().await, ["alembic_version", "made_a1", "made_b1"]);

    alembic(folder.path(), &["downgrade", "base"]);
    assert_eq!(ours.rows(database.url()).await.unwrap(), Vec::<String>::new());
    ours.upgrade(database.url(), "head").await.unwrap();
    ours.downgrade(database.url(), "base").await.unwrap();
    assert_eq!(alembic(folder.path(), &["current"]), "");
}

/// The table that this tool makes is the one that Alembic makes.
async fn same_table(here: TestDatabase, there: TestDatabase) {
    ours().ensure_version(here.url()).await.unwrap();
    let folder = alembic_project(&there);
    alembic(folder.path(), &["ensure_version"]);
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
#[ignore = "needs Python with Alembic: run by cargo xtask test"]
async fn the_version_table_is_made_as_alembic_makes_it_on_sqlite() {
    same_table(TestDatabase::sqlite(), TestDatabase::sqlite()).await;
}

#[tokio::test]
#[ignore = "needs Python with Alembic, and PostgreSQL: run by cargo xtask test"]
async fn the_version_table_is_made_as_alembic_makes_it_on_postgres() {
    same_table(TestDatabase::postgres().await, TestDatabase::postgres().await).await;
}
