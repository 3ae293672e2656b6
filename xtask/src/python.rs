//! A Python that has Alembic, for the tests that compare with it.
//!
//! The virtual environment is kept in the target folder and made again when the list of packages changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::{debian, process, workspace};

/// What the environment holds. The version of Alembic is the one whose behaviour is the reference.
const PACKAGES: [&str; 4] = [
    "alembic==1.20.1",
    "sqlalchemy==2.1.9",
    "psycopg[binary]==3.3.9",
    "pymysql==1.2.4",
];

/// The interpreter of a virtual environment that holds the packages.
pub(crate) fn with_alembic() -> Result<PathBuf, Failure> {
    let folder = workspace::kept().join("alembic-venv");
    let interpreter = folder.join("bin").join("python");
    // Written last, so that an environment that was cut off is not taken for a whole one.
    let complete = folder.join("complete");
    let wanted = PACKAGES.join("\n");
    if fs::read_to_string(&complete).is_ok_and(|found| found == wanted) && answers(&interpreter) {
        return Ok(interpreter);
    }
    eprintln!(
        "xtask: making a Python environment with Alembic ({})",
        folder.display()
    );
    make(&folder)?;
    let mut pip = Command::new(&interpreter);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    process::output(pip.args(PACKAGES))?;
    fs::write(&complete, wanted)
        .map_err(|error| Failure::new(format!("cannot write {}: {error}", complete.display())))?;
    Ok(interpreter)
}

fn make(folder: &Path) -> Result<(), Failure> {
    let attempt = || {
        process::output(
            Command::new("python3")
                .args(["-m", "venv", "--clear"])
                .arg(folder),
        )
    };
    if attempt().is_ok() {
        return Ok(());
    }
    debian::install(
        &["python3", "python3-venv"],
        "Python 3 with its `venv` module is not on this machine",
        "install Python 3, or name an interpreter that has Alembic in MIGRATE_TEST_PYTHON",
    )?;
    attempt().map(drop)
}

fn answers(interpreter: &Path) -> bool {
    process::output(Command::new(interpreter).args(["-c", "import alembic, psycopg, pymysql"])).is_ok()
}
