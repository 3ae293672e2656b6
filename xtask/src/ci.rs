//! `cargo xtask ci`: every check of the project, and the tests last.
//!
//! All checks run, also after one has failed, and the summary names those that did.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::{process, test, workspace};

/// The lints, which cargo runs over everything at once.
const LINTS: &[&str] = &[
    "clippy",
    "--workspace",
    "--all-targets",
    "--all-features",
    "--",
    "-D",
    "warnings",
];

/// What must compile alone: in the workspace one crate's features are on for all, which would hide a missing one.
const ALONE: &[&[&str]] = &[
    &["-p", "migrate-graph", "--no-default-features"],
    &["-p", "migrate-graph", "--features", "source"],
    &["-p", "migrate-macros"],
    &["-p", "migrate-core", "--no-default-features"],
    &[
        "-p",
        "migrate-core",
        "--no-default-features",
        "--features",
        "sqlite",
    ],
    &[
        "-p",
        "migrate-core",
        "--no-default-features",
        "--features",
        "postgres",
    ],
    &[
        "-p",
        "migrate-core",
        "--no-default-features",
        "--features",
        "mysql",
    ],
    &[
        "-p",
        "migrate-cli",
        "--no-default-features",
        "--features",
        "sqlite",
    ],
    &[
        "-p",
        "migrate-cli",
        "--no-default-features",
        "--features",
        "postgres",
    ],
    &[
        "-p",
        "migrate-cli",
        "--no-default-features",
        "--features",
        "mysql",
    ],
    &["-p", "migrate-cli"],
    &["-p", "example-app"],
    &["-p", "example-app", "--no-default-features"],
    &["-p", "existing-schema"],
    &["-p", "messaging"],
    &["-p", "second-brain"],
    &["-p", "migrate-tests"],
    &["-p", "xtask"],
];

pub(crate) fn run() -> Result<(), Failure> {
    let started = Instant::now();
    let mut failed = Vec::new();
    let mut report = |name: String, took: Duration, passed: bool| {
        eprintln!(
            "xtask: {} {name} ({:.1} s)",
            if passed { "ok    " } else { "FAILED" },
            took.as_secs_f64()
        );
        if !passed {
            failed.push(name);
        }
    };
    for mut command in checks()? {
        let start = Instant::now();
        let passed = process::succeeds(&mut command)?;
        report(process::line(&command), start.elapsed(), passed);
    }
    let start = Instant::now();
    let tested = test::run(&[]);
    if let Err(failure) = &tested {
        eprintln!("{failure}");
    }
    report("cargo xtask test".to_owned(), start.elapsed(), tested.is_ok());

    if failed.is_empty() {
        eprintln!(
            "xtask: all checks passed ({:.0} s)",
            started.elapsed().as_secs_f64()
        );
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} of the checks failed:\n  {}",
        failed.len(),
        failed.join("\n  ")
    )))
}

fn checks() -> Result<Vec<Command>, Failure> {
    let mut checks = vec![cargo(&["fmt", "--all", "--check"])];
    let migrations = migration_files(&workspace::root())
        .map_err(|error| Failure::new(format!("cannot list the migrations: {error}")))?;
    if !migrations.is_empty() {
        let mut rustfmt = Command::new("rustfmt");
        // `cargo fmt` does not follow the modules that `migrations!` declares.
        rustfmt.current_dir(workspace::root());
        rustfmt.args(["--check", "--edition", "2024"]).args(migrations);
        checks.push(rustfmt);
    }
    checks.push(cargo(LINTS));
    let mut docs = cargo(&["doc", "--workspace", "--no-deps", "--all-features"]);
    docs.env("RUSTDOCFLAGS", "-D warnings");
    checks.push(docs);
    checks.extend(
        ALONE
            .iter()
            .map(|words| cargo(&[&["check", "--quiet"], *words].concat())),
    );
    if process::on_path("cargo-deny").is_some() {
        checks.push(cargo(&["deny", "--all-features", "check"]));
    } else {
        eprintln!("xtask: cargo-deny is not installed: licences and advisories are not checked");
    }
    Ok(checks)
}

fn cargo(words: &[&str]) -> Command {
    let mut command = process::cargo();
    command.args(words);
    command
}

/// Every Rust file in a folder named `migrations`, relative to the root. What `tests/ui` and `fixtures` hold is wrong
/// on purpose.
fn migration_files(root: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir()? {
            let path = entry?.path();
            let relative = path.strip_prefix(root).unwrap_or(&path);
            let hidden = relative
                .file_name()
                .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
            if path.is_dir() {
                if !hidden
                    && !["tests/ui", "fixtures", "target"]
                        .iter()
                        .any(|name| path.ends_with(name))
                {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && relative
                    .parent()
                    .is_some_and(|folder| folder.iter().any(|name| name == "migrations"))
            {
                files.push(relative.to_owned());
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_found_at_any_depth_and_wrong_ones_of_ui_tests_are_not() {
        let root = tempfile::tempdir().unwrap();
        let files = [
            "app/migrations/2026/b.rs",
            "app/migrations/a.rs",
            "app/migrations/README.md",
            "app/src/migrations.rs",
            "macros/tests/ui/cycle/migrations/c.rs",
            "target/migrations/d.rs",
        ];
        for file in files {
            let path = root.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let found = migration_files(root.path()).unwrap();
        assert_eq!(
            found,
            ["app/migrations/2026/b.rs", "app/migrations/a.rs"].map(PathBuf::from)
        );
    }
}
