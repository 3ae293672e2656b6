//! `cargo xtask bench`: our binary beside the databases' own clients and beside Alembic, in one run.
//!
//! All sides do the same work with the same durability: a thousand one-table migrations, a transaction and a row
//! of the version table each. The clients run the very script that our `--sql` writes. Sides take turns, so that a
//! busy machine is busy for all of them; still, the figures mean something on an idle machine only. What reads source
//! files is a table of its own.

mod models;
mod project;
mod race;
mod sources;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::failure::Failure;
use crate::{postgres, process, python, sqlite};
use project::Project;
use race::{Side, measure};

/// How many migrations are applied.
const MIGRATIONS: usize = 1_000;
/// How many revisions are planned.
const REVISIONS: usize = 10_000;
/// How often each side runs; the median counts.
const ROUNDS: usize = 5;

pub(crate) fn run() -> Result<(), Failure> {
    let python = python::with_alembic()?;
    let binaries = postgres::find_or_install()?;
    let sqlite3 = sqlite::find_or_install()?;
    let project = Project::build(MIGRATIONS)?;
    let server = postgres::Server::start(&binaries, postgres::Durability::Full)?;
    let sides = Sides {
        project: &project,
        python: &python,
    };
    let databases = [
        Database::sqlite(&project, &sqlite3),
        Database::postgres(&binaries.join("psql"), &server.url),
    ];

    header("client");
    for database in &databases {
        sides.apply(database)?;
        sides.nothing_to_do(database)?;
    }
    sides.plan()?;
    sources::run(&python)?;
    models::run()
}

/// The part that compares models with a database.
pub(crate) fn run_models() -> Result<(), Failure> {
    models::run()
}

/// The part that needs no server: the program that reads source files.
pub(crate) fn run_sources() -> Result<(), Failure> {
    sources::run(&python::with_alembic()?)
}

/// A database that every side works on in turn.
struct Database {
    name: &'static str,
    /// Its URL as we write it, and as SQLAlchemy does.
    url: String,
    sqlalchemy_url: String,
    /// The command of its own client, without what it shall do.
    client: Vec<String>,
    /// The words by which the client is told to run a script.
    run_script: fn(&str) -> Vec<String>,
    /// The option of the client that stands before a query.
    query_option: &'static [&'static str],
    /// Commands that leave an empty database.
    empty: Vec<Vec<String>>,
    /// The client's query for the number of tables.
    count_tables: &'static str,
}

impl Database {
    fn sqlite(project: &Project, sqlite3: &Path) -> Self {
        let file = project.folder.join("bench.db").display().to_string();
        let journals = ["-journal", "-wal", "-shm"].map(|suffix| format!("{file}{suffix}"));
        let remove = [
            vec!["rm".to_owned(), "-f".to_owned(), file.clone()],
            journals.to_vec(),
        ]
        .concat();
        Self {
            name: "SQLite",
            url: format!("sqlite://{file}"),
            sqlalchemy_url: format!("sqlite:///{file}"),
            client: vec![sqlite3.display().to_string(), "-bail".to_owned(), file],
            run_script: |path| vec![format!(".read '{path}'")],
            query_option: &[],
            empty: vec![remove],
            count_tables: "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name LIKE 'bench%'",
        }
    }

    fn postgres(psql: &Path, server: &str) -> Self {
        let url = format!(
            "{}/bench",
            server.rsplit_once('/').map_or(server, |(address, _)| address)
        );
        let psql = |url: &str| {
            let psql = psql.display().to_string();
            let words = [&psql, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url];
            words.map(str::to_owned).to_vec()
        };
        let administer = |sql: &str| [psql(server), vec!["-c".to_owned(), sql.to_owned()]].concat();
        Self {
            name: "PostgreSQL",
            sqlalchemy_url: url.replacen("postgres://", "postgresql+psycopg://", 1),
            client: psql(&url),
            url,
            run_script: |path| vec!["-f".to_owned(), path.to_owned()],
            query_option: &["-c"],
            empty: vec![
                administer("DROP DATABASE IF EXISTS bench WITH (FORCE)"),
                administer("CREATE DATABASE bench"),
            ],
            count_tables: "SELECT count(*) FROM pg_tables WHERE tablename LIKE 'bench%'",
        }
    }

    fn query(&self, sql: &str) -> Command {
        command(&self.client, &[self.query_option, &[sql]].concat())
    }
}

/// The commands of the three sides.
struct Sides<'a> {
    project: &'a Project,
    python: &'a Path,
}

