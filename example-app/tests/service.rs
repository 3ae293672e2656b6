//! The service as a process: it migrates an empty database, then answers.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use migrate_tests::TestDatabase;

/// A running service, ended with the value.
struct Service {
    process: Child,
    address: String,
}

impl Service {
    /// Starts the service on a free port and waits until it listens.
    fn start(database: &TestDatabase) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_example-app"));
        command
            .env("DATABASE_URL", database.url())
            .env("BIND", "127.0.0.1:0");
        let mut service = Self {
            process: command.stderr(Stdio::piped()).spawn().unwrap(),
            address: String::new(),
        };
        let stderr = BufReader::new(service.process.stderr.take().unwrap());
        let mut lines = Vec::new();
        for line in stderr.lines() {
            let line = line.unwrap();
            if let Some(address) = line.strip_prefix("listening on http://") {
                address.clone_into(&mut service.address);
                return service;
            }
            lines.push(line);
        }
        panic!("the service ended: {lines:?}");
    }

    /// The status and body of an answer.
    fn ask(&self, method: &str, path: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        format!("{} {body}", head.split(' ').nth(1).unwrap())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended already; then the test has failed for that.
        let _killed = self.process.kill();
        let _status = self.process.wait();
    }
}

fn migrates_then_answers(database: &TestDatabase) {
    let service = Service::start(database);
    assert_eq!(
        service.ask("GET", "/health", ""),
        r#"200 {"revision":["003"],"status":"ok"}"#
    );
    assert_eq!(service.ask("GET", "/users", ""), "200 []");

    let created = service.ask("POST", "/users", r#"{"email":"ada@example.com","name":"Ada"}"#);
    let id = created
        .strip_prefix(r#"201 {"id":""#)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert_eq!(
        service.ask("GET", "/users", ""),
        format!(r#"200 [{{"id":"{id}","email":"ada@example.com","display_name":"Ada"}}]"#)
    );
    let again = service.ask("POST", "/users", r#"{"email":"ada@example.com"}"#);
    assert_eq!(again, r#"409 {"error":"it exists already"}"#);

    let objectives = format!("/users/{id}/objectives");
    let created = service.ask("POST", &objectives, r#"{"title":"Answer Grace"}"#);
    let listed = created.strip_prefix("201 ").unwrap();
    assert!(
        listed.ends_with(r#""title":"Answer Grace","status":"waiting_on_you"}"#),
        "{listed}"
    );
    assert_eq!(service.ask("GET", &objectives, ""), format!("200 [{listed}]"));

    let nobody = "/users/00000000-0000-4000-8000-000000000000/objectives";
    let refused = service.ask("POST", nobody, r#"{"title":"Answer"}"#);
    assert_eq!(refused, r#"404 {"error":"there is no such user"}"#);
}

#[test]
fn on_sqlite_it_migrates_then_answers() {
    migrates_then_answers(&TestDatabase::sqlite());
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn on_postgresql_it_migrates_then_answers() {
    migrates_then_answers(&TestDatabase::postgres().await);
}

#[test]
fn a_database_that_cannot_be_migrated_is_reported_and_nothing_listens() {
    let missing = "sqlite:///nowhere/at/all.db";
    let mut service = Command::new(env!("CARGO_BIN_EXE_example-app"));
    let transcript = migrate_tests::Transcript::of(service.env("DATABASE_URL", missing));
    assert_eq!(transcript.code, Some(1));
    assert!(!transcript.stderr.contains("listening"), "{transcript}");
}
