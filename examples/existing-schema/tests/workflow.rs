//! The checks of `.github/workflows/migrations-ci.yml`, which are the steps of that file, run by bash.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use migrate_tests::{TestDatabase, Workflow};

const HERE: &str = env!("CARGO_MANIFEST_DIR");

fn workflow() -> Workflow {
    let root = Path::new(HERE).join("../..");
    Workflow::called_by(&root, ".github/workflows/migrations.yml")
}

/// Runs the steps in their order, as one job does, with another URL.
fn job(database: &TestDatabase, schema: &str) -> Vec<String> {
    let workflow = workflow();
    assert_eq!(workflow.folder, "examples/existing-schema");
    assert!(workflow.environment["DATABASE_URL"].starts_with("postgres://"));
    let program = Path::new(env!("CARGO_BIN_EXE_existing-schema"));
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{path}", program.parent().unwrap().display());
    let variables = [
        ("DATABASE_URL", database.url()),
        ("PATH", &path),
        ("SCHEMA", schema),
    ];
    let (build, checks) = workflow.steps.split_first().unwrap();
    assert!(build.1.starts_with("cargo build --locked\n"), "{build:?}");
    let mut passed = Vec::new();
    for (name, script) in checks {
        let transcript = workflow.run(script, Path::new(HERE), &variables);
        let transcript = transcript.without_times();
        passed.push(format!("{name}\n{transcript}"));
        if transcript.code != Some(0) {
            break;
        }
    }
    passed
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn the_three_checks_pass() {
    let checks = job(&TestDatabase::postgres().await, "sql/schema.sql").join("\n");
    insta::assert_snapshot!(checks, @"
    Fresh database (empty, then migrated)
    exit code 0
    --- stdout
    5cd038a8f131 (head)
    No new upgrade operations detected.
    --- stderr
    Running upgrade  -> 5cd038a8f131, initial schema baseline (.. ms)

    Existing schema (stamped, then nothing to do)
    exit code 0
    --- stdout
    5cd038a8f131 (head)
    No new upgrade operations detected.
    --- stderr
    Running stamp_revision  -> 5cd038a8f131 (.. ms)
    Nothing to do: the database is there already

    Up, down and up again
    exit code 0
    --- stdout
    5cd038a8f131 (head)
    No new upgrade operations detected.
    --- stderr
    Running upgrade  -> 5cd038a8f131, initial schema baseline (.. ms)
    Running downgrade 5cd038a8f131 -> , initial schema baseline (.. ms)
    Running upgrade  -> 5cd038a8f131, initial schema baseline (.. ms)
    ");
}

/// A check that cannot fail would be worth nothing.
#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_schema_that_is_not_the_baseline_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let schema = std::fs::read_to_string(Path::new(HERE).join("sql/schema.sql")).unwrap();
    let other = schema.replace("name VARCHAR(200) NOT NULL", "name VARCHAR(100) NOT NULL");
    assert_ne!(schema, other);
    let file = folder.path().join("schema.sql");
    std::fs::write(&file, other).unwrap();
    let checks = job(&TestDatabase::postgres().await, file.to_str().unwrap());
    insta::assert_snapshot!(checks.last().unwrap(), @r#"
    Existing schema (stamped, then nothing to do)
    exit code 1
    --- stdout
    5cd038a8f131 (head)
    New upgrade operations detected:
        op.alter_column("collections", "name").set_type(varchar(200));
    --- stderr
    Running stamp_revision  -> 5cd038a8f131 (.. ms)
    Nothing to do: the database is there already
    "#);
}
