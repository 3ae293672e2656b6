//! `compose.yaml` and the `Dockerfile`: the backend serves, and an operator migrates in its container.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use migrate_tests::{Compose, TestDatabase};

fn get(address: &str) -> String {
    let mut backend = TcpStream::connect(address).unwrap();
    backend.write_all(b"GET / HTTP/1.0\r\n\r\n").unwrap();
    let mut answer = String::new();
    backend.read_to_string(&mut answer).unwrap();
    answer
}

async fn the_commands_run_in_the_backend_s_container(database: &TestDatabase) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("compose.yaml");
    let programs = [
        ("second-brain", env!("CARGO_BIN_EXE_second-brain")),
        // The installed command, which no test of this package calls.
        ("cargo-migrate", ""),
    ];
    let compose = Compose::read(&file, &programs);
    let mut up = compose.up(database, &[("BIND", "127.0.0.1:0")]);
    assert_eq!(up.order, ["postgres", "backend"]);
    let address = up.service("backend").until("listening on http://");
    assert!(get(&address).starts_with("HTTP/1.0 503 "), "nothing has migrated");

    let migrated = compose.exec(
        "backend",
        &["second-brain", "migrate", "upgrade", "head"],
        database,
    );
    assert_eq!(migrated.code, Some(0), "{migrated}");
    assert_eq!(
        migrated.without_times().stderr,
        "Running upgrade  -> 001, initial schema (.. ms)\nRunning upgrade 001 -> 002, add user preferences (.. ms)\n"
    );
    let added = ["second-brain", "add-user", "ada@example.com", "Ada", "Lovelace"];
    assert_eq!(compose.exec("backend", &added, database).code, Some(0));
    assert_eq!(
        get(&address),
        "HTTP/1.0 200 OK\r\n\r\nAda Lovelace <ada@example.com>\n"
    );
}

#[tokio::test]
async fn on_sqlite_the_commands_run_in_the_backend_s_container() {
    the_commands_run_in_the_backend_s_container(&TestDatabase::sqlite()).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn on_postgresql_the_commands_run_in_the_backend_s_container() {
    the_commands_run_in_the_backend_s_container(&TestDatabase::postgres().await).await;
}
