//! What `init` refuses: then nothing is written, and what was there is as it was.

use std::fs;

use super::empty;
use super::init::session;

#[test]
fn what_is_there_is_never_written_over_and_nothing_is_written_beside_it() {
    let project = empty();
    project.write("Cargo.toml", "[package]\nname = \"shop\"\nedition = \"2024\"\n");
    project.write("build.rs", "mine");
    project.write("src/migrations.rs", "mine");
    project.write("migrations", "a file");
    project.write("other/migrate.toml", "");
    project.write(
        "table/Cargo.toml",
        "[package]\nname = 'x'\nmetadata.migrate.bin = 'x'\n",
    );
    project.write("file", "");
    let before = project.files();
    let lines = [
        "init",
        "init -t module",
        "init -t multidb",
        "init other",
        "init table",
        "init file",
        "init file/below",
        "init other -t module",
        "init src -t module",
    ];
    insta::assert_snapshot!(session(&project, "", &lines), @r#"
    $ cargo migrate init
    exit code 2
    --- stderr
    error: `[project]` already has `Cargo.toml`, `build.rs`, `migrations`
    hint: `cargo migrate init DIRECTORY` makes a package in a folder of its own; `cargo migrate init --template module` puts migrations into the package that is there

    $ cargo migrate init -t module
    exit code 2
    --- stderr
    error: `[project]` already has `migrations`, `src/migrations.rs`
    hint: nothing is overwritten: move these away, or name another folder

    $ cargo migrate init -t multidb
    exit code 2
    --- stderr
    error: `[project]` already has `Cargo.toml`, `build.rs`, `migrations`
    hint: `cargo migrate init DIRECTORY` makes a package in a folder of its own; `cargo migrate init --template module` puts migrations into the package that is there

    $ cargo migrate init other
    exit code 2
    --- stderr
    error: `[project]/other` is a project already: its configuration is `[project]/other/migrate.toml`
    hint: `cargo migrate revision -m "..."` makes a migration in it

    $ cargo migrate init table
    exit code 2
    --- stderr
    error: `[project]/table` is a project already: its configuration is `[project]/table/Cargo.toml`
    hint: `cargo migrate revision -m "..."` makes a migration in it

    $ cargo migrate init file
    exit code 2
    --- stderr
    error: `[project]/file` is not a folder

    $ cargo migrate init file/below
    exit code 2
    --- stderr
    error: `[project]/file/below` is not a folder

    $ cargo migrate init other -t module
    exit code 2
    --- stderr
    error: `[project]/other` is a project already: its configuration is `[project]/other/migrate.toml`
    hint: `cargo migrate revision -m "..."` makes a migration in it

    $ cargo migrate init src -t module
    exit code 2
    --- stderr
    error: there is no package in `[project]/src`
    hint: `cargo init` makes one; `cargo migrate init --template crate` makes one for the migrations alone
    "#);
    assert_eq!(project.files(), before);
}

#[test]
fn a_link_that_leads_nowhere_is_in_the_way_too() {
    #[cfg(unix)]
    {
        let project = empty();
        std::os::unix::fs::symlink("/nowhere/at/all", project.path().join("build.rs")).unwrap();
        assert!(project.run("init").stderr.contains("already has `build.rs`"));
    }
}

#[test]
fn what_cannot_be_done_is_refused_before_anything_is_written() {
    let project = empty();
    project.write("fn/Cargo.toml", "[package]\nname = \"shop\"\n");
    project.write(
        "inline/Cargo.toml",
        "dependencies = {}\n[package]\nname = \"shop\"\nedition = \"2024\"\n",
    );
    project.write("workspace/Cargo.toml", "workspace.resolver = \"3\"\n");
    project.write("broken/Cargo.toml", "[package\n");
    let before = project.files();
    let lines = [
        "init --template nothing",
        "init --name fn",
        "init --name a/b",
        "init --path .",
        "init --path x --git y",
        "init fn -t module",
        "init empty -t module",
        "init inline -t module",
        "init inline -t module --name x",
        "init workspace/new",
        "init broken/new",
        "init --format json --name 1",
    ];
    insta::assert_snapshot!(session(&project, "", &lines), @r#"
    $ cargo migrate init --template nothing
    exit code 2
    --- stderr
    error: No such template "nothing"; there are: crate, module, multidb

    Usage: cargo migrate init [OPTIONS] [DIRECTORY]

    For more information, try '--help'.

    $ cargo migrate init --name fn
    exit code 2
    --- stderr
    error: a package cannot have the name "fn": the name is taken by Rust, cargo, Windows or a crate of this tool
    hint: give it another with `--name`

    $ cargo migrate init --name a/b
    exit code 2
    --- stderr
    error: a package cannot have the name "a/b": it has '/'; letters, digits, `-` and `_` are allowed
    hint: give it another with `--name`

    $ cargo migrate init --path .
    exit code 2
    --- stderr
    error: `.` is no checkout of this tool: it has no `migrate-core` and `migrate-cli`

    $ cargo migrate init --path x --git y
    exit code 2
    --- stderr
    error: the argument '--path <DIR>' cannot be used with '--git <URL>'

    Usage: cargo migrate init --path <DIR> [DIRECTORY]

    For more information, try '--help'.

    $ cargo migrate init fn -t module
    exit code 2
    --- stderr
    error: the package in `[project]/fn` is of edition 2015; migrations need 2018 or a newer one

    $ cargo migrate init empty -t module
    exit code 2
    --- stderr
    error: there is no package in `[project]/empty`
    hint: `cargo init` makes one; `cargo migrate init --template crate` makes one for the migrations alone

    $ cargo migrate init inline -t module
    exit code 2
    --- stderr
    error: `[project]/inline/Cargo.toml` has `dependencies` in a form that nothing can be added to
    hint: add to it by hand, under `dependencies`, and begin again: migrate-core = { path = "[checkout]/migrate-core", default-features = false } | migrate-cli = { path = "[checkout]/migrate-cli", default-features = false, features = ["sqlite"] }

    $ cargo migrate init inline -t module --name x
    exit code 2
    --- stderr
    error: `--name` is for a new package; the one in `[project]/inline` has a name

    $ cargo migrate init workspace/new
    exit code 2
    --- stderr
    error: `[project]/workspace/Cargo.toml` has `workspace` in a form that nothing can be added to
    hint: add to it by hand, under `workspace`, and begin again: members = ["new"]

    $ cargo migrate init broken/new
    exit code 2
    --- stderr
    error: `[project]/broken/Cargo.toml` is not valid TOML: line 1: unclosed table, expected `]`

    $ cargo migrate init --format json --name 1
    exit code 2
    --- stdout
    {
      "error": {
        "kind": "usage",
        "message": "a package cannot have the name \"1\": it does not begin with a letter",
        "hints": [
          "give it another with `--name`"
        ]
      }
    }
    "#);
    assert_eq!(project.files(), before);
}

#[test]
fn no_name_of_a_folder_reaches_toml_or_rust() {
    for name in [
        "a\"]\nb = [\"",
        "x}\n{{ 1 }}",
        "it's",
        "fn",
        "データ",
        "a\\nb",
        "#[test]",
        "*",
    ] {
        let project = empty();
        project.write("Cargo.toml", "[workspace]\nmembers = []\n");
        let mut command = project.command("init -q");
        let transcript = project.transcript(command.arg(name));
        assert_eq!(transcript.code, Some(0), "{transcript}");
        let folder = project.path().join(name);
        let package = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let mut lines = package.lines().filter_map(|line| line.strip_prefix("name = \""));
        let package = lines.next().unwrap().trim_end_matches('"').replace('-', "_");
        assert!(
            package.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'),
            "{package}"
        );
        let main = fs::read_to_string(folder.join("src/main.rs")).unwrap();
        assert!(
            main.contains(&format!("migrate_cli::main({package}::migrator())\n")),
            "{main}"
        );
        // The member is the folder and no pattern, or this would find another one or none.
        let config = project.transcript(project.command("heads -p").arg(package.replace('_', "-")));
        assert_eq!(config.code, Some(0), "{config}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_whose_name_is_no_text_is_refused() {
    use std::os::unix::ffi::OsStrExt;

    let project = empty();
    let mut command = project.command("init");
    let transcript = project.transcript(command.arg(std::ffi::OsStr::from_bytes(b"\xff")));
    assert_eq!(transcript.code, Some(2), "{transcript}");
    assert!(transcript.stderr.contains("is not UTF-8"), "{transcript}");
    assert!(project.files().is_empty());
}

#[test]
fn a_database_that_is_no_beginning() {
    let project = empty();
    let lines = [
        "init --from-database",
        "init --from-database --database-url sqlite://none.db",
        "init --from-database --template module --database-url sqlite://none.db",
        "init --no-stamp",
    ];
    insta::assert_snapshot!(session(&project, "", &lines), @"
    $ cargo migrate init --from-database
    exit code 2
    --- stderr
    error: no database is configured
    hint: set `DATABASE_URL`, give `--database-url`, or write `database_url` into `migrate.toml`

    $ cargo migrate init --from-database --database-url sqlite://none.db
    exit code 2
    --- stderr
    error: the database has no tables
    hint: `init` without `--from-database` begins with nothing

    $ cargo migrate init --from-database --template module --database-url sqlite://none.db
    exit code 2
    --- stderr
    error: `--from-database` makes a package of its own, by the template `crate`
    hint: in an application: `generate models` writes the models, and `revision --autogenerate` the migration

    $ cargo migrate init --no-stamp
    exit code 2
    --- stderr
    error: the following required arguments were not provided:
      --from-database

    Usage: cargo migrate init --from-database --no-stamp [DIRECTORY]

    For more information, try '--help'.
    ");
    assert!(project.files().is_empty());
}
