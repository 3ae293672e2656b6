//! The same commands on MariaDB.

use migrate_tests::TestDatabase;

use super::Fixture;

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn up_and_down_on_mariadb() {
    let database = TestDatabase::mysql().await;
    let fixture = Fixture::new("branches");
    let run = |line: &str| fixture.transcript(fixture.command(line).env("DATABASE_URL", database.url()));
    assert_eq!(run("upgrade head").code, Some(0));
    assert_eq!(
        run("current").stdout,
        "abab2222 (effective head)\nffff6666 (head)\n"
    );
    assert_eq!(run("downgrade base").code, Some(0));
    assert_eq!(database.tables().await, ["alembic_version"]);
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_migration_that_fails_on_mariadb_says_what_stays() {
    let database = TestDatabase::mysql().await;
    let fixture = Fixture::new("failing");
    let run = |line: &str| fixture.transcript(fixture.command(line).env("DATABASE_URL", database.url()));
    let name = database.url().rsplit('/').next().unwrap();
    insta::assert_snapshot!(run("upgrade head").replace(name, "[database]"), @"
    exit code 3
    --- stderr
    Running upgrade  -> f1f1f1f1, create notes (.. ms)
    Running upgrade f1f1f1f1 -> f2f2f2f2, add nothing
    error: upgrade of `f2f2f2f2` (fixtures/failing/second.rs) failed: fixtures/failing/second.rs:11: Table '[database].nowhere' doesn't exist (code 1146/42S02)
      in the statement: ALTER TABLE nowhere ADD COLUMN x INTEGER
      1 of the 2 steps of this migration are committed, and no version row was written: the next run goes on with step 2
    ");
    assert_eq!(run("current").stdout, "f1f1f1f1\n");
    assert_eq!(
        database.tables().await,
        ["alembic_version", "alembic_version_journal", "lost", "notes"]
    );
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_wrong_password_of_mariadb_is_never_printed() {
    let database = TestDatabase::mysql().await;
    let (_, address) = database.url().split_once('@').unwrap();
    let fixture = Fixture::new("chain");
    for scheme in ["mysql", "mariadb", "mysql+pymysql"] {
        let url = format!("{scheme}://cli_guest:hunter2@{address}");
        let refused = fixture.transcript(fixture.command("upgrade head").env("DATABASE_URL", url));
        let refused = refused
            .replace(address, "[address]")
            .replace(scheme, "[scheme]")
            .replace("'127.0.0.1'", "'localhost'");
        insta::allow_duplicates! {
            insta::assert_snapshot!(refused, @"
            exit code 3
            --- stderr
            error: cannot open the database: Access denied for user 'cli_guest'@'localhost' (using password: YES) (code 1045/28000)
            hint: the database is `[scheme]://cli_guest:***@[address]`
            ");
        }
    }
    for password in ["hunter2", "h%75nter2", "h@nt/er#2?", "hunter2%40"] {
        for line in ["upgrade head", "current -v", "upgrade head --format json"] {
            let mut command = fixture.command(line);
            command.env("DATABASE_URL", format!("mysql://cli_guest:{password}@{address}"));
            let transcript = fixture.transcript(&mut command);
            assert!(matches!(transcript.code, Some(2 | 3)), "{password}: {transcript}");
            for secret in [password, "hunter2", "nter"] {
                assert!(!transcript.to_string().contains(secret), "{transcript}");
            }
        }
    }
}

/// What a script does is what a live run does, in the client that reads it.
#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_script_for_mariadb_is_taken_by_its_client() {
    let (live, scripted) = (TestDatabase::mysql().await, TestDatabase::mysql().await);
    let fixture = Fixture::new("branches");
    let run = |line: &str, database: &TestDatabase| {
        fixture.transcript(fixture.command(line).env("DATABASE_URL", database.url()))
    };
    assert_eq!(run("upgrade heads", &live).code, Some(0));
    let script = run("upgrade heads --sql", &live).stdout;
    assert!(script.contains("SET NAMES utf8mb4;"), "{script}");

    client(&scripted, &script);
    assert_eq!(scripted.fingerprint().await, live.fingerprint().await);
}

/// Gives a script to `mariadb`, and wants it to be taken.
fn client(database: &TestDatabase, script: &str) {
    use std::io::Write;
    use std::process::{Command, Stdio};

    let (user, rest) = database
        .url()
        .trim_start_matches("mysql://")
        .split_once(':')
        .unwrap();
    let (password, rest) = rest.split_once('@').unwrap();
    let (host, name) = rest.split_once('/').unwrap();
    let (host, port) = host.split_once(':').unwrap_or((host, "3306"));
    let mut child = Command::new("mariadb")
        .args([
            "--no-defaults",
            "--user",
            user,
            "--host",
            host,
            "--port",
            port,
            name,
        ])
        .env("MYSQL_PWD", password)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
}