impl Sides<'_> {
    fn ours(&self, database: &Database, words: &[&str]) -> Command {
        let mut command = Command::new(self.project.binary("migrate"));
        command.args(words).current_dir(&self.project.folder);
        command.env("DATABASE_URL", &database.url);
        command
    }

    fn alembic(&self, database: &Database, words: &[&str]) -> Command {
        let mut command = Command::new(self.python);
        command.args(["-m", "alembic"]).args(words);
        command.current_dir(&self.project.alembic);
        command.env("DATABASE_URL", &database.sqlalchemy_url);
        command
    }

    /// A thousand migrations on an empty database.
    fn apply(&self, database: &Database) -> Result<(), Failure> {
        let script = self.project.folder.join(format!("{}.sql", database.name));
        let sql = process::output(&mut self.ours(database, &["upgrade", "base:head", "--sql"]))?;
        // A live run needs no such guard: it holds the lock. The clients are not to be slowed down by them.
        let sql: String = sql
            .lines()
            .filter(|line| !line.starts_with("DO $guard"))
            .map(|line| format!("{line}\n"))
            .collect();
        std::fs::write(&script, sql)
            .map_err(|error| Failure::new(format!("cannot write {}: {error}", script.display())))?;
        let run_script = (database.run_script)(&script.display().to_string());
        let run_script = [database.client.as_slice(), &run_script].concat();
        let side = |run: Command| Side {
            before: database.empty.iter().map(|words| command(words, &[])).collect(),
            run,
            after: Some((database.query(database.count_tables), MIGRATIONS.to_string())),
        };
        let mut sides = [
            side(self.ours(database, &["upgrade", "head"])),
            side(command(&run_script, &[])),
            side(self.alembic(database, &["upgrade", "head"])),
        ];
        race(&format!("{}: apply {MIGRATIONS}", database.name), &mut sides)
    }

    /// The same on the database that the last of them left; all a client can do there is read the version.
    fn nothing_to_do(&self, database: &Database) -> Result<(), Failure> {
        let mut sides = [
            self.ours(database, &["upgrade", "head"]),
            database.query("SELECT version_num FROM alembic_version"),
            self.alembic(database, &["upgrade", "head"]),
        ]
        .map(Side::only);
        race(&format!("{}: nothing to do", database.name), &mut sides)
    }

    /// Plans alone, up and down, without a database; each side tells its own time.
    fn plan(&self) -> Result<(), Failure> {
        let count = REVISIONS.to_string();
        let mut ours = Command::new(self.project.binary("plan"));
        let mut alembic = Command::new(self.python);
        alembic.arg(self.project.alembic.join("plan.py"));
        let ours = milliseconds(ours.arg(&count))?;
        let alembic = milliseconds(alembic.arg(&count))?;
        report(
            &format!("plan {REVISIONS}, up and down"),
            ours,
            None,
            Some(alembic),
        );
        Ok(())
    }
}

fn command(first: &[String], rest: &[&str]) -> Command {
    let mut words = first.iter().map(String::as_str).chain(rest.iter().copied());
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    command
}

fn milliseconds(command: &mut Command) -> Result<Duration, Failure> {
    let output = process::output(command)?;
    let milliseconds: f64 = output.parse().map_err(|_| {
        Failure::new(format!(
            "`{}` printed no number: {output}",
            process::line(command)
        ))
    })?;
    Ok(Duration::from_secs_f64(milliseconds / 1000.0))
}

/// Ours, a client and Alembic in turn.
fn race(what: &str, sides: &mut [Side]) -> Result<(), Failure> {
    if let &[ours, client, alembic] = measure(sides, ROUNDS)?.as_slice() {
        report(what, ours, Some(client), Some(alembic));
    }
    Ok(())
}

/// The head of a table, whose second side is another one in each.
fn header(second: &str) {
    println!(
        "{:<34} {:>10} {second:>10} {:>10} {:>11}  vs Alembic",
        "median",
        "ours",
        "Alembic",
        format!("vs {second}")
    );
}

/// A line of a table; who does not do this is none.
fn report(what: &str, ours: Duration, second: Option<Duration>, alembic: Option<Duration>) {
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let ratio = |side: Duration| format!("{:.3}x", ours.as_secs_f64() / side.as_secs_f64());
    println!(
        "{what:<34} {:>10} {:>10} {:>10} {:>11} {:>11}",
        seconds(ours),
        or_none(second.map(seconds)),
        or_none(alembic.map(seconds)),
        or_none(second.map(ratio)),
        or_none(alembic.map(ratio)),
    );
}

fn seconds(duration: Duration) -> String {
    format!("{:.4} s", duration.as_secs_f64())
}
