//! `init` and `list-templates`: what is written and said. What is refused is in `init_refused`.

use std::fs;

use super::empty;
use migrate_tests::{Project, Transcript};

/// A project, or what is to become one, in a folder whose name is known.
pub(super) fn session(project: &Project, folder: &str, lines: &[&str]) -> String {
    let run = |line: &&str| {
        let mut command = project.command(line);
        let transcript = shown(project.transcript(command.current_dir(project.path().join(folder))));
        format!("$ cargo migrate {line}\n{transcript}\n")
    };
    lines.iter().map(run).collect()
}

fn shown(transcript: Transcript) -> Transcript {
    let checkout = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    transcript.replace(
        &checkout.canonicalize().unwrap().display().to_string(),
        "[checkout]",
    )
}

/// What lies in the project, with the text of some of it.
pub(super) fn written(project: &Project, texts: &[&str]) -> String {
    let files = project.files();
    let paths = files
        .keys()
        .map(|path| path.strip_prefix(project.path()).unwrap().display().to_string());
    let checkout = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let checkout = checkout.canonicalize().unwrap().display().to_string();
    let texts = texts.iter().map(|path| {
        let text = project.read(path).replace(&checkout, "[checkout]");
        format!("--- {path}\n{text}")
    });
    let paths: Vec<String> = paths.collect();
    paths.into_iter().chain(texts).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_templates_are_listed() {
    insta::assert_snapshot!(empty().session(&["list-templates", "list_templates -q", "init --list-templates -q"]), @"
    $ cargo migrate list-templates
    exit code 0
    --- stdout
    crate - a package of migrations with its own binary, alone or beside an application
    module - migrations and their binary inside an application's package
    multidb - a package for two databases, each with migrations and a history of its own
    --- stderr
    Templates are used via the 'init' command, e.g.:
      cargo migrate init --template module

    $ cargo migrate list_templates -q
    exit code 0
    --- stdout
    crate - a package of migrations with its own binary, alone or beside an application
    module - migrations and their binary inside an application's package
    multidb - a package for two databases, each with migrations and a history of its own

    $ cargo migrate init --list-templates -q
    exit code 0
    --- stdout
    crate - a package of migrations with its own binary, alone or beside an application
    module - migrations and their binary inside an application's package
    multidb - a package for two databases, each with migrations and a history of its own
    ");
}

#[test]
fn a_package_of_its_own_is_the_default() {
    let project = empty();
    fs::create_dir(project.path().join("My Shop")).unwrap();
    insta::assert_snapshot!(session(&project, "My Shop", &["init"]), @r#"
    $ cargo migrate init
    exit code 0
    --- stderr
    created Cargo.toml
    created build.rs
    created src/lib.rs
    created src/main.rs
    created migrate.toml
    created migrations/migration.rs.jinja
    created .gitignore

    Next:
      cargo migrate revision -m "create users"
      cargo migrate upgrade head
    An application that depends on this package upgrades its database when it starts:
      my_shop::migrator().upgrade(&url, "head").await?;
    "#);
    insta::assert_snapshot!(written(&project, &["My Shop/Cargo.toml", "My Shop/src/main.rs", "My Shop/migrate.toml"]), @r#"
    My Shop/.gitignore
    My Shop/Cargo.toml
    My Shop/build.rs
    My Shop/migrate.toml
    My Shop/migrations/migration.rs.jinja
    My Shop/src/lib.rs
    My Shop/src/main.rs
    --- My Shop/Cargo.toml
    [package]
    name = "my-shop"
    version = "0.1.0"
    edition = "2024"
    publish = false

    [[bin]]
    name = "migrate"
    path = "src/main.rs"

    [dependencies]
    migrate-core = { path = "[checkout]/migrate-core", default-features = false }
    # The features are the databases: "sqlite", "postgres", "mysql".
    migrate-cli = { path = "[checkout]/migrate-cli", default-features = false, features = ["sqlite"] }

    --- My Shop/src/main.rs
    //! The project's own migration binary: the migrations are compiled in, so that it needs no toolchain.

    fn main() -> std::process::ExitCode {
        migrate_cli::main(my_shop::migrator())
    }

    --- My Shop/migrate.toml
    # How `cargo migrate` and this project's own binary work. A flag wins over the environment, the environment over
    # `.env`, and that over this file. What is commented out is the default. Paths are relative to this file.

    # Where the revisions are.
    script_location = "migrations"

    # The database; `DATABASE_URL` wins. `${VAR}` is expanded: keep passwords out of here.
    database_url = "sqlite://app.db"

    # The name of a new revision's file, of {year} {month} {day} {hour} {minute} {second} {epoch} {rev} {slug}.
    file_template = "{year}{month}{day}_{hour}{minute}_{rev}_{slug}"

    # How long the slug, which is made of the message, may be.
    # truncate_slug_length = 40

    # In which time zone a new revision is dated.
    # timezone = "UTC"

    # What runs after a file is written: programs with their arguments, which get the file's path as the last one.
    # post_write_hooks = [["rustfmt", "--edition", "2024"]]

    # The table that says where the database is, and its schema.
    # version_table = "alembic_version"
    # version_table_schema = ""

    # A transaction for each migration, or "single": all or nothing.
    # transaction = "per-migration"

    # How long to wait for another run.
    # lock_timeout = "60s"

    # How long to wait for a database server that is starting; `--wait` says it for one command.
    # wait = "0s"

    # This project's own binary, which has the migrations compiled in; also as "package/bin".
    bin = "migrate"
    "#);
}

#[test]
fn beside_an_application_it_becomes_a_member_of_its_workspace() {
    let project = empty();
    project.write(
        "Cargo.toml",
        "[package]\nname = \"shop\"\nedition = \"2021\" # old\n",
    );
    project.write("src/main.rs", "fn main() {}\n");
    insta::assert_snapshot!(session(&project, "src", &["init ../db --name shop-db --git https://example.org/x.git"]), @r#"
    $ cargo migrate init ../db --name shop-db --git https://example.org/x.git
    exit code 0
    --- stderr
    created [project]/db/Cargo.toml
    created [project]/db/build.rs
    created [project]/db/src/lib.rs
    created [project]/db/src/main.rs
    created [project]/db/migrate.toml
    created [project]/db/migrations/migration.rs.jinja
    created [project]/db/.gitignore
    changed [project]/Cargo.toml:
      + a workspace with the member `db`, so that both share one Cargo.lock

    Next:
      cd [project]/db
      cargo migrate revision -m "create users"
      cargo migrate upgrade head
    An application that depends on this package upgrades its database when it starts:
      shop_db::migrator().upgrade(&url, "head").await?;
    "#);
    insta::assert_snapshot!(written(&project, &["Cargo.toml", "db/Cargo.toml"]), @r#"
    Cargo.toml
    db/.gitignore
    db/Cargo.toml
    db/build.rs
    db/migrate.toml
    db/migrations/migration.rs.jinja
    db/src/lib.rs
    db/src/main.rs
    src/main.rs
    --- Cargo.toml
    [package]
    name = "shop"
    edition = "2021" # old

    [workspace]
    members = ["db"]

    --- db/Cargo.toml
    [package]
    name = "shop-db"
    version = "0.1.0"
    edition = "2024"
    publish = false

    [[bin]]
    name = "migrate"
    path = "src/main.rs"

    [dependencies]
    migrate-core = { git = "https://example.org/x.git", default-features = false }
    # The features are the databases: "sqlite", "postgres", "mysql".
    migrate-cli = { git = "https://example.org/x.git", default-features = false, features = ["sqlite"] }
    "#);
}

#[test]
fn a_binary_s_name_is_given_once_in_a_workspace_and_a_package_s_too() {
    let project = empty();
    project.write(
        "Cargo.toml",
        "[workspace]\nmembers = [\n    \"services/*\", # all\n]\n",
    );
    let lines = [
        "init services/a -q",
        "init services/b -q",
        "init services/c --name a",
        "init other/c -q",
    ];
    insta::assert_snapshot!(session(&project, "", &lines), @"
    $ cargo migrate init services/a -q
    exit code 0

    $ cargo migrate init services/b -q
    exit code 0

    $ cargo migrate init services/c --name a
    exit code 2
    --- stderr
    error: the workspace in `[project]` has a package `a` already
    hint: give it another with `--name`

    $ cargo migrate init other/c -q
    exit code 0
    ");
    for (folder, bin) in [
        ("services/a", "migrate"),
        ("services/b", "b-migrate"),
        ("other/c", "c-migrate"),
    ] {
        let bin = format!("\"{bin}\"");
        assert!(
            project
                .read(&format!("{folder}/Cargo.toml"))
                .contains(&format!("[[bin]]\nname = {bin}\n"))
        );
        assert!(
            project
                .read(&format!("{folder}/migrate.toml"))
                .ends_with(&format!("bin = {bin}\n"))
        );
    }
    assert_eq!(
        project.read("Cargo.toml"),
        "[workspace]\nmembers = [\n    \"services/*\", # all\n    \"other/c\",\n]\n"
    );
}

#[test]
fn a_module_goes_into_the_package_that_is_there() {
    let project = empty();
    project.write(
        "Cargo.toml",
        "[package]\r\nname = \"shop\"\r\nedition = \"2021\"\r\n\r\n[dependencies]\r\nserde = \"1\" # yes\r\n\r\n[features]\r\n",
    );
    project.write("src/main.rs", "fn main() {}\n");
    project.write("build.rs", "fn main() {}\n");
    project.write(".gitignore", "target");
    insta::assert_snapshot!(session(&project, "", &["init --template module"]), @r#"
    $ cargo migrate init --template module
    exit code 0
    --- stderr
    created src/migrations.rs
    created src/bin/migrate.rs
    created migrate.toml
    created migrations/migration.rs.jinja
    changed Cargo.toml:
      + migrate-core = { path = "[checkout]/migrate-core", default-features = false }
      + migrate-cli = { path = "[checkout]/migrate-cli", default-features = false, features = ["sqlite"] }
      + default-run = "shop"
    changed .gitignore:
      + *.db
    note: `build.rs` is left as it is: if it prints `rerun-if` lines, add `println!("cargo::rerun-if-changed=migrations");` to its `main`

    Next:
      cargo migrate revision -m "create users"
      cargo migrate upgrade head
    The application declares `mod migrations;` and upgrades its database when it starts:
      migrations::migrator().upgrade(&url, "head").await?;
    Or it has these commands under one of its own: `migrate_cli::Migrate`.
    "#);
    let text = written(
        &project,
        &[
            "Cargo.toml",
            ".gitignore",
            "src/bin/migrate.rs",
            "src/migrations.rs",
        ],
    );
    insta::assert_snapshot!(text.replace('\r', "\\r"), @r#"
    .gitignore
    Cargo.toml
    build.rs
    migrate.toml
    migrations/migration.rs.jinja
    src/bin/migrate.rs
    src/main.rs
    src/migrations.rs
    --- Cargo.toml
    [package]\r
    name = "shop"\r
    edition = "2021"\r
    default-run = "shop"\r
    \r
    [dependencies]\r
    serde = "1" # yes\r
    migrate-core = { path = "[checkout]/migrate-core", default-features = false }\r
    migrate-cli = { path = "[checkout]/migrate-cli", default-features = false, features = ["sqlite"] }\r
    \r
    [features]\r

    --- .gitignore
    target
    *.db

    --- src/bin/migrate.rs
    //! The project's own migration binary: the migrations are compiled in, so that it needs no toolchain.

    #[path = "../migrations.rs"]
    mod migrations;

    fn main() -> std::process::ExitCode {
        migrate_cli::main(migrations::migrator())
    }

    --- src/migrations.rs
    //! The database's history: one file per revision, in `migrations/` beside Cargo.toml.

    migrate_core::migrations!("migrations");
    "#);
}

#[test]
fn a_module_leaves_what_is_said_already() {
    let project = empty();
    let cargo = "[package]\nname = \"shop\"\nedition.workspace = true\ndefault-run = \"shop\"\nautobins = false\n\n\
                 [[bin]]\nname = \"migrate\"\npath = \"src/main.rs\"\n\n[dependencies.migrate-core]\ngit = \"x\"\n";
    project.write("Cargo.toml", cargo);
    insta::assert_snapshot!(session(&project, "", &["init -t module --git x"]), @r#"
    $ cargo migrate init -t module --git x
    exit code 0
    --- stderr
    created build.rs
    created src/migrations.rs
    created src/bin/shop-migrate.rs
    created migrate.toml
    created migrations/migration.rs.jinja
    created .gitignore
    changed Cargo.toml:
      + migrate-cli = { git = "x", default-features = false, features = ["sqlite"] }
      + [[bin]]
      + name = "shop-migrate"
      + path = "src/bin/shop-migrate.rs"

    Next:
      cargo migrate revision -m "create users"
      cargo migrate upgrade head
    The application declares `mod migrations;` and upgrades its database when it starts:
      migrations::migrator().upgrade(&url, "head").await?;
    Or it has these commands under one of its own: `migrate_cli::Migrate`.
    "#);
    insta::assert_snapshot!(project.read("Cargo.toml"), @r#"
    [package]
    name = "shop"
    edition.workspace = true
    default-run = "shop"
    autobins = false

    [[bin]]
    name = "migrate"
    path = "src/main.rs"

    [dependencies.migrate-core]
    git = "x"

    [dependencies]
    migrate-cli = { git = "x", default-features = false, features = ["sqlite"] }

    [[bin]]
    name = "shop-migrate"
    path = "src/bin/shop-migrate.rs"
    "#);
}

#[test]
fn two_databases_have_a_table_and_a_folder_each() {
    let project = empty();
    insta::assert_snapshot!(session(&project, "", &["init shops -t multidb --git x"]), @r#"
    $ cargo migrate init shops -t multidb --git x
    exit code 0
    --- stderr
    created shops/Cargo.toml
    created shops/build.rs
    created shops/src/lib.rs
    created shops/src/main.rs
    created shops/src/primary.rs
    created shops/src/analytics.rs
    created shops/migrate.toml
    created shops/migrations/primary/migration.rs.jinja
    created shops/migrations/analytics/migration.rs.jinja
    created shops/.gitignore

    Next:
      cd shops
      cargo migrate -n primary revision -m "create users"
      cargo migrate -n primary upgrade head
    An application that depends on this package upgrades its databases when it starts:
      shops::primary::migrator().upgrade(&url, "head").await?;
    "#);
    insta::assert_snapshot!(written(&project, &["shops/src/main.rs"]), @r#"
    shops/.gitignore
    shops/Cargo.toml
    shops/build.rs
    shops/migrate.toml
    shops/migrations/analytics/migration.rs.jinja
    shops/migrations/primary/migration.rs.jinja
    shops/src/analytics.rs
    shops/src/lib.rs
    shops/src/main.rs
    shops/src/primary.rs
    --- shops/src/main.rs
    //! The project's own migration binary: all histories are compiled in, and `-n` says which of them.

    use shops::{analytics, primary};

    fn main() -> std::process::ExitCode {
        migrate_cli::main_named([
            ("primary", primary::migrator()),
            ("analytics", analytics::migrator()),
        ])
    }
    "#);
    let settings = project.read("shops/migrate.toml");
    insta::assert_snapshot!(settings.split_once("\nbin = ").unwrap().1, @r#"
    "migrate"

    # `PRIMARY_DATABASE_URL` wins. `${VAR}` is expanded: keep passwords out of here.
    [primary]
    script_location = "migrations/primary"
    database_url = "sqlite://primary.db"

    # `ANALYTICS_DATABASE_URL` wins.
    [analytics]
    script_location = "migrations/analytics"
    database_url = "sqlite://analytics.db"
    "#);
    insta::assert_snapshot!(session(&project, "shops", &["heads", "-n primary heads", "-n analytics heads"]), @"
    $ cargo migrate heads
    exit code 2
    --- stderr
    error: `[project]/shops/migrate.toml` holds several sets of migrations: `analytics`, `primary`
    hint: say which one is meant: `-n analytics`, `-n primary`

    $ cargo migrate -n primary heads
    exit code 0

    $ cargo migrate -n analytics heads
    exit code 0
    ");
}

#[test]
fn a_checkout_may_be_given_and_stays_relative_to_the_project() {
    let project = empty();
    for package in ["migrate-core", "migrate-cli"] {
        project.write(
            &format!("tool/{package}/Cargo.toml"),
            format!("[package]\nname = \"{package}\"\n"),
        );
    }
    project.write("shop/db/notes.txt", "");
    insta::assert_snapshot!(session(&project, "shop", &["init db --path ../tool"]), @r#"
    $ cargo migrate init db --path ../tool
    exit code 0
    --- stderr
    created db/Cargo.toml
    created db/build.rs
    created db/src/lib.rs
    created db/src/main.rs
    created db/migrate.toml
    created db/migrations/migration.rs.jinja
    created db/.gitignore
    note: the folder was not empty: what was in it is as it was

    Next:
      cd db
      cargo migrate revision -m "create users"
      cargo migrate upgrade head
    An application that depends on this package upgrades its database when it starts:
      db::migrator().upgrade(&url, "head").await?;
    "#);
    let dependencies = |folder: &str| {
        let text = project.read(&format!("{folder}/Cargo.toml"));
        text.split_once("[dependencies]\n").unwrap().1.to_owned()
    };
    insta::assert_snapshot!(dependencies("shop/db"), @r#"
    migrate-core = { path = "../../tool/migrate-core", default-features = false }
    # The features are the databases: "sqlite", "postgres", "mysql".
    migrate-cli = { path = "../../tool/migrate-cli", default-features = false, features = ["sqlite"] }
    "#);
    let mut command = project.command("init other -q --path");
    let transcript = project.transcript(command.arg(project.path().join("tool")));
    assert_eq!(transcript.code, Some(0), "{transcript}");
    let absolute = format!("path = \"{}/tool/migrate-core\"", project.path().display());
    assert!(
        dependencies("other").contains(&absolute),
        "{}",
        dependencies("other")
    );
}
