//! The invariants of the architecture that are visible in the text of the workspace, each as a list of violations.
//!
//! It reads text, not syntax, and relies on one habit: paths across the layers of migrate-core are written
//! `crate::<module>::...`. Comments, the `mod tests` at the end of a file, and files of tests do not count. What a compiler lint can
//! hold (panics, unsafe code, the order of hashes) is in the lints of the root Cargo.toml instead.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of migrate-core, lowest layer first: a module uses only what stands before it here.
const LAYERS: [&str; 15] = [
    "schema",
    "connection",
    "operation",
    "model",
    "dialect",
    "migration",
    "history",
    "runtime",
    "autogenerate",
    "error",
    "migrator",
    "testing",
    "prelude",
    "__private",
    "models",
];

/// What the order of the layers would allow and the design does not: these two are pure, model in and model out.
const ALSO_FORBIDDEN: [(&str, &str); 3] = [
    ("dialect", "connection"),
    ("autogenerate", "connection"),
    ("autogenerate", "runtime"),
];

/// Which crates of the workspace a crate may depend on. Dev-dependencies are free.
const CRATES: [(&str, &[&str]); 10] = [
    ("migrate-graph", &[]),
    ("migrate-macros", &["migrate-graph"]),
    ("migrate-core", &["migrate-graph", "migrate-macros"]),
    ("migrate-cli", &["migrate-graph", "migrate-core"]),
    ("example-app", &["migrate-cli", "migrate-core"]),
    ("examples/existing-schema", &["migrate-cli", "migrate-core"]),
    ("examples/messaging", &["migrate-cli", "migrate-core"]),
    ("examples/second-brain", &["migrate-cli", "migrate-core"]),
    (
        "tests",
        &["migrate-graph", "migrate-core", "migrate-cli", "example-app"],
    ),
    ("xtask", &[]),
];

/// A Rust file of the workspace.
struct File {
    /// Relative to the workspace's root, with `/`.
    path: String,
    text: String,
    /// Another file has it under `#[cfg(test)]`.
    is_test: bool,
}

impl File {
    /// The lines that are code of the crate itself: no comments, no tests.
    fn code(&self) -> impl Iterator<Item = &str> {
        let code = self.text.split("\n#[cfg(test)]\nmod tests {").next();
        let code = code.filter(|_| !self.is_test).unwrap_or_default();
        code.lines().filter(|line| !line.trim_start().starts_with("//"))
    }

    /// The paths of the modules that it has for tests alone.
    fn test_modules(&self) -> impl Iterator<Item = String> {
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let declared = self.text.split("\n#[cfg(test)]\nmod ").skip(1);
        let names = declared.filter_map(|rest| rest.lines().next()?.strip_suffix(';'));
        names.map(move |name| format!("{folder}/{name}.rs"))
    }

    /// The lines of code for which a question is answered with yes, as violations.
    fn lines_where(&self, question: impl Fn(&str) -> bool) -> Vec<String> {
        let found = self.code().filter(|line| question(line));
        found
            .map(|line| format!("{}: {}", self.path, line.trim()))
            .collect()
    }

    /// The path below a folder, when it is there.
    fn below(&self, folder: &str) -> Option<&str> {
        self.path.strip_prefix(folder)?.strip_prefix('/')
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every Rust file of the workspace's crates. What `tests/ui` and `fixtures` hold is wrong on purpose.
fn rust_files() -> Vec<File> {
    let root = root();
    let mut folders: Vec<PathBuf> = CRATES.iter().map(|(name, _)| root.join(name)).collect();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !["tests/ui", "fixtures", "target"]
                    .iter()
                    .any(|name| path.ends_with(name))
                {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let relative = path.strip_prefix(&root).unwrap();
                let names: Vec<&str> = relative.iter().map(|name| name.to_str().unwrap()).collect();
                files.push(File {
                    path: names.join("/"),
                    text: fs::read_to_string(&path).unwrap(),
                    is_test: false,
                });
            }
        }
    }
    assert!(
        files.len() > 20,
        "the workspace is not where this test looks for it"
    );
    files.sort_by(|one, other| one.path.cmp(&other.path));
    let tests: BTreeSet<String> = files.iter().flat_map(File::test_modules).collect();
    for file in &mut files {
        file.is_test = tests.contains(&file.path);
    }
    files
}

