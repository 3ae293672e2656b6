//! `cargo migrate` builds the project's own binary, makes sure that it is up to date, and becomes it.

use std::fs;

use migrate_tests::{Project, Transcript};

fn package(name: &str) -> Project {
    Project::package(env!("CARGO_BIN_EXE_fixture-cargo-migrate"), name)
}

fn ours(transcript: Transcript) -> String {
    transcript.without_cargo().to_string()
}

#[test]
fn a_migration_that_lies_on_disk_is_never_overlooked() {
    let project = package("handover-new-file");
    project.line("None", &["a1"]);
    insta::assert_snapshot!(ours(project.run("upgrade head")), @"
    exit code 0
    --- stderr
    Running upgrade  -> a1, a1 (.. ms)
    ");
    project.line("\"a1\"", &["b1"]);
    insta::assert_snapshot!(ours(project.run("upgrade head")), @r#"
    exit code 0
    --- stderr
    warning: cargo had not seen that the migrations changed: `build.rs` is missing: `fn main() { println!("cargo::rerun-if-changed=migrations"); }`
    Running upgrade a1 -> b1, b1 (.. ms)
    "#);
    insta::assert_snapshot!(ours(project.run("upgrade head")), @"
    exit code 0
    --- stderr
    Nothing to do: the database is there already
    ");
    fs::remove_file(project.path().join("migrations/b1.rs")).unwrap();
    insta::assert_snapshot!(ours(project.run("downgrade -1")), @"
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'b1'
    hint: the database has it and the revisions here do not: get the missing revision, or set the table right with `stamp --purge`
    ");
    project.write(
        "other/c1.rs",
        "#[migration(revision = \"c1\", down_revision = \"b1\")]",
    );
    project.line("\"a1\"", &["b1"]);
    project.write(
        "build.rs",
        "fn main() { println!(\"cargo::rerun-if-changed=migrations\"); }",
    );
    let toml = project.read("migrate.toml");
    project.write(
        "migrate.toml",
        format!("script_location = [\"migrations\", \"other\"]\n{toml}"),
    );
    insta::assert_snapshot!(ours(project.run("upgrade head --format json")), @r#"
    exit code 2
    --- stdout
    {
      "error": {
        "kind": "build",
        "message": "the binary `handover-new-file-migrate` does not contain revision c1 (`other/c1.rs`)",
        "hints": [
          "its `migrations!` must name what `script_location` does, which is `migrations`, `other`",
          "`build.rs` needs `println!(\"cargo::rerun-if-changed=migrations\"); println!(\"cargo::rerun-if-changed=other\");`"
        ]
      }
    }
    "#);
}

#[test]
fn the_arguments_the_exit_code_and_the_folder_are_the_binary_s_own() {
    let project = package("handover-mounted");
    project.write(
        "src/main.rs",
        r#"
fn main() -> std::process::ExitCode {
    // As an application that mounts the commands under `db` would have it; `main` reads the process's own words.
    let words: Vec<_> = std::env::args().skip(1).collect();
    if words == ["db", "__ids"] {
        for id in ["a1"] {
            println!("{id}\tmigrations/{id}.rs");
        }
        return std::process::ExitCode::SUCCESS;
    }
    let _ = handover_mounted::migrator;
    println!("{words:?} in {:?}", std::env::current_dir().unwrap().file_name().unwrap());
    std::process::ExitCode::from(77)
}
"#,
    );
    project.line("None", &["a1"]);
    let toml = project
        .read("migrate.toml")
        .replace("mounted-migrate\"", "mounted-migrate db\"");
    project.write("migrate.toml", toml);
    project.write("deep/x", "");
    let mut command = project.command("-q upgrade head --package handover-mounted");
    let transcript = project.transcript(command.current_dir(project.path().join("deep")));
    insta::assert_snapshot!(ours(transcript), @r#"
    exit code 77
    --- stdout
    ["db", "-q", "upgrade", "head"] in "deep"
    "#);
    let mut command = project.command("downgrade -1 -p handover-mounted");
    let transcript = project.transcript(command.current_dir(project.path().join("deep")));
    insta::assert_snapshot!(ours(transcript), @r#"
    exit code 77
    --- stdout
    ["db", "downgrade", "-1"] in "deep"
    "#);
}

#[test]
fn a_build_that_fails_says_what_mends_the_graph() {
    let project = package("handover-failing");
    project.line("None", &["a1", "b1"]);
    project.line("\"a1\"", &["c1"]);
    insta::assert_snapshot!(ours(project.run("upgrade head")), @r#"
    exit code 2
    --- stderr
    error: multiple heads: `b1` in migrations/b1.rs, `c1` in migrations/c1.rs
           hint: join them with `cargo migrate merge heads`, or allow them with `migrations!("migrations", allow_multiple_heads)`
     --> src/lib.rs:1:27
      |
    1 | migrate_core::migrations!("migrations");
      |                           ^^^^^^^^^^^^

    error: could not compile `handover-failing` (lib) due to 1 previous error
    error: the binary `handover-failing-migrate` cannot be built
    hint: the migrations have several heads: b1 (`migrations/b1.rs`), c1 (`migrations/c1.rs`)
    hint: `cargo migrate merge heads` or `cargo migrate rebase` makes them one
    "#);
    project.write("migrate.toml", "bin = \"nothing\"");
    insta::assert_snapshot!(ours(project.run("upgrade head")), @"
    exit code 2
    --- stderr
    error: no bin target named `nothing` in `handover-failing` package
    help: available bin targets:
        handover-failing-migrate
    error: the binary `nothing` cannot be built
    hint: the migrations have several heads: b1 (`migrations/b1.rs`), c1 (`migrations/c1.rs`)
    hint: `cargo migrate merge heads` or `cargo migrate rebase` makes them one
    ");
    fs::remove_file(project.path().join("Cargo.toml")).unwrap();
    insta::assert_snapshot!(ours(project.run("upgrade head")), @"
    exit code 2
    --- stderr
    error: no `Cargo.toml` in `[project]` or above: this command runs compiled migrations
    ");
}
