//! The databases' own clients, as an operator uses them: one runs a script, another dumps a database.

use std::io::{Seek, Write};
use std::process::{Command, Output, Stdio};

use crate::TestDatabase;

impl TestDatabase {
    /// Gives a script to the database's own client, on its standard input and with nothing else said. It runs in a
    /// folder of its own, which is empty afterwards.
    ///
    /// # Errors
    /// What the client says, when it ends as a failure.
    ///
    /// # Panics
    /// When there is no such client, or when it made a file there: some text of the script was a command to it.
    pub fn run_script(&self, script: &str) -> Result<(), String> {
        let folder = tempfile::tempdir().unwrap();
        let mut input = tempfile::tempfile().unwrap();
        input.write_all(script.as_bytes()).unwrap();
        input.rewind().unwrap();
        let output = self
            .client()
            .current_dir(folder.path())
            .stdin(Stdio::from(input))
            .output()
            .unwrap();
        let made = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(made, 0, "the client took a part of this for a command:\n{script}");
        if output.status.success() {
            Ok(())
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }

    fn client(&self) -> Command {
        if self.is_postgres() {
            let mut psql = Command::new("psql");
            psql.args(["--no-psqlrc", "--quiet", self.url()]);
            psql
        } else if self.is_mysql() {
            let mut mariadb = Command::new("mariadb");
            mariadb.args(self.account());
            mariadb
        } else {
            let mut sqlite3 = Command::new("sqlite3");
            sqlite3.arg(self.file().unwrap());
            sqlite3
        }
    }

    /// How the clients of MariaDB are told of it.
    fn account(&self) -> [String; 6] {
        let rest = self.url().strip_prefix("mysql://").unwrap();
        let (account, place) = rest.split_once('@').unwrap();
        let (user, password) = account.split_once(':').unwrap();
        let (address, name) = place.split_once('/').unwrap();
        let (host, port) = address.split_once(':').unwrap();
        [
            "--no-defaults".to_owned(),
            format!("--user={user}"),
            format!("--password={password}"),
            format!("--host={host}"),
            format!("--port={port}"),
            name.to_owned(),
        ]
    }

    /// All that is in it, as its own client writes it down.
    ///
    /// # Panics
    /// When that fails.
    #[must_use]
    pub fn dump(&self) -> String {
        let output = if self.is_postgres() {
            let mut dump = Command::new("pg_dump");
            dump.args(["--inserts", "--no-owner", self.url()]);
            dump.output()
        } else if self.is_mysql() {
            let mut dump = Command::new("mariadb-dump");
            let settings = [
                "--no-tablespaces",
                "--skip-comments",
                "--routines",
                "--order-by-primary",
                "--hex-blob",
            ];
            dump.args(self.account()).args(settings);
            dump.output()
        } else {
            self.client().arg(".dump").output()
        };
        let Output {
            status,
            stdout,
            stderr,
        } = output.unwrap();
        assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
        let dump = String::from_utf8_lossy(&stdout);
        // A random key against what a hostile server could put into a dump.
        let lines = dump.lines().filter(|line| !line.contains("restrict "));
        lines.collect::<Vec<_>>().join("\n")
    }
}
