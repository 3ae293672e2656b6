//! Where MariaDB's programs are; installs them when there are none.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::{debian, process};

/// Where programs are that are not on every user's PATH.
const FOLDERS: [&str; 4] = [
    "/usr/sbin",
    "/usr/local/sbin",
    "/opt/homebrew/opt/mariadb/bin",
    "/usr/local/opt/mariadb/bin",
];

/// MariaDB's programs.
#[derive(Debug)]
pub(crate) struct Binaries {
    /// The server.
    pub(crate) server: PathBuf,
    /// What makes a folder of data.
    pub(crate) install: PathBuf,
    /// What asks whether a server answers.
    pub(crate) admin: PathBuf,
    /// The command line client.
    client: PathBuf,
}

impl Binaries {
    /// The folder of the client, which need not be on PATH.
    pub(crate) fn folder(&self) -> Option<&Path> {
        self.client.parent()
    }
}

/// Finds them all.
pub(crate) fn find_or_install() -> Result<Binaries, Failure> {
    if let Some(binaries) = find() {
        return Ok(binaries);
    }
    let missing =
        "MariaDB's programs (mariadbd, mariadb-install-db, mariadb-admin, mariadb) are not on this machine";
    let otherwise = "install MariaDB with your system's package manager, or name a server in \
                     MIGRATE_TEST_MYSQL=mysql://user:password@host/";
    debian::install(&["mariadb-server"], missing, otherwise)?;
    find().ok_or_else(|| Failure::new(missing).hint(otherwise))
}

fn find() -> Option<Binaries> {
    Some(Binaries {
        server: program("mariadbd")?,
        install: program("mariadb-install-db")?,
        admin: program("mariadb-admin")?,
        client: program("mariadb")?,
    })
}

fn program(name: &str) -> Option<PathBuf> {
    let elsewhere = FOLDERS.iter().map(|folder| Path::new(folder).join(name));
    process::on_path(name).or_else(|| elsewhere.into_iter().find(|path| path.is_file()))
}