/// The files of migrate-core, each with the path below `src`.
fn core_files(files: &[File]) -> impl Iterator<Item = (&File, &str)> {
    files
        .iter()
        .filter_map(|file| Some((file, file.below("migrate-core/src")?)))
}

fn assert_none(violations: impl IntoIterator<Item = String>, rule: &str) {
    let violations: Vec<String> = violations.into_iter().collect();
    assert!(violations.is_empty(), "{rule}:\n  {}", violations.join("\n  "));
}

/// Whether a line holds this path or word, and not only as the beginning of a longer one.
fn mentions(line: &str, word: &str) -> bool {
    let mut rests = line.split(word).skip(1);
    rests.any(|rest| !rest.starts_with(|next: char| next == '_' || next.is_alphanumeric()))
}

#[test]
fn the_modules_of_migrate_core_use_lower_layers_only() {
    let mut violations = Vec::new();
    for (file, path) in core_files(&rust_files()) {
        let module = path.split(['/', '.']).next().unwrap();
        let Some(layer) = LAYERS.iter().position(|name| *name == module) else {
            continue;
        };
        // How many times `super::` leads to the root of the crate.
        let depth = path.split('/').count() - usize::from(path.ends_with("/mod.rs"));
        for (index, name) in LAYERS.iter().enumerate() {
            if index > layer || ALSO_FORBIDDEN.contains(&(module, name)) {
                let paths = [
                    format!("crate::{name}"),
                    format!("{}{name}", "super::".repeat(depth)),
                ];
                violations.extend(file.lines_where(|line| paths.iter().any(|path| mentions(line, path))));
            }
        }
        violations.extend(file.lines_where(|line| line.contains("use crate::{")));
    }
    assert_none(
        violations,
        "a layer of migrate-core uses one that it must not know, or hides what it uses",
    );
}

#[test]
fn every_module_of_migrate_core_has_a_layer() {
    let lib = fs::read_to_string(root().join("migrate-core/src/lib.rs")).unwrap();
    let modules = lib
        .lines()
        .filter_map(|line| line.trim().strip_suffix(';')?.rsplit_once("mod "));
    let unplaced = modules
        .map(|(_, name)| name.to_owned())
        .filter(|name| !LAYERS.contains(&name.as_str()));
    assert_none(unplaced, "modules without a layer");
}

#[test]
fn no_module_of_the_command_line_needs_itself_by_way_of_others() {
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in rust_files() {
        let Some(path) = file.below("migrate-cli/src") else {
            continue;
        };
        let module = path.split(['/', '.']).next().unwrap();
        // The root declares them all, and hands commands to them.
        if !["lib", "bin"].contains(&module) {
            let named = file.code().flat_map(|line| line.split("crate::").skip(1));
            let named = named.map(|rest| {
                rest.split(|c: char| c != '_' && !c.is_alphanumeric())
                    .next()
                    .unwrap()
            });
            let others = named.filter(|name| *name != module).map(str::to_owned);
            uses.entry(module.to_owned()).or_default().extend(others);
        }
    }
    assert!(uses.len() > 20, "{uses:?}");
    // Whatever uses only what is settled is settled; what remains goes in a circle.
    while let Some(settled) = uses
        .iter()
        .find(|(_, used)| !used.iter().any(|name| uses.contains_key(name)))
    {
        let settled = settled.0.clone();
        uses.remove(&settled);
    }
    assert_none(
        uses.into_iter()
            .map(|(module, used)| format!("{module} uses {used:?}")),
        "modules of migrate-cli that use each other in a circle",
    );
}

