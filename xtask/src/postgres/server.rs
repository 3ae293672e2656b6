//! [`Server`]: one private PostgreSQL server in a temporary folder, on a free port of this machine alone.
//!
//! It is removed with its data when the value is dropped and when this process ends in any other way. It is never
//! the server that the machine itself may run.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::account::Account;
use crate::failure::{Failure, io_failure};
use crate::guard::Guard;
use crate::{process, random};

/// The superuser of the server.
const USER: &str = "migrate";

/// Settings of every private server.
const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
max_connections = 200
";

/// What a server gives up for speed when nothing that it holds must survive a power cut.
const NOT_DURABLE: &str = "
fsync = off
synchronous_commit = off
full_page_writes = off
";

/// Whether what is committed survives a power cut.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Durability {
    /// As PostgreSQL has it by default.
    Full,
    /// Not at all, which is faster.
    None,
}

/// Stops the server whose folder is `$1`, and removes the folder. SIGINT is PostgreSQL's fast shutdown.
const STOP: &str = r#"
pid_file="$1/data/postmaster.pid"
if [ -e "$pid_file" ]; then
    pid=$(head -n 1 "$pid_file")
    kill -INT "$pid"
    tries=0
    while [ -e "$pid_file" ] && [ "$tries" -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
    [ -e "$pid_file" ] && kill -KILL "$pid"
fi
rm -rf "$1"
"#;

/// A running server.
#[derive(Debug)]
pub(crate) struct Server {
    /// The URL of its database `postgres`, password included.
    pub(crate) url: String,
    _guard: Guard,
}

impl Server {
    /// Starts a server with the programs of this folder.
    pub(crate) fn start(binaries: &Path, durability: Durability) -> Result<Self, Failure> {
        let folder = tempfile::Builder::new()
            .prefix("migrate-postgres-")
            .tempdir()
            .map_err(|error| io_failure("make a temporary folder", &error))?;
        // From here on the guard removes it.
        let folder = folder.keep();
        let guard = Guard::new(STOP, &[&folder.to_string_lossy()])?;
        let place = Place {
            binaries: binaries.to_owned(),
            account: Account::choose("PostgreSQL", &["postgres", "nobody"])?,
            folder,
        };
        let password = random::password();
        place.initialize(&password, durability)?;
        let port = place.start()?;
        Ok(Self {
            url: format!("postgres://{USER}:{password}@127.0.0.1:{port}/postgres"),
            _guard: guard,
        })
    }
}

/// Where a server runs, and as whom.
struct Place {
    binaries: PathBuf,
    account: Account,
    folder: PathBuf,
}

impl Place {
    fn initialize(&self, password: &str, durability: Durability) -> Result<(), Failure> {
        let password_file = self.folder.join("password");
        fs::write(&password_file, password).map_err(|error| io_failure("write a password file", &error))?;
        self.account.give(&self.folder)?;
        let mut initdb = self.command("initdb");
        initdb.arg("--pgdata").arg(self.data());
        initdb.arg("--pwfile").arg(&password_file);
        // Every connection is asked for the password. By SCRAM a client without optimisations would compute for a
        // tenth of a second each time.
        initdb.args(["--username", USER, "--auth", "password"]);
        initdb.args(["--encoding", "UTF8", "--locale", "C", "--no-sync"]);
        process::output(&mut initdb)?;
        let settings = match durability {
            Durability::Full => SETTINGS.to_owned(),
            Durability::None => [SETTINGS, NOT_DURABLE].concat(),
        };
        let file = fs::OpenOptions::new()
            .append(true)
            .open(self.data().join("postgresql.conf"));
        file.and_then(|mut file| file.write_all(settings.as_bytes()))
            .map_err(|error| io_failure("write postgresql.conf", &error))
    }

    /// Starts the server and gives its port. Between finding a free port and taking it another program can take
    /// it, so that this is tried more than once.
    fn start(&self) -> Result<u16, Failure> {
        let mut last = None;
        for _ in 0..5 {
            let port = random::free_port()?;
            let mut pg_ctl = self.command("pg_ctl");
            pg_ctl.arg("--pgdata").arg(self.data());
            pg_ctl.arg("--log").arg(self.folder.join("log"));
            let options = format!("-p {port} -k '{}'", self.folder.display());
            pg_ctl.args(["--wait", "--silent", "--options", &options, "start"]);
            match process::output(&mut pg_ctl) {
                Ok(_) => return Ok(port),
                Err(failure) => last = Some(failure),
            }
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let failure = last.unwrap_or_else(|| Failure::new("PostgreSQL did not start"));
        Err(failure.hint(format!("the server's log says:\n{}", log.trim_end())))
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn command(&self, program: &str) -> Command {
        let mut command = self.account.command(&self.binaries.join(program));
        // The account may not be able to enter the current folder.
        command.current_dir(&self.folder);
        // Settings that are meant for the user's own databases.
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PG")) {
            command.env_remove(name);
        }
        command
    }
}
