//! [`Server`]: one private MariaDB server in a temporary folder, on a free port of this machine alone.
//!
//! It is removed with its data when the value is dropped and when this process ends in any other way. Nothing that
//! it holds survives a power cut, which is faster.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::account::Account;
use crate::failure::{Failure, io_failure};
use crate::guard::Guard;
use crate::mariadb::Binaries;
use crate::{process, random};

/// The user of the server, who may do everything.
const USER: &str = "migrate";

const SETTINGS: [&str; 8] = [
    "--bind-address=127.0.0.1",
    "--max-connections=300",
    "--skip-log-bin",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=0",
    "--innodb-fast-shutdown=2",
    "--innodb-buffer-pool-size=64M",
    "--innodb-log-file-size=16M",
];

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Stops the server whose folder is `$1`, and removes the folder. The server removes its pid file as it ends.
const STOP: &str = r#"
pid_file="$1/pid"
if [ -e "$pid_file" ]; then
    pid=$(cat "$pid_file")
    kill -TERM "$pid"
    tries=0
    while [ -e "$pid_file" ] && [ "$tries" -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
    [ -e "$pid_file" ] && kill -KILL "$pid"
fi
rm -rf "$1"
"#;

/// A running server.
#[derive(Debug)]
pub(crate) struct Server {
    /// Its URL, password included, which names no database.
    pub(crate) url: String,
    _guard: Guard,
}

impl Server {
    /// Starts a server with these programs.
    pub(crate) fn start(binaries: &Binaries) -> Result<Self, Failure> {
        let folder = tempfile::Builder::new()
            .prefix("migrate-mariadb-")
            .tempdir()
            .map_err(|error| io_failure("make a temporary folder", &error))?;
        // From here on the guard removes it.
        let folder = folder.keep();
        let guard = Guard::new(STOP, &[&folder.to_string_lossy()])?;
        let place = Place {
            binaries,
            account: Account::choose("MariaDB", &["mysql", "nobody"])?,
            folder,
        };
        let password = random::password();
        place.initialize(&password)?;
        let port = place.start()?;
        Ok(Self {
            url: format!("mysql://{USER}:{password}@127.0.0.1:{port}/"),
            _guard: guard,
        })
    }
}

/// Where a server runs, and as whom.
struct Place<'b> {
    binaries: &'b Binaries,
    account: Account,
    folder: PathBuf,
}

impl Place<'_> {
    fn initialize(&self, password: &str) -> Result<(), Failure> {
        let sql = format!(
            "ALTER USER root@localhost IDENTIFIED BY '{password}';\n\
             CREATE USER {USER}@'127.0.0.1' IDENTIFIED BY '{password}';\n\
             GRANT ALL ON *.* TO {USER}@'127.0.0.1' WITH GRANT OPTION;\n"
        );
        fs::write(self.folder.join("init.sql"), sql)
            .map_err(|error| io_failure("write the server's first statements", &error))?;
        // In a folder for temporary files that is everybody's, the next server that starts removes this one's.
        fs::create_dir(self.folder.join("tmp"))
            .map_err(|error| io_failure("make a folder for the server's temporary files", &error))?;
        self.account.give(&self.folder)?;
        let mut install = self.account.command(&self.binaries.install);
        install.current_dir(&self.folder).arg("--no-defaults");
        install.arg(self.option("datadir", "data"));
        install.args(["--auth-root-authentication-method=normal", "--skip-test-db"]);
        process::output(&mut install).map(drop)
    }

    /// Starts the server and gives its port. Between finding a free port and taking it another program can take
    /// it, so that this is tried more than once.
    fn start(&self) -> Result<u16, Failure> {
        let mut last = None;
        for _ in 0..5 {
            let port = random::free_port()?;
            match self.start_on(port) {
                Ok(()) => return Ok(port),
                Err(failure) => last = Some(failure),
            }
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let failure = last.unwrap_or_else(|| Failure::new("MariaDB did not start"));
        Err(failure.hint(format!("the server's log says:\n{}", log.trim_end())))
    }

    /// The server is nobody's child: who ends it is the guard. A server that did not start has left no pid file.
    fn start_on(&self, port: u16) -> Result<(), Failure> {
        let mut server = self.account.command(&self.binaries.server);
        server.arg("--no-defaults").arg(format!("--port={port}"));
        for (name, file) in [
            ("datadir", "data"),
            ("socket", "socket"),
            ("pid-file", "pid"),
            ("log-error", "log"),
            ("init-file", "init.sql"),
            ("tmpdir", "tmp"),
        ] {
            server.arg(self.option(name, file));
        }
        server.args(SETTINGS);
        let mut detached = Command::new("sh");
        detached.current_dir(&self.folder);
        detached.args(["-c", r#""$@" >/dev/null 2>&1 & echo $!"#, "sh"]);
        detached.arg(server.get_program()).args(server.get_args());
        let pid = process::output(&mut detached)?;
        let runs = PathBuf::from(format!("/proc/{pid}"));
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            let mut ping = Command::new(&self.binaries.admin);
            ping.arg("--no-defaults")
                .arg(self.option("socket", "socket"))
                .arg("ping");
            if process::output(&mut ping).is_ok() {
                return Ok(());
            }
            let gone = PathBuf::from("/proc/self").exists() && !runs.exists();
            if gone {
                return Err(Failure::new("MariaDB ended as it started"));
            }
            sleep(Duration::from_millis(50));
        }
        Err(Failure::new("MariaDB does not answer"))
    }

    fn option(&self, name: &str, file: &str) -> String {
        format!("--{name}={}", self.folder.join(file).display())
    }
}
