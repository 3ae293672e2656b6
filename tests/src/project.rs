//! [`Project`]: a folder with `migrate.toml` and source files of migrations, which need not compile.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::Transcript;

/// A project in a temporary folder, and the `cargo migrate` to call in it.
#[derive(Debug)]
pub struct Project {
    folder: TempDir,
    root: PathBuf,
    program: PathBuf,
}

impl Project {
    /// A project whose migrations lie in `migrations`, and whose database is the SQLite file `app.db`; `program` is
    /// `env!("CARGO_BIN_EXE_fixture-cargo-migrate")`.
    ///
    /// # Panics
    /// When the folder cannot be made.
    #[must_use]
    pub fn new(program: &str) -> Self {
        let project = Self::empty(program);
        project.write("migrate.toml", "database_url = \"sqlite://app.db\"\n");
        fs::create_dir(project.path().join("migrations")).unwrap();
        project
    }

    /// A folder with nothing in it.
    ///
    /// # Panics
    /// When the folder cannot be made.
    #[must_use]
    pub fn empty(program: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            // As the program sees it, where the temporary folder is behind a link.
            root: folder.path().canonicalize().unwrap(),
            folder,
            program: program.into(),
        }
    }

    /// A package that compiles: `migrations!` in `src/lib.rs`, and a binary `<name>-migrate` of three lines. It has no
    /// build script. Projects share a target folder, so that dependencies are built once: let names differ.
    ///
    /// # Panics
    /// When the folder cannot be made.
    #[must_use]
    pub fn package(program: &str, name: &str) -> Self {
        Self::package_for(program, name, &["sqlite"])
    }

    /// The same with drivers for these databases.
    ///
    /// # Panics
    /// When the folder cannot be made.
    #[must_use]
    pub fn package_for(program: &str, name: &str, databases: &[&str]) -> Self {
        let project = Self::new(program);
        let crates = workspace();
        let dependency = |name: &str| {
            let path = crates.join(name);
            format!("{name} = {{ path = {path:?}, default-features = false, features = {databases:?} }}\n")
        };
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[[bin]]\nname = \"{name}-migrate\"\n\
             path = \"src/main.rs\"\n\n[dependencies]\n{}{}\n[workspace]\n",
            dependency("migrate-core"),
            dependency("migrate-cli"),
        );
        let module = name.replace('-', "_");
        project.write("Cargo.toml", manifest);
        project.write("src/lib.rs", "migrate_core::migrations!(\"migrations\");\n");
        project.write(
            "src/main.rs",
            format!(
                "fn main() -> std::process::ExitCode {{\n    migrate_cli::main({module}::migrator())\n}}\n"
            ),
        );
        project.write(
            "migrate.toml",
            format!("database_url = \"sqlite://app.db\"\nbin = \"{name}-migrate\"\n"),
        );
        project.with_lock()
    }

    /// Gives what is compiled here the versions that this workspace has.
    ///
    /// # Panics
    /// When they cannot be copied.
    #[must_use]
    pub fn with_lock(self) -> Self {
        let lock = fs::read(workspace().join("Cargo.lock")).unwrap();
        self.write("Cargo.lock", lock);
        self
    }

    /// Its folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// Writes a file, and makes the folders above it.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// What a file holds.
    ///
    /// # Panics
    /// When it is not there, or no text.
    #[must_use]
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).unwrap()
    }

    /// Writes `migrations/<name>.rs`, whose attribute says this.
    pub fn migration(&self, name: &str, attribute: &str) {
        let message = name.replace('_', " ");
        let text = format!(
            "//! {message}\n\nuse migrate_core::prelude::*;\n\n#[migration({attribute})]\npub fn upgrade(_op: &mut Op) {{}}\n\n\
             pub fn downgrade(_op: &mut Op) {{}}\n"
        );
        self.write(&format!("migrations/{name}.rs"), text);
    }

    /// Writes a line of migrations `migrations/<id>.rs`, each on the one before it, the first on `down`.
    pub fn line(&self, down: &str, ids: &[&str]) {
        ids.iter().fold(down.to_owned(), |down, id| {
            self.migration(id, &format!("revision = \"{id}\", down_revision = {down}"));
            format!("\"{id}\"")
        });
    }

    /// The command `cargo migrate`, with these words, in the project's folder and without a `DATABASE_URL`.
    #[must_use]
    pub fn command(&self, line: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(self.path()).arg("migrate");
        command.args(line.split_whitespace());
        for variable in [
            "DATABASE_URL",
            "MIGRATE_CONFIG",
            "EDITOR",
            "VISUAL",
            "SOURCE_DATE_EPOCH",
            // As wide as help is where nobody says how wide the terminal is.
            "COLUMNS",
        ] {
            command.env_remove(variable);
        }
        build_apart(&mut command);
        command
    }

    /// Runs a command to its end; the project's folder is `[project]` in what it says.
    #[must_use]
    pub fn run(&self, line: &str) -> Transcript {
        self.transcript(&mut self.command(line))
    }

    /// Runs a command that somebody added to.
    pub fn transcript(&self, command: &mut Command) -> Transcript {
        let transcript = Transcript::of(command).replace(&self.path().display().to_string(), "[project]");
        transcript.without_times()
    }

    /// Runs commands one after the other, each with its line.
    ///
    /// # Panics
    /// Never: text can always be written to.
    #[must_use]
    pub fn session(&self, lines: &[&str]) -> String {
        lines.iter().fold(String::new(), |mut text, line| {
            write!(text, "$ cargo migrate {line}\n{}\n", self.run(line)).unwrap();
            text
        })
    }

    /// Every file below the folder with what it holds: to see that nothing changed.
    ///
    /// # Panics
    /// When one cannot be read.
    #[must_use]
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() && !path.is_symlink() {
                    folders.push(path);
                } else {
                    files.insert(path.clone(), fs::read(path).unwrap_or_default());
                }
            }
        }
        files
    }
}

/// The root of this workspace.
#[must_use]
pub fn workspace() -> &'static Path {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests)
}

/// Lets what a command builds share the dependencies of all projects, without the network: everything is downloaded
/// already.
pub fn build_apart(command: &mut Command) {
    command
        .env("CARGO_TARGET_DIR", target())
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    // What these build, and `cargo migrate`, are on it. It is the same for all: what has a build script of C is built anew
    // when it changes.
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = [tools(), programs()]
        .into_iter()
        .chain(std::env::split_paths(&path));
    if let Ok(path) = std::env::join_paths(path) {
        command.env("PATH", path);
    }
}

/// The folder of what projects are given besides what they build.
pub(crate) fn tools() -> PathBuf {
    programs().join("book/tools")
}

/// The folder of the programs that projects are built to.
#[must_use]
pub fn programs() -> PathBuf {
    target().join("debug")
}

/// Where projects are built: beside what the tests themselves are built into.
fn target() -> PathBuf {
    let own = std::env::current_exe().unwrap_or_default();
    let target = own
        .ancestors()
        .find(|folder| folder.join("CACHEDIR.TAG").is_file());
    target
        .map_or_else(|| workspace().join("target"), Path::to_owned)
        .join("projects")
}