#[test]
fn crates_depend_on_each_other_in_one_direction() {
    let packages: BTreeSet<&str> = CRATES.iter().map(|(folder, _)| *folder).collect();
    let mut violations = Vec::new();
    for (folder, allowed) in CRATES {
        let manifest = fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap();
        let mut section = "";
        for line in manifest.lines() {
            if line.starts_with('[') {
                section = line.trim_matches(['[', ']']);
            }
            let dependency = line.split(['.', ' ', '=']).next().unwrap();
            let counts = section.ends_with("dependencies") && section != "dev-dependencies";
            if counts && packages.contains(dependency) && !allowed.contains(&dependency) {
                violations.push(format!("{folder} depends on {dependency}"));
            }
        }
        if !manifest.contains("[lints]\nworkspace = true") {
            violations.push(format!("{folder} has lints of its own"));
        }
    }
    assert_none(
        violations,
        "dependencies between crates that the design does not have",
    );
}

#[test]
fn every_crate_of_the_workspace_has_a_place() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let members = manifest.lines().find(|line| line.starts_with("members")).unwrap();
    let mut folders = BTreeSet::new();
    for member in members.split('"').skip(1).step_by(2) {
        let Some(parent) = member.strip_suffix("/*") else {
            folders.insert(member.to_owned());
            continue;
        };
        for entry in fs::read_dir(root().join(parent)).unwrap() {
            let name = entry.unwrap().file_name();
            folders.insert(format!("{parent}/{}", name.to_str().unwrap()));
        }
    }
    assert_eq!(
        folders,
        CRATES.iter().map(|(folder, _)| (*folder).to_owned()).collect()
    );
}

#[test]
fn only_dialects_and_drivers_name_a_database() {
    let names = ["postgres", "sqlite", "mysql", "mariadb"];
    let mut violations = Vec::new();
    for (file, path) in core_files(&rust_files()) {
        // A dialect's folder, the list of dialects, the drivers, and the name that an author gives to what is for one.
        let dialect = path
            .strip_prefix("dialect/")
            .is_some_and(|path| path == "mod.rs" || path.contains('/'))
            || path == "schema/backend.rs";
        if !dialect && !path.starts_with("connection/") {
            violations.extend(file.lines_where(|line| {
                let line = line.to_lowercase();
                // A driver's feature is the crate's business, not a database's.
                names
                    .iter()
                    .any(|name| line.replace(&format!("feature = \"{name}\""), "").contains(name))
            }));
        }
    }
    assert_none(
        violations,
        "databases named outside dialect/<name>/ and connection/",
    );
}

#[test]
fn only_a_driver_file_names_its_driver() {
    let mut violations = Vec::new();
    for (file, path) in core_files(&rust_files()) {
        // Models that are written for an application name what it reads rows by.
        let is_for_others = path.starts_with("autogenerate/models/");
        if !path.starts_with("connection/") && path != "lib.rs" && !is_for_others {
            // The types of values are no driver's.
            let of_values = |line: &str| line.replace("jiff_sqlx::", "").replace("sqlx::types", "");
            violations.extend(file.lines_where(|line| mentions(&of_values(line), "sqlx")));
        }
        for (name, module) in [
            ("Pg", "sqlx::postgres"),
            ("Sqlite", "sqlx::sqlite"),
            ("MySql", "sqlx::mysql"),
        ] {
            if !["postgres", "sqlite", "mysql"]
                .map(|name| format!("connection/{name}.rs"))
                .contains(&path.to_owned())
            {
                let connection = format!("{name}Connection");
                violations
                    .extend(file.lines_where(|line| line.contains(&connection) || mentions(line, module)));
            }
        }
    }
    assert_none(violations, "drivers named outside connection/<driver>.rs");
}

#[test]
fn migrate_core_prints_nothing_and_reads_no_environment_and_no_file() {
    let words = [
        "println!",
        "print!",
        "dbg!",
        "std::env",
        "std::fs",
        "tokio::fs",
        "std::io::std",
        "std::process",
    ];
    // `use std::{env, fs};` names them too.
    let grouped = |line: &str| {
        line.contains("use std::{")
            && ["env", "fs", "process"]
                .iter()
                .any(|module| line.contains(&format!("{{{module}")) || line.contains(&format!(" {module}")))
    };
    let files = rust_files();
    let lines = core_files(&files).flat_map(|(file, _)| {
        file.lines_where(|line| words.iter().any(|word| line.contains(word)) || grouped(line))
    });
    assert_none(lines, "what only migrate-cli may do");
}

