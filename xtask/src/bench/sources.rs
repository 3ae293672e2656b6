//! `cargo migrate` on many source files, beside `cat` of the same files and beside Alembic on the same graph.
//!
//! Nothing is compiled and no database is asked: this is what a person waits for who looks at the history.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::project::{python_migration, rust_migration, write};
use super::race::{Side, measure};
use super::{ROUNDS, header, report};
use crate::failure::Failure;
use crate::{process, workspace};

/// Builds the program for release, and measures it.
pub(crate) fn run(python: &Path) -> Result<(), Failure> {
    let folder = workspace::kept().join("bench");
    let program = build(&folder.join("target"))?;
    header("cat");
    for count in [1_000, 10_000] {
        let sources = Sources {
            count,
            folder: folder.join(format!("sources-{count}")),
            program: &program,
            python,
        };
        sources.write()?;
        sources.race("heads", &["heads"])?;
        sources.race("history", &["history"])?;
        sources.race("history, first line", &["history", "|", "head", "-n", "1"])?;
        sources.plan()?;
    }
    Ok(())
}

fn build(target: &Path) -> Result<PathBuf, Failure> {
    eprintln!("xtask: building cargo-migrate (release)");
    let mut build = process::cargo();
    build.args(["build", "--release", "--quiet", "-p", "migrate-cli"]);
    build
        .args(["--bin", "cargo-migrate"])
        .env("CARGO_TARGET_DIR", target);
    if !process::succeeds(&mut build)? {
        return Err(Failure::new("`cargo-migrate` does not build"));
    }
    Ok(target.join("release/cargo-migrate"))
}

/// A folder with a line of migrations as files, and the same for Alembic.
struct Sources<'a> {
    count: usize,
    folder: PathBuf,
    program: &'a Path,
    python: &'a Path,
}

impl Sources<'_> {
    fn write(&self) -> Result<(), Failure> {
        write(&self.folder.join("migrate.toml"), "")?;
        let alembic = self.folder.join("alembic");
        write(
            &alembic.join("alembic.ini"),
            "[alembic]\nscript_location = %(here)s\n",
        )?;
        for number in 1..=self.count {
            let name = format!("m{number:04}");
            let rust = self.folder.join(format!("migrations/{name}.rs"));
            write(&rust, &rust_migration(number))?;
            let python = alembic.join(format!("versions/{name}.py"));
            write(&python, &python_migration(number))?;
        }
        Ok(())
    }

    /// A command of both programs, and `cat` of all files; words from `|` on are the shell's.
    fn race(&self, what: &str, words: &[&str]) -> Result<(), Failure> {
        let mut sides = [self.ours(words), self.cat(), self.alembic(words)].map(Side::only);
        if let &[ours, cat, alembic] = measure(&mut sides, ROUNDS)?.as_slice() {
            report(&self.title(what), ours, Some(cat), Some(alembic));
        }
        Ok(())
    }

    /// A plan of everything, which Alembic cannot show.
    fn plan(&self) -> Result<(), Failure> {
        let words = ["upgrade", "head", "--plan", "--from", "base"];
        let steps =
            process::output(&mut self.ours(&[&words[..], &["|", "grep", "-c", "^upgrade"]].concat()))?;
        if steps != self.count.to_string() {
            return Err(Failure::new(format!("{steps} steps instead of {}", self.count)));
        }
        let mut sides = [self.ours(&words), self.cat()].map(Side::only);
        if let &[ours, cat] = measure(&mut sides, ROUNDS)?.as_slice() {
            report(&self.title("upgrade head --plan"), ours, Some(cat), None);
        }
        Ok(())
    }

    fn title(&self, what: &str) -> String {
        format!("{} files: {what}", self.count)
    }

    fn ours(&self, words: &[&str]) -> Command {
        let program = self.program.display().to_string();
        shell(&self.folder, &[&[program.as_str(), "migrate"], words].concat())
    }

    fn alembic(&self, words: &[&str]) -> Command {
        let python = self.python.display().to_string();
        let folder = self.folder.join("alembic");
        shell(&folder, &[&[python.as_str(), "-m", "alembic"], words].concat())
    }

    fn cat(&self) -> Command {
        shell(&self.folder, &["cat", "migrations/*.rs"])
    }
}

/// A line of the shell, so that every side pays for one.
fn shell(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", &words.join(" ")]).current_dir(folder);
    command
}
