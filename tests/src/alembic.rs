//! [`Alembic`]: an Alembic project as its users have it, and its command line.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Transcript, python};

/// What `alembic init` writes, less what nobody needs.
const ENV: &str = "\
from alembic import context
from sqlalchemy import create_engine

with create_engine(URL).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
";

/// An Alembic project in a folder.
#[derive(Debug)]
pub struct Alembic {
    folder: PathBuf,
}

impl Alembic {
    /// Makes a project without revisions, on the database of a URL as we write it.
    ///
    /// # Panics
    /// When the folder cannot be written to.
    #[must_use]
    pub fn init(folder: &Path, url: &str) -> Self {
        let url = url
            .replace("postgres://", "postgresql+psycopg://")
            .replace("mysql://", "mysql+pymysql://")
            .replace("sqlite://", "sqlite:///");
        fs::create_dir_all(folder.join("versions")).unwrap();
        for (name, text) in [
            ("alembic.ini", "[alembic]\nscript_location = %(here)s\n"),
            ("env.py", &ENV.replace("URL", &format!("{url:?}"))),
            ("script.py.mako", ""),
        ] {
            fs::write(folder.join(name), text).unwrap();
        }
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Adds the file of a revision.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn revision(&self, id: &str, text: &str) {
        fs::write(self.folder.join(format!("versions/{id}.py")), text).unwrap();
    }

    /// Runs a command, its words separated by blanks, and gives what it wrote to stdout.
    ///
    /// # Panics
    /// When Alembic refuses, or there is none.
    pub fn run(&self, line: &str) -> String {
        let mut command = Command::new(python());
        command
            .args(["-m", "alembic"])
            .args(line.split(' '))
            .current_dir(&self.folder);
        let transcript = Transcript::of(&mut command);
        assert_eq!(transcript.code, Some(0), "alembic {line}: {transcript}");
        transcript.stdout
    }
}
