//! Waiting for a database that is starting: what may pass is waited for, and nothing else is.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use migrate_core::{Error, ErrorKind, Event, Migrator, OpenError};
use migrate_tests::migrations::{migration, migrator};
use migrate_tests::{Project, TestDatabase};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;

const LONG: Duration = Duration::from_secs(60);

/// An address where nothing listens.
fn nobody() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap()
}

/// A migrator of one migration that waits this long, and the errors that it told of while waiting.
fn waiting(patience: Duration) -> (Migrator, Arc<Mutex<Vec<String>>>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::clone(&told);
    let migrator = migrator(vec![migration("a1", &[], |_| Ok(()), |_| Ok(()))]);
    let migrator = migrator.wait(patience).observer(move |event: &Event| {
        if let Event::DatabaseWaiting { error } = event {
            list.lock().unwrap().push(error.message.clone());
        }
    });
    (migrator, told)
}

/// A server's URL with the address of another one.
fn at(url: &str, address: SocketAddr) -> String {
    let (before, after) = url.split_once('@').unwrap();
    let (_, path) = after.split_once('/').unwrap();
    let separator = if path.contains('?') { '&' } else { '?' };
    let tls = if url.starts_with("postgres") {
        "sslmode"
    } else {
        "ssl-mode"
    };
    format!("{before}@{address}/{path}{separator}{tls}=disabled")
        .replace("sslmode=disabled", "sslmode=disable")
}

/// Where the server behind a URL listens.
fn address_of(url: &str) -> String {
    let (_, after) = url.split_once('@').unwrap();
    after.split('/').next().unwrap().to_owned()
}

/// What PostgreSQL says while it starts: <https://www.postgresql.org/docs/current/protocol-message-formats.html>.
fn starting() -> Vec<u8> {
    let fields = b"SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0";
    let length = u32::try_from(fields.len() + 4).unwrap().to_be_bytes();
    [b"E".as_slice(), &length, fields].concat()
}

/// Begins to listen after a while, says once what a server says that starts, if that is anything, and then is the server.
async fn comes_up(address: SocketAddr, server: String, first: Option<Vec<u8>>) {
    tokio::time::sleep(Duration::from_millis(400)).await;
    let listener = tokio::net::TcpListener::bind(address).await.unwrap();
    if let Some(answer) = first {
        let (mut client, _) = listener.accept().await.unwrap();
        let mut asked = [0; 1024];
        let _read = client.read(&mut asked).await.unwrap();
        client.write_all(&answer).await.unwrap();
    }
    loop {
        let (mut client, _) = listener.accept().await.unwrap();
        let mut upstream = TcpStream::connect(&server).await.unwrap();
        tokio::spawn(async move { copy_bidirectional(&mut client, &mut upstream).await });
    }
}

async fn is_waited_for(database: &TestDatabase, first: Option<Vec<u8>>) {
    let address = nobody();
    let server = tokio::spawn(comes_up(address, address_of(database.url()), first));
    let (migrator, told) = waiting(LONG);
    let report = migrator
        .upgrade(at(database.url(), address), "head")
        .await
        .unwrap();
    assert_eq!(report.applied.len(), 1);
    assert_eq!(told.lock().unwrap().len(), 1, "{told:?}");
    server.abort();
}

/// What no waiting mends.
async fn fails_at_once(url: &str) -> Error {
    let (migrator, told) = waiting(LONG);
    let started = Instant::now();
    let error = migrator.upgrade(url, "head").await.unwrap_err();
    assert!(started.elapsed() < LONG / 4, "{error}");
    assert_eq!(*told.lock().unwrap(), Vec::<String>::new(), "{error}");
    error
}

#[tokio::test]
async fn where_nobody_answers_it_is_waited_as_long_as_was_asked_for() {
    let (patience, url) = (
        Duration::from_millis(700),
        format!("postgres://me:pw@{}/app", nobody()),
    );
    let (migrator, told) = waiting(patience);
    let started = Instant::now();
    let error = migrator.current(&url).await.unwrap_err();
    assert!(started.elapsed() >= patience && started.elapsed() < LONG / 4);
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(
        matches!(&error, Error::Open(OpenError::NotReady { waited, .. }) if *waited >= patience),
        "{error}"
    );
    assert_eq!(told.lock().unwrap().len(), 1);
}

/// It takes the connection and never says a word.
#[tokio::test]
async fn a_server_that_says_nothing_does_not_hold_a_call_for_longer() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("mysql://me:pw@{}/app", listener.local_addr().unwrap());
    let (migrator, _) = waiting(Duration::from_millis(500));
    let error = migrator.current(&url).await.unwrap_err();
    assert!(
        error.to_string().contains("there was no answer in time"),
        "{error}"
    );
}

#[tokio::test]
async fn what_no_waiting_mends_fails_at_once() {
    for url in [
        "oracle://me@localhost/app",
        "sqlite:///no/such/folder/app.db",
        "mysql://me@localhost/app?ssl-mode=x",
    ] {
        fails_at_once(url).await;
    }
}

#[tokio::test]
async fn without_being_asked_nothing_waits() {
    let (migrator, told) = waiting(Duration::ZERO);
    let started = Instant::now();
    let url = format!("postgres://{}/app", nobody());
    migrator.current(&url).await.unwrap_err();
    assert!(started.elapsed() < LONG / 4);
    assert_eq!(told.lock().unwrap().len(), 0);
}

#[test]
fn the_command_line_says_what_it_waits_for_and_how_long_it_did() {
    let project = Project::new(env!("CARGO_BIN_EXE_fixture-cargo-migrate"));
    project.line("None", &["a1b2"]);
    let address = nobody();
    let url = format!("postgres://me:pw@{address}/app");
    let run = |options: &str| {
        let transcript = project.run(&format!("current --database-url {url} {options}"));
        transcript.replace(&address.to_string(), "[nobody]")
    };
    insta::assert_snapshot!(run(""), @"
    exit code 3
    --- stderr
    error: the database does not answer: Connection refused (os error 111)
    hint: is its server running? `--wait 30s` waits for one that is starting
    hint: the database is `postgres://me:***@[nobody]/app`
    ");
    insta::assert_snapshot!(run("--wait 900ms"), @"
    exit code 3
    --- stderr
    Waiting for the database: Connection refused (os error 111)
    error: the database does not answer after 1 s: Connection refused (os error 111)
    hint: the database is `postgres://me:***@[nobody]/app`
    ");
    insta::assert_snapshot!(run("--wait soon"), @"
    exit code 2
    --- stderr
    error: invalid value 'soon' for '--wait <TIME>': it must be a number with its unit, such as `60s`, `500ms` or `2m`

    For more information, try '--help'.
    ");
    project.write(
        "migrate.toml",
        format!("database_url = \"{url}\"\nwait = \"900ms\"\n"),
    );
    assert_eq!(run(""), run("--wait 900ms"));
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn on_postgresql_a_server_that_starts_is_waited_for_and_a_wrong_name_is_not() {
    let database = TestDatabase::postgres().await;
    is_waited_for(&database, None).await;
    database.clear().await;
    is_waited_for(&database, Some(starting())).await;
    let error = fails_at_once(&format!("{}_gone", database.url())).await;
    assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn on_mariadb_a_server_that_starts_is_waited_for_and_a_wrong_name_is_not() {
    let database = TestDatabase::mysql().await;
    is_waited_for(&database, None).await;
    let error = fails_at_once(&format!("{}_gone", database.url())).await;
    assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
}
