//! SQLite's command line client; installs it when there is none.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::{debian, process};

/// The path of `sqlite3`.
pub(crate) fn find_or_install() -> Result<PathBuf, Failure> {
    let missing = "SQLite's command line client (sqlite3) is not on this machine";
    let otherwise = "install sqlite3 with your system's package manager";
    if process::on_path("sqlite3").is_none() {
        debian::install(&["sqlite3"], missing, otherwise)?;
    }
    process::on_path("sqlite3").ok_or_else(|| Failure::new(missing).hint(otherwise))
}
