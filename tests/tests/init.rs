//! What `init` writes compiles and runs as it is, through `cargo migrate` and cargo itself; and two heads, which do not
//! compile, are mended by one command. Nothing is downloaded: the projects share this workspace's Cargo.lock.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

use migrate_core::dialect::{Scope, for_scheme};
use migrate_core::schema::Metadata;
use migrate_tests::migrations::migrator;
use migrate_tests::{Project, TestDatabase, Transcript, build_apart};

/// One build at a time: all projects share a folder for what is built, so that dependencies are built once, and the
/// binary of one would take the place of another's.
static BUILDING: Mutex<()> = Mutex::new(());

struct Built {
    project: Project,
    _building: MutexGuard<'static, ()>,
}

/// An empty folder, but for what keeps cargo from the network.
fn empty() -> Built {
    let building = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
    let project = Project::empty(env!("CARGO_BIN_EXE_fixture-cargo-migrate"));
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    project.write("Cargo.lock", fs::read(workspace.join("Cargo.lock")).unwrap());
    Built {
        project,
        _building: building,
    }
}

impl Built {
    /// Calls `cargo migrate` in a folder of the project.
    fn migrate(&self, folder: &str, line: &str) -> Transcript {
        self.call(self.project.command(line), folder)
    }

    /// Calls cargo in the project's folder.
    fn cargo(&self, line: &str) -> Transcript {
        let mut command = Command::new(env!("CARGO"));
        command.args(line.split_whitespace());
        build_apart(&mut command);
        self.call(command, "")
    }

    fn call(&self, mut command: Command, folder: &str) -> Transcript {
        self.project
            .transcript(command.current_dir(self.project.path().join(folder)))
    }

    /// Calls that all must end well, and the stdout of the last.
    fn all(&self, folder: &str, lines: &[&str]) -> String {
        let mut said = String::new();
        for line in lines {
            let transcript = self.migrate(folder, line);
            assert_eq!(transcript.code, Some(0), "cargo migrate {line}: {transcript}");
            assert!(
                !transcript.stderr.contains("warning"),
                "cargo migrate {line}: {transcript}"
            );
            said = transcript.stdout;
        }
        said
    }

    /// Up to head and down to base, with a look at the database each time.
    fn up_and_down(&self, folder: &str, name: &str) {
        let line = |command: &str| format!("{name}{command}");
        self.all(
            folder,
            &[&line("revision -m users --rev-id a1"), &line("upgrade head")],
        );
        assert_eq!(self.all(folder, &[&line("current")]), "a1 (head)\n");
        assert_eq!(self.all(folder, &[&line("downgrade base"), &line("current")]), "");
    }
}

/// Nobody builds in a temporary folder twice: what is left would grow with each run. What the projects share stays.
impl Drop for Built {
    fn drop(&mut self) {
        self.cargo("clean --workspace --quiet");
    }
}

/// What the README tells a newcomer to do, after the installation.
fn readme() -> String {
    let (_, section) = include_str!("../../README.md")
        .split_once("\n## In your project\n")
        .unwrap();
    let block = section.split("```").nth(1).unwrap();
    let lines = block.lines().filter(|line| line.starts_with("cargo migrate "));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(unix)]
#[test]
fn in_an_empty_folder_the_readme_s_commands_make_a_migrated_database() {
    let built = empty();
    // As it is installed: cargo finds it by its name.
    let programs = tempfile::tempdir().unwrap();
    let program = programs.path().join("cargo-migrate");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_fixture-cargo-migrate"), program).unwrap();
    let mut path = programs.path().as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap());

    let script = readme();
    assert_eq!(script.lines().count(), 3, "{script}");
    let mut shell = Command::new("sh");
    shell
        .args(["-ec", &script])
        .env("PATH", path)
        .env_remove("DATABASE_URL");
    let transcript = built.call(shell, "");
    assert_eq!(transcript.code, Some(0), "{transcript}");
    assert!(transcript.stderr.contains("Running upgrade  -> "), "{transcript}");

    let database = fs::read(built.project.path().join("app.db")).unwrap();
    assert!(database.starts_with(b"SQLite format 3"));
    assert!(built.all("", &["current"]).ends_with(" (head)\n"));
    assert_eq!(built.all("", &["downgrade base", "current"]), "");
    assert_eq!(built.cargo("run -q -- current").code, Some(0));
    let formatted = built.cargo("fmt --check");
    assert_eq!(formatted.code, Some(0), "{formatted}");
}

