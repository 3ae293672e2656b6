//! `compose.yaml` and the `Dockerfile`: the API migrates, the worker waits for it, and nothing else touches the schema.

use std::path::Path;

use migrate_tests::{Compose, TestDatabase};

fn compose() -> Compose {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("compose.yaml");
    let programs = [
        ("example-app", env!("CARGO_BIN_EXE_example-app")),
        ("migrate", env!("CARGO_BIN_EXE_migrate")),
        ("worker", env!("CARGO_BIN_EXE_worker")),
    ];
    Compose::read(&file, &programs)
}

async fn the_api_migrates_and_the_worker_waits(database: &TestDatabase) {
    let compose = compose();
    let mut up = compose.up(database, &[("BIND", "127.0.0.1:0")]);
    assert_eq!(up.order, ["postgres", "api", "worker"]);
    up.service("api").until("listening on http://");
    up.service("worker").until("working");
    let migrated = up.service("api").said().iter();
    assert_eq!(migrated.filter(|line| line.starts_with("migrated: ")).count(), 3);
    assert_eq!(
        database.rows("SELECT version_num FROM alembic_version").await,
        ["003"]
    );
    assert!(up.service("worker").stop().success());
    assert!(up.service("api").stop().success());

    // The next start finds nothing to do.
    let mut up = compose.up(database, &[("BIND", "127.0.0.1:0")]);
    up.service("api").until("listening on http://");
    up.service("worker").until("working");
    assert_eq!(up.service("api").said().len(), 1);
}

#[tokio::test]
async fn on_sqlite_the_api_migrates_and_the_worker_waits() {
    the_api_migrates_and_the_worker_waits(&TestDatabase::sqlite()).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn on_postgresql_the_api_migrates_and_the_worker_waits() {
    the_api_migrates_and_the_worker_waits(&TestDatabase::postgres().await).await;
}
