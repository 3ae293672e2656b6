//! [`Session`]: a folder in which the steps of a page are done.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Process;

use super::page::{Command, Page, Step};
use super::shown::is_as_shown;
use crate::project::tools;
use crate::{build_apart, programs, workspace};

/// A folder in which a page is done, and the database that it is done on.
#[derive(Debug)]
pub struct Session {
    folder: PathBuf,
    database: String,
    url: String,
}

impl Session {
    /// A fresh copy of the page's folder, at a place of its own by this name; `program` is
    /// `env!("CARGO_BIN_EXE_fixture-cargo-migrate")`. The same place serves a page's databases one after the other, so that
    /// what they build is built once.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn new(page: &Page, name: &str, database: &str, url: &str, program: &str) -> Self {
        let place = programs().join("book").join(name);
        if place.exists() {
            fs::remove_dir_all(&place).unwrap();
        }
        let from = &page.subject.folder;
        let name = if from == "empty" { "shop" } else { from };
        let folder = place.join(Path::new(name).file_name().unwrap());
        let tools = tools();
        fs::create_dir_all(&folder).unwrap();
        fs::create_dir_all(&tools).unwrap();
        // As cargo finds its subcommands. Another page may be running it.
        let copied = place.join("cargo-migrate");
        fs::copy(program, &copied).unwrap();
        fs::rename(copied, tools.join("cargo-migrate")).unwrap();
        if from != "empty" {
            copy(&workspace().join(from), &folder);
            detach(&folder);
        }
        Self {
            folder,
            database: database.to_owned(),
            url: url.to_owned(),
        }
    }

    /// Does the page; what was said is printed.
    ///
    /// # Panics
    /// Where something is not as the page shows it.
    pub fn run(&self, page: &Page) {
        if self.folder.join("Cargo.toml").is_file() {
            self.check(&Command {
                line: "cargo build --quiet".into(),
                output: None,
                code: 0,
            });
        }
        for step in &page.steps {
            match step {
                Step::Run { on, commands } => {
                    if on.as_ref().is_none_or(|on| *on == self.database) {
                        commands.iter().for_each(|command| self.check(command));
                    }
                }
                Step::File { path, text } => self.write(path, text),
                Step::Append { path, text } => self.write(path, &format!("{}\n{text}", self.read(path))),
                Step::Change { path, from, to } => {
                    let found = self.read(path);
                    assert_eq!(
                        found.matches(from.as_str()).count(),
                        1,
                        "`{path}` has to hold once:\n{from}\nand is:\n{found}"
                    );
                    self.write(path, &found.replace(from.as_str(), to));
                }
            }
        }
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.file(path)).unwrap_or_else(|error| panic!("`{path}`: {error}"))
    }

    /// The file of a path. A star in its name stands for what differs from run to run.
    fn file(&self, path: &str) -> PathBuf {
        let path = self.folder.join(path);
        let name = path.file_name().and_then(|name| name.to_str()).unwrap();
        let Some((before, after)) = name.split_once('*') else {
            return path;
        };
        let entries = fs::read_dir(path.parent().unwrap()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let found: Vec<String> = names
            .filter(|name| name.starts_with(before) && name.ends_with(after))
            .collect();
        assert_eq!(
            found.len(),
            1,
            "`{}` has to be one file: {found:?}",
            path.display()
        );
        path.with_file_name(&found[0])
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.file(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn check(&self, command: &Command) {
        let output = self.process(&command.line).output().unwrap();
        lock(&self.folder);
        let said = String::from_utf8_lossy(&output.stdout);
        let said = said.replace(&self.folder.display().to_string(), "[folder]");
        #[expect(clippy::print_stdout, reason = "what a session said is shown where it fails")]
        {
            println!("$ {}\n{said}", command.line);
        }
        assert_eq!(
            output.status.code(),
            Some(command.code),
            "on {}, `{}` ends otherwise; it said:\n{said}",
            self.database,
            command.line
        );
        if let Some(shown) = &command.output {
            assert!(
                is_as_shown(shown, &said),
                "on {}, `{}` is to say:\n{shown}\nand says:\n{said}",
                self.database,
                command.line
            );
        }
    }

    /// A command line of a shell, in the folder, as a person there would have it.
    fn process(&self, line: &str) -> Process {
        let mut process = Process::new("bash");
        process
            .current_dir(&self.folder)
            .args(["-c", &format!("exec 2>&1; set -o pipefail\n{line}")]);
        build_apart(&mut process);
        process
            .env("DATABASE_URL", &self.url)
            .env_remove("MIGRATE_CONFIG")
            .env_remove("CARGO_MANIFEST_DIR");
        process
    }
}

/// Copies what is not built.
fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        if path.is_dir() {
            if name != "target" {
                fs::create_dir_all(to.join(name)).unwrap();
                copy(&path, &to.join(name));
            }
        } else if path.extension().is_none_or(|extension| extension != "db") {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// Gives a package that has none yet the versions of this workspace, which are downloaded already.
fn lock(folder: &Path) {
    let lock = folder.join("Cargo.lock");
    if folder.join("Cargo.toml").is_file() && !lock.exists() {
        fs::copy(workspace().join("Cargo.lock"), lock).unwrap();
    }
}

/// Makes a package of its own of a copied member of this workspace.
fn detach(folder: &Path) {
    let manifest = folder.join("Cargo.toml");
    let Ok(text) = fs::read_to_string(&manifest) else {
        return;
    };
    let root = workspace().display();
    let text = text
        .replace("path = \"../../", &format!("path = \"{root}/"))
        .replace("path = \"../", &format!("path = \"{root}/"))
        .replace("[lints]\nworkspace = true\n", "");
    fs::write(manifest, text + "\n[workspace]\n").unwrap();
    lock(folder);
}
