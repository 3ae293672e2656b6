//! `check` of many models beside a PostgreSQL database that has their tables, and `alembic check` of the same.
//!
//! Both sides run the whole command: ours a binary with as many `#[derive(Table)]` linked, Alembic an `env.py` that
//! makes its tables in a loop. Both find nothing, which is what a CI asks for each day.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::project::{manifest, write};
use super::race::{Side, measure};
use super::{ROUNDS, header, report};
use crate::failure::Failure;
use crate::{postgres, process, python, workspace};

/// How many tables there are, of twelve columns each.
const TABLES: usize = 1_000;

/// Runs a command and prints how much memory it had at most, in KiB.
const PEAK: &str = "import resource, subprocess, sys\n\
                    subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n\
                    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";

pub(crate) fn run() -> Result<(), Failure> {
    let python = python::with_alembic()?;
    let binaries = postgres::find_or_install()?;
    let program = build()?;
    let server = postgres::Server::start(&binaries, postgres::Durability::None)?;
    let sides = Sides {
        program,
        python,
        url: server.url.clone(),
    };
    process::output(&mut sides.ours(&["upgrade", "head"]))?;
    let mut race = [sides.ours(&["check"]), sides.alembic()].map(Side::only);
    header("-");
    if let &[ours, alembic] = measure(&mut race, ROUNDS)?.as_slice() {
        report(
            &format!("PostgreSQL: check {TABLES} tables"),
            ours,
            None,
            Some(alembic),
        );
    }
    let (ours, alembic) = (
        sides.peak(&sides.ours(&["check"]))?,
        sides.peak(&sides.alembic())?,
    );
    println!(
        "{:<34} {ours:>7} MiB {:>10} {alembic:>6} MiB",
        "memory at most", "-"
    );
    Ok(())
}

struct Sides {
    program: PathBuf,
    python: PathBuf,
    url: String,
}

impl Sides {
    fn ours(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(words).current_dir(folder());
        command.env("DATABASE_URL", &self.url);
        command
    }

    fn alembic(&self) -> Command {
        let mut command = Command::new(&self.python);
        command
            .args(["-m", "alembic", "check"])
            .current_dir(folder().join("alembic"));
        let url = self.url.replacen("postgres://", "postgresql+psycopg://", 1);
        command.env("DATABASE_URL", url);
        command
    }

    /// How many MiB a command has at most.
    fn peak(&self, of: &Command) -> Result<u64, Failure> {
        let mut command = Command::new(&self.python);
        command
            .args(["-c", PEAK])
            .arg(of.get_program())
            .args(of.get_args());
        for (name, value) in of.get_envs() {
            command.env(name, value.unwrap_or_default());
        }
        command.current_dir(of.get_current_dir().unwrap_or(Path::new(".")));
        let output = process::output(&mut command)?;
        let kilobytes: u64 = output.parse().map_err(|_| {
            Failure::new(format!(
                "`{}` printed no number: {output}",
                process::line(&command)
            ))
        })?;
        Ok(kilobytes / 1024)
    }
}

fn folder() -> PathBuf {
    workspace::kept().join("bench-models")
}

/// The project with the models, built for release beside the other one, whose dependencies are its own.
fn build() -> Result<PathBuf, Failure> {
    let folder = folder();
    for (path, text) in files(&folder) {
        write(&path, &text)?;
    }
    let lock = workspace::root().join("Cargo.lock");
    std::fs::copy(&lock, folder.join("Cargo.lock"))
        .map_err(|error| Failure::new(format!("cannot copy {}: {error}", lock.display())))?;
    let target = workspace::kept().join("bench/target");
    eprintln!("xtask: building {TABLES} models (release)");
    let mut build = process::cargo();
    build.args(["build", "--release", "--quiet"]).current_dir(&folder);
    if !process::succeeds(build.env("CARGO_TARGET_DIR", &target))? {
        return Err(Failure::new("the models that are measured do not build"));
    }
    Ok(target.join("release/models"))
}

fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let crates = workspace::root().display().to_string();
    let main = "//! Models to be measured.\n\nmod migrations;\npub mod models;\n\nfn main() -> std::process::ExitCode {\n    \
                migrate_cli::main(migrations::migrator())\n}\n";
    let migrations = "//! The history.\n\nmigrate_core::migrations!(\"migrations\");\n";
    let alembic = folder.join("alembic");
    vec![
        (folder.join("Cargo.toml"), manifest("models", &crates)),
        (folder.join("src/main.rs"), main.to_owned()),
        (folder.join("src/migrations.rs"), migrations.to_owned()),
        (folder.join("src/models.rs"), models()),
        (folder.join("migrations/m0001.rs"), migration()),
        (
            alembic.join("alembic.ini"),
            "[alembic]\nscript_location = %(here)s\n".to_owned(),
        ),
        (
            alembic.join("env.py"),
            include_str!("../../templates/alembic/models_env.py").replace("TABLES", &TABLES.to_string()),
        ),
        (
            alembic.join("versions/m0001.py"),
            "\"\"\"create the tables\"\"\"\n\nrevision = \"m0001\"\ndown_revision = None\n\n\ndef upgrade():\n    pass\n"
                .to_owned(),
        ),
    ]
}

/// Each points to the one before it, the first to itself.
fn models() -> String {
    let head = "//! What the tables are.\n#![allow(dead_code)]\n\nuse migrate_core::Table;\n".to_owned();
    std::iter::once(head).chain((1..=TABLES).map(model)).collect()
}

fn model(number: usize) -> String {
    let parent = number.saturating_sub(1).max(1);
    format!(
        r#"
#[derive(Table)]
#[table(name = "item{number:04}", index(["amount", "total"]))]
pub struct Item{number:04} {{
    #[column(primary_key)]
    id: i64,
    #[column(length = 80, index)]
    name: String,
    #[column(length = 255)]
    email: Option<String>,
    note: Option<String>,
    #[column(server_default = 0)]
    amount: i32,
    total: Option<i64>,
    #[column(server_default = true)]
    active: bool,
    rate: f64,
    day: Option<i16>,
    size: Option<i32>,
    #[column(length = 8, server_default = "new")]
    code: String,
    #[column(references = Item{parent:04}::id, on_delete = Cascade, index)]
    parent_id: Option<i64>,
}}
"#
    )
}

/// The same in directives.
fn migration() -> String {
    format!(
        r#"//! create the tables

use migrate_core::prelude::*;

#[migration(revision = "m0001", down_revision = None)]
pub fn upgrade(op: &mut Op) {{
    for number in 1..={TABLES} {{
        let name = format!("item{{number:04}}");
        let parent = format!("item{{:04}}", (number - 1).max(1));
        op.create_table(&name, |t| {{
            t.column("id", bigint()).primary_key();
            t.column("name", varchar(80)).not_null();
            t.column("email", varchar(255));
            t.column("note", text());
            t.column("amount", integer()).not_null().server_default(0);
            t.column("total", bigint());
            t.column("active", boolean()).not_null().server_default(true);
            t.column("rate", double()).not_null();
            t.column("day", smallint());
            t.column("size", integer());
            t.column("code", varchar(8)).not_null().server_default("new");
            t.column("parent_id", bigint()).references(parent, "id").on_delete(Cascade);
        }});
        op.create_index(None, &name, ["name"]);
        op.create_index(None, &name, ["amount", "total"]);
        op.create_index(None, &name, ["parent_id"]);
    }}
}}

pub fn downgrade(op: &mut Op) {{
    for number in (1..={TABLES}).rev() {{
        op.drop_table(format!("item{{number:04}}"));
    }}
}}
"#
    )
}
