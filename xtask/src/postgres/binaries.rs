//! Where PostgreSQL's server programs are; installs them when there are none.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::{debian, process};

/// What a private server needs of PostgreSQL.
const PROGRAMS: [&str; 3] = ["initdb", "pg_ctl", "postgres"];

/// Folders that hold one folder per version, each with a `bin`.
const VERSIONED: [&str; 3] = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"];

/// The folder of `initdb`, `pg_ctl` and `postgres`.
pub(crate) fn find_or_install() -> Result<PathBuf, Failure> {
    if let Some(folder) = find() {
        return Ok(folder);
    }
    let missing = "PostgreSQL's server programs (initdb, pg_ctl, postgres) are not on this machine";
    let otherwise = "install PostgreSQL with your system's package manager, or name a server in \
                     MIGRATE_TEST_POSTGRES=postgres://user:password@host/database";
    debian::install(&["postgresql"], missing, otherwise)?;
    find().ok_or_else(|| Failure::new(missing).hint(otherwise))
}

fn find() -> Option<PathBuf> {
    candidates().into_iter().find(|folder| {
        PROGRAMS
            .iter()
            .all(|program| folder.join(program).metadata().is_ok_and(|found| found.is_file()))
    })
}

/// Every folder that may hold the programs, best first.
fn candidates() -> Vec<PathBuf> {
    // On PATH there may be links to single programs: the folder that they point to has them all.
    let on_path = process::on_path("initdb").and_then(|link| link.canonicalize().ok());
    let on_path = on_path.and_then(|program| program.parent().map(Path::to_owned));
    let configured = process::output(Command::new("pg_config").arg("--bindir")).ok();
    let installed = VERSIONED.iter().flat_map(|folder| versions(Path::new(folder)));
    on_path
        .into_iter()
        .chain(configured.map(PathBuf::from))
        .chain(installed.map(|version| version.join("bin")))
        .collect()
}

/// The folders of PostgreSQL's versions under a folder, the newest first.
fn versions(folder: &Path) -> Vec<PathBuf> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let version = name.trim_start_matches("postgresql").trim_start_matches('@');
            Some((version.parse().ok()?, entry.path()))
        })
        .collect();
    versions.sort_by(|one, other| other.cmp(one));
    versions.into_iter().map(|(_, path)| path).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_comes_first_and_other_folders_do_not_count() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["9", "15", "postgresql@17", "common"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        let names: Vec<PathBuf> = versions(folder.path())
            .iter()
            .map(|path| path.strip_prefix(folder.path()).unwrap().to_owned())
            .collect();
        assert_eq!(names, ["postgresql@17", "15", "9"].map(PathBuf::from));
    }
}