#[test]
fn schema_and_dialects_are_not_async() {
    let files = rust_files();
    let pure = core_files(&files).filter(|(_, path)| {
        ["schema/", "dialect/", "autogenerate/"]
            .iter()
            .any(|folder| path.starts_with(folder))
    });
    let lines = pure.flat_map(|(file, _)| file.lines_where(|line| mentions(line, "async")));
    assert_none(lines, "text and data need not be waited for");
}

#[test]
fn what_the_macros_write_names_migrate_core_by_its_private_door() {
    let files = rust_files();
    let macros = files
        .iter()
        .filter(|file| file.below("migrate-macros/src").is_some());
    let elsewhere = |line: &str| {
        let mut paths = line.split("::migrate_core::").skip(1);
        paths.any(|path| !(path.starts_with("__private") || path.starts_with("Migrator")))
    };
    assert_none(
        macros.flat_map(|file| file.lines_where(elsewhere)),
        "paths in expansions that are not `::migrate_core::__private` or `::migrate_core::Migrator`",
    );
}

#[test]
fn migrate_graph_is_no_std_and_only_its_source_module_reads_files() {
    let mut violations = Vec::new();
    for file in rust_files() {
        let Some(path) = file.below("migrate-graph/src") else {
            continue;
        };
        if path == "lib.rs" && !file.text.contains("#![no_std]") {
            violations.push("migrate-graph is not `no_std`".to_owned());
        }
        if !path.starts_with("source/") {
            violations
                .extend(file.lines_where(|line| mentions(line, "std::fs") || mentions(line, "std::env")));
        }
    }
    assert_none(violations, "what a pure crate does not do");
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent = rust_files()
        .into_iter()
        .filter(|file| !file.text.starts_with("//!"));
    assert_none(silent.map(|file| file.path), "files that do not open with `//!`");
}

/// Cargo takes every file in `tests` for a test by itself; one in a folder below is forgotten when nothing
/// declares it.
#[test]
fn every_test_file_is_declared() {
    let files = rust_files();
    let tests: Vec<&File> = files
        .iter()
        .filter(|file| file.path.contains("/tests/"))
        .collect();
    let mut forgotten = Vec::new();
    for file in &tests {
        let (crate_tests, below) = file.path.split_once("/tests/").unwrap();
        let Some((folder, name)) = below.rsplit_once('/') else {
            continue;
        };
        let name = name.trim_end_matches(".rs");
        let module = if name == "mod" || name == "main" {
            folder.rsplit('/').next().unwrap()
        } else {
            name
        };
        let declarations = [
            format!("mod {module};"),
            format!("/{module}.rs\"]"),
            format!("\"{module}.rs\"]"),
        ];
        let declared = tests
            .iter()
            .filter(|other| other.path.starts_with(crate_tests))
            .any(|other| {
                other.path != file.path
                    && declarations
                        .iter()
                        .any(|declaration| other.text.contains(declaration))
            });
        if !declared && name != "main" {
            forgotten.push(file.path.clone());
        }
    }
    assert_none(forgotten, "test files that no test declares");
}

#[test]
fn a_test_is_left_out_only_because_it_needs_what_xtask_provides() {
    let mut violations = Vec::new();
    for file in rust_files() {
        let ignored = file
            .text
            .lines()
            .map(str::trim)
            .filter(|line| line.starts_with("#[ignore"));
        let unexplained = ignored.filter(|line| {
            !(line.starts_with("#[ignore = \"needs ") && line.ends_with(": run by cargo xtask test\"]"))
        });
        violations.extend(unexplained.map(|line| format!("{}: {line}", file.path)));
    }
    assert_none(violations, "tests that are ignored for another reason");
}
