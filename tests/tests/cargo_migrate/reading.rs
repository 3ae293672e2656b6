//! The commands that read sources: what they print, and that a project need not compile for it.

use super::project;
use migrate_tests::Project;

/// A branch, its merge, a label, and a file whose body is no Rust.
fn merged() -> Project {
    let project = project();
    project.line("None", &["a1"]);
    project.migration(
        "b1",
        r#"revision = "b1", down_revision = "a1", branch_labels = ["left"]"#,
    );
    project.write(
        "migrations/c1_half_done.rs",
        "//! half done\n\n#[migration(revision = \"c1\", down_revision = \"a1\")]\npub fn upgrade(op: &mut Op) {\n<<<<<<< HEAD\n    op.add_(;\n",
    );
    project.migration("d1", r#"revision = "d1", down_revision = ["b1", "c1"]"#);
    project
}

#[test]
fn the_graph_is_read_from_files_that_do_not_compile() {
    let project = merged();
    insta::assert_snapshot!(project.session(&["history", "heads", "branches", "show c1", "show d1 --format json"]), @r#"
    $ cargo migrate history
    exit code 0
    --- stdout
    b1, c1 -> d1 (left) (head) (mergepoint), d1
    a1 -> c1, half done
    a1 -> b1 (left), b1
    <base> -> a1 (branchpoint), a1

    $ cargo migrate heads
    exit code 0
    --- stdout
    d1 (left) (head)

    $ cargo migrate branches
    exit code 0
    --- stdout
    a1 (branchpoint)
       -> b1 (left)
       -> c1

    $ cargo migrate show c1
    exit code 0
    --- stdout
    Rev: c1
    Parent: a1
    Path: migrations/c1_half_done.rs

        half done

    $ cargo migrate show d1 --format json
    exit code 0
    --- stdout
    [
      {
        "revision": "d1",
        "down_revisions": [
          "b1",
          "c1"
        ],
        "depends_on": [],
        "branch_labels": [
          "left"
        ],
        "message": "d1",
        "path": "migrations/d1.rs",
        "is_head": true,
        "is_base": false,
        "is_branch_point": false,
        "is_merge_point": true
      }
    ]
    "#);
}

#[test]
fn the_database_is_stamped_planned_and_asked_without_compiling() {
    let project = merged();
    insta::assert_snapshot!(project.session(&[
        "upgrade head --plan",
        "stamp b1",
        "current",
        "upgrade head --plan",
        "downgrade base --plan --format json",
        "stamp head --plan",
        "stamp b1 --sql",
        "ensure-version --sql",
        "history -i",
    ]), @r#"
    $ cargo migrate upgrade head --plan
    exit code 0
    --- stdout
    upgrade <base> -> a1, a1
        insert a1
    upgrade a1 -> b1, b1
        update a1 to b1
    upgrade a1 -> c1, half done
        insert c1
    upgrade b1, c1 -> d1, d1
        delete c1
        update b1 to d1

    $ cargo migrate stamp b1
    exit code 0
    --- stderr
    Running stamp_revision  -> b1 (.. ms)

    $ cargo migrate current
    exit code 0
    --- stdout
    b1

    $ cargo migrate upgrade head --plan
    exit code 0
    --- stdout
    upgrade a1 -> c1, half done
        insert c1
    upgrade b1, c1 -> d1, d1
        delete c1
        update b1 to d1

    $ cargo migrate downgrade base --plan --format json
    exit code 0
    --- stdout
    {
      "from": [
        "b1"
      ],
      "to": [],
      "steps": [
        {
          "direction": "downgrade",
          "revision": "b1",
          "message": "b1",
          "version_rows": [
            {
              "op": "update",
              "from": "b1",
              "to": "a1"
            }
          ],
          "heads_after": [
            "a1"
          ]
        },
        {
          "direction": "downgrade",
          "revision": "a1",
          "message": "a1",
          "version_rows": [
            {
              "op": "delete",
              "from": "a1",
              "to": null
            }
          ],
          "heads_after": []
        }
      ]
    }

    $ cargo migrate stamp head --plan
    exit code 0
    --- stdout
    stamp d1
        update b1 to d1

    $ cargo migrate stamp b1 --sql
    exit code 0
    --- stdout
    -- For SQLite, to be run by sqlite3

    .bail on

    PRAGMA foreign_keys = ON;

    BEGIN IMMEDIATE;

    CREATE TABLE IF NOT EXISTS "alembic_version" (
        version_num VARCHAR(32) NOT NULL,
        CONSTRAINT "alembic_version_pkc" PRIMARY KEY (version_num)
    );

    CREATE TABLE temp.migrate_guard (ok CONSTRAINT "this script starts from base, and the database is not there" CHECK (ok));

    INSERT INTO temp.migrate_guard VALUES ((SELECT count(*) FROM "alembic_version") = 0);

    DROP TABLE temp.migrate_guard;

    -- Running stamp_revision  -> b1

    INSERT INTO "alembic_version" (version_num) VALUES ('b1');

    COMMIT;

    $ cargo migrate ensure-version --sql
    exit code 0
    --- stdout
    -- For SQLite, to be run by sqlite3

    .bail on

    PRAGMA foreign_keys = ON;

    CREATE TABLE IF NOT EXISTS "alembic_version" (
        version_num VARCHAR(32) NOT NULL,
        CONSTRAINT "alembic_version_pkc" PRIMARY KEY (version_num)
    );

    $ cargo migrate history -i
    exit code 0
    --- stdout
    b1, c1 -> d1 (left) (head) (mergepoint), d1
    a1 -> c1, half done
    a1 -> b1 (left) (current), b1
    <base> -> a1 (branchpoint), a1
    "#);
}

#[test]
fn several_heads_are_listed_and_not_an_error() {
    let project = project();
    project.line("None", &["a1", "b1"]);
    project.line("\"a1\"", &["c1"]);
    insta::assert_snapshot!(project.session(&["heads", "upgrade head --plan --from base"]), @"
    $ cargo migrate heads
    exit code 0
    --- stdout
    b1 (head)
    c1 (head)

    $ cargo migrate upgrade head --plan --from base
    exit code 2
    --- stderr
    error: Multiple head revisions are present for given argument 'head'; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads
    hint: the heads are b1, c1
    hint: name one of them, or `LABEL@head`; or take all with `heads`
    ");
}

#[test]
fn a_project_without_migrations_has_nothing_to_list() {
    let project = project();
    insta::assert_snapshot!(project.session(&["history", "heads", "current", "upgrade heads --plan"]), @"
    $ cargo migrate history
    exit code 0

    $ cargo migrate heads
    exit code 0

    $ cargo migrate current
    exit code 0

    $ cargo migrate upgrade heads --plan
    exit code 0
    --- stderr
    Nothing to do: the database is there already
    ");
}

#[test]
fn every_problem_of_the_sources_is_told_at_once_at_its_place() {
    let project = project();
    project.line("None", &["a1", "b1"]);
    project.migration("c1", "revision = \"c1\"");
    project.write("migrations/d1.rs", "/* never closed\n");
    insta::assert_snapshot!(project.run("heads"), @r#"
    exit code 2
    --- stderr
    error: migrations/c1.rs:5:1: `down_revision` is missing: it takes `None` (for a first revision), `"ID"` or `["ID", "ID"]`
    migrations/d1.rs:1:1: this comment is never closed
    "#);
    project.migration("c1", r#"revision = "c1", down_revision = "a2""#);
    project.migration("d1", r#"revision = "b1", down_revision = "b1""#);
    insta::assert_snapshot!(project.run("heads"), @"
    exit code 2
    --- stderr
    error: migrations/c1.rs:5:46: Revision a2 referenced from c1 is not present
    migrations/d1.rs:5:24: Revision b1 is present more than once
    migrations/d1.rs:5:46: Self-loop is detected in revisions (b1)
    hint: migrations/c1.rs:5:46: did you mean `a1`?
    hint: migrations/d1.rs:5:24: `migrations/b1.rs` has this id too; give one of them another
    ");
    insta::assert_snapshot!(project.run("heads --format json"), @r#"
    exit code 2
    --- stdout
    {
      "error": {
        "kind": "graph",
        "message": "migrations/c1.rs:5:46: Revision a2 referenced from c1 is not present\nmigrations/d1.rs:5:24: Revision b1 is present more than once\nmigrations/d1.rs:5:46: Self-loop is detected in revisions (b1)",
        "hints": [
          "migrations/c1.rs:5:46: did you mean `a1`?",
          "migrations/d1.rs:5:24: `migrations/b1.rs` has this id too; give one of them another"
        ]
      }
    }
    "#);
}

#[test]
fn what_a_file_says_cannot_steer_the_terminal() {
    let project = project();
    project.write(
        "migrations/a1.rs",
        "//! red \u{1b}[31m and back \u{202e}ward\n//! \u{9b}2J\n\n#[migration(revision = \"a1\", down_revision = None)]\npub fn upgrade(op: &mut Op) {}\n",
    );
    insta::assert_snapshot!(project.session(&["history", "history -v"]), @r"
    $ cargo migrate history
    exit code 0
    --- stdout
    <base> -> a1 (head), red \u{1b}[31m and back \u{202e}ward

    $ cargo migrate history -v
    exit code 0
    --- stdout
    Rev: a1 (head)
    Parent: <base>
    Path: migrations/a1.rs

        red \u{1b}[31m and back \u{202e}ward
        \u{9b}2J
    ");
}

#[cfg(unix)]
#[test]
fn sources_that_mislead_are_refused_at_their_place_and_odd_but_good_ones_are_read() {
    let project = project();
    project.line("None", &["a1"]);
    project.write(
        "migrations/b1.rs",
        "\u{feff}//! from Windows\r\n\r\n#[migration(revision = \"b1\", down_revision = \"a1\")]\r\npub fn upgrade() { if { \r\n",
    );
    insta::assert_snapshot!(project.run("history"), @"
    exit code 0
    --- stdout
    a1 -> b1 (head), from Windows
    <base> -> a1, a1
    ");
    project.write(
        "migrations/c1.rs",
        "//! c1\n\n#[migration(revision = \"c1\", down_revision = \"b1\"]\npub fn upgrade() {}\n",
    );
    project.write("migrations/d1.rs", "macro_rules! m {\n    () => { #[migration(revision = \"d1\", down_revision = \"b1\")] pub fn upgrade() {} };\n}\nm!();\n");
    project.write(
        "migrations/e1.rs",
        "#[cfg_attr(all(), migration(revision = \"e1\", down_revision = \"b1\"))]\npub fn upgrade() {}\n",
    );
    project.write(
        "migrations/f1.rs",
        b"#[migration(revision = \"f1\", down_revision = None)]\npub fn caf\xe9() {}\n",
    );
    project.write(
        "migrations/g.rs/g1.rs",
        "#[migration(revision = \"g1\", down_revision = None)]\npub fn upgrade() {}\n",
    );
    project.write(
        "migrations/h\n1.rs",
        "#[migration(revision = \"h1\", down_revision = None)]\npub fn upgrade() {}\n",
    );
    std::os::unix::fs::symlink("/dev/zero", project.path().join("migrations/i1.rs")).unwrap();
    insta::assert_snapshot!(project.run("heads"), @r"
    exit code 2
    --- stderr
    error: migrations/c1.rs:3:12: this `(` is never closed
    migrations/d1.rs:2:13: this `#[migration]` does not stand at the root of its file, so no command finds it: write it outside of modules, macros and functions, and close every bracket above it
    migrations/e1.rs:1:1: has a migration behind `cfg_attr`, which is there in some builds only: write `#[migration(...)]` alone
    migrations/f1.rs:2:11: is not UTF-8
    migrations/g.rs: is a folder with the name of a source file: rename it, or make a file of it
    migrations/h\n1.rs: its name has the character U+000A, which does not show itself: rename it
    migrations/i1.rs: is a symbolic link to `/dev/zero`, outside of the folder of migrations, where another hand could change it: put the file itself here
    ");
}

#[test]
fn a_conflict_that_git_left_in_an_attribute_is_told_as_one() {
    let project = project();
    project.line("None", &["a1", "b1"]);
    project.write(
        "migrations/c1.rs",
        "//! c1\n\n#[migration(\n    revision = \"c1\",\n<<<<<<< HEAD\n    down_revision = \"b1\",\n=======\n    \
         down_revision = \"a1\",\n>>>>>>> feature\n)]\npub fn upgrade(op: &mut Op) {}\n",
    );
    insta::assert_snapshot!(project.run("heads"), @"
    exit code 2
    --- stderr
    error: migrations/c1.rs:5:1: a merge conflict is not resolved here: keep what is meant, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`
    ");
}

#[test]
fn a_folder_of_migrations_inside_another_is_read_once() {
    let project = project();
    project.write(
        "migrate.toml",
        "script_location = [\"migrations\", \"migrations/cart\"]\npost_write_hooks = []\nfile_template = \"{rev}\"\n",
    );
    project.line("None", &["a1"]);
    project.write(
        "migrations/cart/c1.rs",
        "#[migration(revision = \"c1\", down_revision = \"a1\")]\npub fn upgrade(op: &mut Op) {}\n",
    );
    project.write("migrations/cart/d1.rs", "/* never closed\n");
    insta::assert_snapshot!(project.run("heads"), @"
    exit code 2
    --- stderr
    error: migrations/cart/d1.rs:1:1: this comment is never closed
    ");
    std::fs::remove_file(project.path().join("migrations/cart/d1.rs")).unwrap();
    insta::assert_snapshot!(project.session(&["heads -v", "revision --rev-id d1 --head c1 -q", "heads"]), @"
    $ cargo migrate heads -v
    exit code 0
    --- stdout
    Rev: c1 (head)
    Parent: a1
    Path: migrations/cart/c1.rs

    $ cargo migrate revision --rev-id d1 --head c1 -q
    exit code 0
    --- stdout
    migrations/cart/d1.rs

    $ cargo migrate heads
    exit code 0
    --- stdout
    d1 (head)
    ");
}

#[test]
fn a_file_beside_the_crate_is_named_from_there() {
    let project = project();
    project.write(
        "app/migrate.toml",
        "script_location = [\"migrations\", \"../lib/migrations\"]\n",
    );
    for (path, id) in [("app/migrations", "a1"), ("lib/migrations", "l1")] {
        let text =
            format!("#[migration(revision = \"{id}\", down_revision = None)]\npub fn upgrade() {{}}\n");
        project.write(&format!("{path}/{id}.rs"), text);
    }
    insta::assert_snapshot!(project.run("-c app/migrate.toml heads -v"), @"
    exit code 0
    --- stdout
    Rev: a1 (head)
    Parent: <base>
    Path: migrations/a1.rs


    Rev: l1 (head)
    Parent: <base>
    Path: ../lib/migrations/l1.rs
    ");
}

#[cfg(target_os = "linux")]
#[test]
fn an_error_that_stdout_does_not_take_is_told_on_stderr() {
    let project = project();
    project.line("None", &["a1"]);
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = project.command("heads --format json");
    let output = command.stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.starts_with("error: cannot write to stdout: "), "{told}");
}

#[cfg(target_os = "linux")]
#[test]
fn in_a_folder_that_was_removed_it_is_said_that_there_is_none() {
    let project = project();
    let program = project.command("heads").get_program().to_owned();
    let line = "mkdir gone && cd gone && rmdir ../gone && exec \"$0\" migrate heads";
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", line]).arg(program).current_dir(project.path());
    insta::assert_snapshot!(project.transcript(&mut shell), @"
    exit code 2
    --- stderr
    error: there is no current folder: it was removed, or may not be read
    hint: go to a folder that is there, or name the configuration with `-c FILE`
    ");
}
