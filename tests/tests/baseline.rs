//! `examples/existing-schema` is what `init --from-database` makes of a database that its `sql/schema.sql` made, and
//! stays that.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;

use migrate_tests::{Project, TestDatabase};

/// The files of a folder by their names, without a template.
fn migrations(folder: &Path) -> Vec<(String, String)> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|it| it == "rs"));
    let read = |path: std::path::PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(path).unwrap())
    };
    files.map(read).collect()
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn generating_the_models_and_the_baseline_again_gives_the_same() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let example = workspace.join("examples/existing-schema");
    let database = TestDatabase::postgres().await;
    let schema = fs::read_to_string(example.join("sql/schema.sql")).unwrap();
    database.execute(&schema).await;

    let project = Project::empty(env!("CARGO_BIN_EXE_fixture-cargo-migrate"));
    // What is written is formatted as its project is.
    project.write("rustfmt.toml", fs::read(workspace.join("rustfmt.toml")).unwrap());
    let mut init = project.command("init --from-database base --database-url");
    init.arg(database.url());
    // Friday, 24 October 2025, 17:40 UTC.
    init.env("SOURCE_DATE_EPOCH", "1761327600");
    let said = project.transcript(&mut init);
    assert_eq!(said.code, Some(0), "{said}");

    let models = fs::read_to_string(example.join("src/models.rs")).unwrap();
    assert_eq!(project.read("base/src/models.rs"), models);

    let [(name, text)] = migrations(&project.path().join("base/migrations"))
        .try_into()
        .unwrap();
    let [date, time, id, _] = name.split('_').collect::<Vec<_>>().try_into().unwrap();
    assert_eq!((date, time), ("20251024", "1740"));
    let text = text
        .replace(id, "5cd038a8f131")
        .replace("//! baseline", "//! initial schema baseline");
    let kept = (
        "20251024_1740_5cd038a8f131_initial_schema_baseline.rs".to_owned(),
        text,
    );
    let all = migrations(&example.join("migrations"));
    assert!(all.contains(&kept), "{}\n\n{all:?}", kept.1);

    // The database that was there is marked, and so there is nothing to be made.
    assert_eq!(
        database.rows("SELECT version_num FROM alembic_version").await,
        [id]
    );
}
