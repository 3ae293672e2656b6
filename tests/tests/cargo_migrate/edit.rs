//! `edit`: which files it opens, and what it says about them afterwards.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::project;
use migrate_tests::{Project, Transcript};

/// A project with a branch, and an editor that writes its arguments to stdout, and then a text into the first file.
fn with_editor() -> Project {
    let project = project();
    project.line("None", &["a100", "b100"]);
    project.migration(
        "c100",
        r#"revision = "c100", down_revision = "a100", branch_labels = ["carts"]"#,
    );
    project.write(
        "my-editor",
        "#!/bin/sh\nprintf '[%s]\\n' \"$@\"\nfor file; do :; done\ntest -z \"$TEXT\" || printf '%s' \"$TEXT\" > \"$file\"\n",
    );
    let editor = project.path().join("my-editor");
    fs::set_permissions(editor, fs::Permissions::from_mode(0o755)).unwrap();
    project
}

fn edit(project: &Project, line: &str, variables: &[(&str, &str)]) -> Transcript {
    let mut command = project.command(line);
    command.envs(variables.iter().copied());
    project.transcript(&mut command)
}

#[test]
fn the_files_are_opened_at_once() {
    let project = with_editor();
    let run = |line: &str| edit(&project, line, &[("EDITOR", "./my-editor --wait 'two words'")]).to_string();
    insta::assert_snapshot!(run("edit heads"), @"
    exit code 0
    --- stdout
    [--wait]
    [two words]
    [[project]/migrations/b100.rs]
    [[project]/migrations/c100.rs]
    ");
    insta::assert_snapshot!(run("edit carts"), @"
    exit code 0
    --- stdout
    [--wait]
    [two words]
    [[project]/migrations/c100.rs]
    ");
    insta::assert_snapshot!(run("edit a1"), @"
    exit code 0
    --- stdout
    [--wait]
    [two words]
    [[project]/migrations/a100.rs]
    ");
    project.migration("d100", r#"revision = "d100", down_revision = ["b100", "c100"]"#);
    insta::assert_snapshot!(run("edit head"), @"
    exit code 0
    --- stdout
    [--wait]
    [two words]
    [[project]/migrations/d100.rs]
    ");
    assert_eq!(project.run("stamp c100 b100").code, Some(0));
    insta::assert_snapshot!(run("edit current"), @"
    exit code 0
    --- stdout
    [--wait]
    [two words]
    [[project]/migrations/b100.rs]
    [[project]/migrations/c100.rs]
    ");
}

#[test]
fn what_means_no_file_is_refused_in_alembic_s_words() {
    let project = with_editor();
    insta::assert_snapshot!(project.session(&["edit base", "edit current", "edit nowhere"]), @"
    $ cargo migrate edit base
    exit code 2
    --- stderr
    error: No revision files indicated by symbol 'base'

    $ cargo migrate edit current
    exit code 2
    --- stderr
    error: No current revisions

    $ cargo migrate edit nowhere
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'nowhere'
    hint: `history` lists all revisions
    ");
}

#[test]
fn what_is_wrong_afterwards_is_said() {
    let project = with_editor();
    let edit = |text: &str| {
        edit(
            &project,
            "edit b100",
            &[("EDITOR", "./my-editor"), ("TEXT", text)],
        )
        .stderr
    };
    insta::assert_snapshot!(edit("#[migration(revision = \"b100\", down_revision = \"a100\")]\nfn upgrade( {"), @"");
    insta::assert_snapshot!(edit("#[migration(revision = \"b100\", down_revision = \"z100\")]"), @"
    warning: migrations/b100.rs:1:48: Revision z100 referenced from b100 is not present
    did you mean `a100`?
    ");
    project.line("None", &["a100", "b100"]);
    insta::assert_snapshot!(edit("#[migration(revision = b100)]"), @r#"
    warning: migrations/b100.rs:1:1: `down_revision` is missing: it takes `None` (for a first revision), `"ID"` or `["ID", "ID"]`
    migrations/b100.rs:1:24: `revision` takes a string, such as `"1f3c5b7d9e2a"`
    "#);
}

#[test]
fn an_editor_that_cannot_be_used() {
    let project = with_editor();
    let run = |variables: &[(&str, &str)]| edit(&project, "edit a100", variables).to_string();
    insta::assert_snapshot!(run(&[("EDITOR", "./nowhere --wait")]), @"
    exit code 2
    --- stderr
    error: Error executing editor (No such file or directory (os error 2): `./nowhere`)
    ");
    insta::assert_snapshot!(run(&[("EDITOR", "vim 'x")]), @"
    exit code 2
    --- stderr
    error: Error executing editor (`EDITOR` cannot be read: missing closing quote): vim 'x
    ");
    insta::assert_snapshot!(run(&[("EDITOR", ""), ("VISUAL", "false")]), @"
    exit code 3
    --- stderr
    error: Error executing editor (`false` ended with exit status: 1)
    ");
    insta::assert_snapshot!(run(&[("PATH", "")]), @r#"
    exit code 2
    --- stderr
    error: Error executing editor (No suitable editor found. Please set the "EDITOR" or "VISUAL" environment variables)
    "#);
}