#[test]
fn a_package_beside_an_application_is_built_with_it() {
    let built = empty();
    built
        .project
        .write("Cargo.toml", "[package]\nname = \"shop\"\nedition = \"2021\"\n");
    built.project.write(
        "src/bin/migrate.rs",
        "fn main() { let _ = shop_db::migrator(); }\n",
    );
    built.all("", &["init db --name shop-db"]);
    built.up_and_down("db", "");
    // From the application, too: its workspace has one project.
    assert_eq!(built.all("", &["heads"]), "a1 (head)\n");
    let text = built.project.read("Cargo.toml");
    let dependency = "[dependencies]\nshop-db = { path = \"db\" }\n\n[workspace]";
    built
        .project
        .write("Cargo.toml", text.replace("[workspace]", dependency));
    let application = built.cargo("run -q --bin migrate");
    assert_eq!((application.code, application.stderr.as_str()), (Some(0), ""));
    assert!(!built.project.path().join("db/Cargo.lock").exists());
}

#[test]
fn a_module_in_an_application_without_a_library() {
    let built = empty();
    built.project.write(
        "Cargo.toml",
        "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
    );
    built.project.write(
        "src/main.rs",
        "mod migrations;\n\nfn main() { println!(\"{:?}\", migrations::migrator().revisions().is_ok()); }\n",
    );
    built.all("", &["init --template module"]);
    built.up_and_down("", "");
    let application = built.cargo("run -q");
    assert_eq!(
        (application.stdout.as_str(), application.stderr.as_str()),
        ("true\n", "")
    );
}

#[test]
fn a_module_in_an_application_with_a_library_in_a_workspace() {
    let built = empty();
    built.project.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"app\"]\n",
    );
    built.project.write(
        "app/Cargo.toml",
        "[package]\nname = \"shop\"\nedition = \"2024\"\n",
    );
    built.project.write("app/src/lib.rs", "pub mod migrations;\n");
    built.project.write(
        "app/src/main.rs",
        "fn main() { println!(\"{:?}\", shop::migrations::migrator().revisions().is_ok()); }\n",
    );
    built.all("app", &["init --template module"]);
    built.up_and_down("app", "");
    let application = built.cargo("run -q");
    assert_eq!(
        (application.stdout.as_str(), application.stderr.as_str()),
        ("true\n", "")
    );
}

#[test]
fn two_databases_have_histories_of_their_own() {
    let built = empty();
    built.all(
        "",
        &[
            "init --template multidb",
            "-n analytics revision -m events --rev-id e1",
        ],
    );
    built.up_and_down("", "-n primary ");
    built.all("", &["-n analytics upgrade head"]);
    assert_eq!(built.all("", &["-n analytics current"]), "e1 (head)\n");
    assert_eq!(built.all("", &["-n primary current"]), "");
    for database in ["primary.db", "analytics.db"] {
        assert!(built.project.path().join(database).exists());
    }
}

/// A project with two heads, the later of which is not in the database; what cargo says of it, and what mends it.
fn two_heads(mend: &str) -> (Built, Transcript) {
    let built = empty();
    let template = [
        "init --name shop",
        "revision -m users --rev-id a1",
        "revision -m carts --rev-id b1",
        "upgrade head",
    ];
    built.all("", &template);
    built.all("", &["revision -m orders --rev-id c1 --head a1 --splice"]);
    let compiled = built.cargo("build --quiet");
    assert!(
        compiled
            .stderr
            .contains("error: multiple heads: `b1` in migrations/"),
        "{compiled}"
    );
    let refused = built.migrate("", "upgrade heads");
    assert_eq!(refused.code, Some(2), "{refused}");
    for file in ["_b1_carts.rs", "_c1_orders.rs"] {
        assert!(compiled.stderr.contains(file), "{compiled}");
        assert!(refused.stderr.contains(file), "{refused}");
    }
    assert!(
        refused.stderr.contains(&format!("cargo migrate {mend}")),
        "{refused}"
    );
    built.all("", &[mend, "upgrade head"]);
    let current = built.migrate("", "current");
    (built, current)
}

