//! The service as a process: it migrates an empty database, then answers. The worker waits for it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use migrate_tests::{Running, TestDatabase};

/// A running service, ended with the value.
struct Service {
    _process: Running,
    address: String,
}

impl Service {
    /// Starts the service on a free port and waits until it listens.
    fn start(database: &TestDatabase) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_example-app"));
        command
            .env("DATABASE_URL", database.url())
            .env("BIND", "127.0.0.1:0");
        let mut process = Running::start(&mut command);
        let address = process.until("listening on http://");
        Self {
            _process: process,
            address,
        }
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

/// The document's own `CMD`: the migrations first, and then the service, which finds nothing to do.
fn the_shell_line_of_two_commands(database: &TestDatabase) {
    let programs = Path::new(env!("CARGO_BIN_EXE_migrate")).parent().unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "migrate upgrade head --wait 30s && exec example-app"])
        .env("PATH", path)
        .env("DATABASE_URL", database.url())
        .env("BIND", "127.0.0.1:0");
    let mut process = Running::start(&mut shell);
    process.until("listening on http://");
    let said = process.said();
    let upgrades = said.iter().filter(|line| line.starts_with("Running upgrade "));
    assert_eq!((upgrades.count(), said.len()), (3, 4), "{said:#?}");
}

#[test]
fn on_sqlite_the_shell_line_of_two_commands_migrates_then_serves() {
    the_shell_line_of_two_commands(&TestDatabase::sqlite());
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn on_postgresql_the_shell_line_of_two_commands_migrates_then_serves() {
    the_shell_line_of_two_commands(&TestDatabase::postgres().await);
}

fn worker(url: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_worker"));
    command.env("DATABASE_URL", url).env("EVERY_SECONDS", "1");
    command
}

async fn the_worker_waits_for_the_service(database: &TestDatabase) {
    let mut early = Running::start(&mut worker(database.url()));
    early.until("waiting for the database to be at head");
    thread::sleep(Duration::from_secs(1));
    assert_eq!(early.said(), ["waiting for the database to be at head"]);
    // It does not migrate: nothing was made.
    let made = match database.file() {
        Some(file) => file.exists(),
        None => database.rows("SELECT to_regclass('alembic_version')").await != ["NULL"],
    };
    assert!(!made);

    let _service = Service::start(database);
    early.until("working");
    let links = "INSERT INTO magic_links (id, email, token, expires_at) VALUES
        ('00000000-0000-4000-8000-000000000001', 'ada@example.com', 'old', '2026-01-01T00:00:00+00:00'),
        ('00000000-0000-4000-8000-000000000002', 'ada@example.com', 'new', '2999-01-01T00:00:00+00:00')";
    database.execute(links).await;
    assert_eq!(early.until("deleted expired magic links: "), "1");
    assert_eq!(database.rows("SELECT token FROM magic_links").await, ["new"]);
    assert!(early.stop().success());

    let mut late = Running::start(&mut worker(database.url()));
    late.until("working");
}

#[tokio::test]
async fn on_sqlite_the_worker_waits_for_the_service() {
    the_worker_waits_for_the_service(&TestDatabase::sqlite()).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn on_postgresql_the_worker_waits_for_the_service() {
    the_worker_waits_for_the_service(&TestDatabase::postgres().await).await;
}

#[tokio::test]
async fn a_worker_that_waited_in_vain_says_for_what() {
    let database = TestDatabase::sqlite();
    let ends = |url: &str| {
        let mut worker = Running::start(worker(url).env("WAIT_SECONDS", "1"));
        let (status, said) = worker.end();
        assert_eq!(status.code(), Some(1));
        said.last().unwrap().clone()
    };
    insta::assert_snapshot!(ends(database.url()), @"
    error: the database was not at head within 1s: the service migrates it when it starts; or run `migrate upgrade head`
    ");
    // Nobody listens there: port 1 is privileged, and has been out of use for decades.
    insta::assert_snapshot!(ends("postgres://getanswers@127.0.0.1:1/getanswers"), @"
    error: the database does not answer after 1 s: Connection refused (os error 111)
    ");

    // A database that is further on than this program is told at once.
    let ahead = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL); INSERT INTO alembic_version VALUES ('004')";
    database.execute(ahead).await;
    insta::assert_snapshot!(ends(database.url()), @"error: Can't locate revision identified by '004'");
}