#[test]
fn two_heads_do_not_compile_and_merge_mends_them() {
    let (built, current) = two_heads("merge heads");
    assert!(current.stdout.ends_with(" (head) (mergepoint)\n"), "{current}");
    built.all("", &["downgrade base"]);
}

#[test]
fn two_heads_do_not_compile_and_rebase_mends_them() {
    let (built, current) = two_heads("rebase");
    assert_eq!(current.stdout, "c1 (head)\n", "{current}");
    built.all("", &["downgrade base"]);
}

/// A database that is there becomes a project in which nothing is to be done, and that makes the same database again.
async fn adopt(there: TestDatabase, again: TestDatabase, sql: &str) {
    there.execute(sql).await;
    let before = print_of(&there).await;
    let built = empty();
    let init = format!(
        "init --name shop-db --from-database --database-url {}",
        there.url()
    );
    let made = built.migrate("", &init);
    assert_eq!(made.code, Some(0), "{made}");
    let on = |database: &TestDatabase, line: &str| {
        let url = database.url().to_owned();
        let transcript = built.migrate("", &format!("{line} --database-url {url}"));
        assert_eq!(transcript.code, Some(0), "{line}: {transcript}");
        transcript.stdout
    };
    assert!(on(&there, "current").ends_with(" (head)\n"));
    for check in ["check", "check --offline"] {
        assert_eq!(on(&there, check), "No new upgrade operations detected.\n");
    }
    assert_eq!(print_of(&there).await, before);

    on(&again, "upgrade head");
    assert_eq!(held(&again).await, held(&there).await);
    // SQLite keeps the text of a table, in which a key may stand at its column or behind them.
    if there.file().is_none() {
        assert_eq!(print_of(&again).await, before);
    }
    on(&again, "downgrade base");
    assert_eq!(again.tables().await, ["alembic_version"]);
    let formatted = built.cargo("fmt --check");
    assert_eq!(formatted.code, Some(0), "{formatted}");
}

/// All that its catalog tells, but for what the tool keeps there, and the type of a sequence, which a model does not say.
async fn print_of(database: &TestDatabase) -> Vec<String> {
    let lines = database.fingerprint().await.into_iter();
    let own = lines.filter(|line| !line.contains("alembic_version"));
    own.map(|line| line.replace("_seq integer START", "_seq bigint START"))
        .collect()
}

/// What a database holds, but for what the tool keeps there.
async fn held(database: &TestDatabase) -> Metadata {
    let reading = migrator(Vec::new())
        .reflect(database.url(), &Scope::Current)
        .await
        .unwrap();
    let (scheme, _) = database.url().split_once(':').unwrap();
    let mut metadata = for_scheme(scheme).unwrap().normal(&reading.metadata);
    metadata.tables.retain(|name, _| name.name != "alembic_version");
    metadata
}

#[tokio::test]
async fn a_sqlite_database_that_is_there_becomes_a_project() {
    let (there, again) = (TestDatabase::sqlite(), TestDatabase::sqlite());
    adopt(there, again, include_str!("adopted/sqlite.sql")).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_postgres_database_that_is_there_becomes_a_project() {
    let (there, again) = (TestDatabase::postgres().await, TestDatabase::postgres().await);
    adopt(there, again, include_str!("adopted/postgres.sql")).await;
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_mariadb_database_that_is_there_becomes_a_project() {
    let (there, again) = (TestDatabase::mysql().await, TestDatabase::mysql().await);
    adopt(there, again, include_str!("adopted/mysql.sql")).await;
}
