//! Which project is meant.

use super::{empty, project};
use migrate_tests::{Project, Transcript};

/// A workspace of an application, and of two packages with migrations.
fn workspace() -> Project {
    let workspace = empty();
    workspace.write(
        "Cargo.toml",
        "[workspace]\nmembers = [\"app\", \"crates/*\"]\nexclude = [\"crates/old\"]\n",
    );
    for (folder, id) in [("crates/shop", "shop1"), ("crates/old", "old1")] {
        let name = folder.rsplit('/').next().unwrap();
        workspace.write(
            &format!("{folder}/Cargo.toml"),
            format!("[package]\nname = \"{name}\"\n"),
        );
        workspace.write(&format!("{folder}/migrate.toml"), "");
        workspace.write(
            &format!("{folder}/migrations/{id}.rs"),
            format!("#[migration(revision = \"{id}\", down_revision = None)]"),
        );
    }
    workspace.write("app/Cargo.toml", "[package]\nname = \"app\"\n");
    workspace
}

fn heads(project: &Project, folder: &str, line: &str) -> Transcript {
    let mut command = project.command(line);
    project.transcript(command.current_dir(project.path().join(folder)))
}

#[test]
fn it_is_found_from_any_folder_below_it() {
    let project = project();
    project.line("None", &["a1"]);
    project.write("src/deep/x.rs", "");
    assert_eq!(heads(&project, "src/deep", "heads").stdout, "a1 (head)\n");
    assert_eq!(heads(&project, "migrations", "heads").stdout, "a1 (head)\n");
}

#[test]
fn a_cargo_toml_may_hold_the_configuration() {
    let project = empty();
    project.write(
        "Cargo.toml",
        "[package]\nname = \"x\"\n[package.metadata.migrate]\nscript_location = [\"db\", \"more/db\"]\n",
    );
    project.write(
        "db/a1.rs",
        "#[migration(revision = \"a1\", down_revision = None)]",
    );
    project.write(
        "more/db/b1.rs",
        "#[migration(revision = \"b1\", down_revision = \"a1\")]",
    );
    insta::assert_snapshot!(project.run("show heads"), @"
    exit code 0
    --- stdout
    Rev: b1 (head)
    Parent: a1
    Path: more/db/b1.rs
    ");
}

#[test]
fn the_only_member_of_a_workspace_with_migrations_is_meant() {
    let workspace = workspace();
    for folder in ["", "app", "crates/shop"] {
        assert_eq!(
            heads(&workspace, folder, "heads").stdout,
            "shop1 (head)\n",
            "{folder}"
        );
    }
}

#[test]
fn of_several_members_one_has_to_be_named() {
    let workspace = workspace();
    workspace.write("app/migrate.toml", "");
    workspace.write(
        "app/migrations/app1.rs",
        "#[migration(revision = \"app1\", down_revision = None)]",
    );
    insta::assert_snapshot!(workspace.session(&["heads", "heads -p app", "-p shop heads", "heads -p nobody", "heads -p old", "-c app/migrate.toml heads -p shop"]), @"
    $ cargo migrate heads
    exit code 2
    --- stderr
    error: several packages of this workspace have migrations
    hint: say which one is meant: `-p app`, `-p shop`

    $ cargo migrate heads -p app
    exit code 0
    --- stdout
    app1 (head)

    $ cargo migrate -p shop heads
    exit code 0
    --- stdout
    shop1 (head)

    $ cargo migrate heads -p nobody
    exit code 2
    --- stderr
    error: there is no package `nobody` in this workspace
    hint: the packages with migrations are `app`, `shop`

    $ cargo migrate heads -p old
    exit code 2
    --- stderr
    error: there is no package `old` in this workspace
    hint: the packages with migrations are `app`, `shop`

    $ cargo migrate -c app/migrate.toml heads -p shop
    exit code 2
    --- stderr
    error: `-c` and `-p` both say which project is meant
    ");
    assert_eq!(heads(&workspace, "app", "heads").stdout, "app1 (head)\n");
    assert_eq!(heads(&workspace, "app", "heads -p shop").stdout, "shop1 (head)\n");
}

#[test]
fn without_a_project_the_error_says_how_to_begin_one() {
    insta::assert_snapshot!(empty().run("heads"), @"
    exit code 2
    --- stderr
    error: no `migrate.toml` and no `[package.metadata.migrate]` in `[project]` or above
    hint: `cargo migrate init` begins one; `-c FILE` names the configuration of one that lies elsewhere
    ");
    let project = empty();
    project.write("migrate.toml", "");
    insta::assert_snapshot!(project.run("heads"), @"
    exit code 2
    --- stderr
    error: Path doesn't exist: [project]/migrations.  Please use the 'init' command to create a new scripts folder.
    ");
}

#[test]
fn a_flag_and_a_variable_name_the_configuration() {
    let project = project();
    project.line("None", &["a1"]);
    project.write("other/migrate.toml", "script_location = \"../migrations\"");
    let here = empty();
    let config = project.path().join("other/migrate.toml");
    let run = |command: &mut std::process::Command| here.transcript(command).stdout;
    let flag = format!("-c {} heads", config.display());
    assert_eq!(run(&mut here.command(&flag)), "a1 (head)\n");
    assert_eq!(
        run(here.command("heads").env("MIGRATE_CONFIG", config)),
        "a1 (head)\n"
    );
}

#[test]
fn a_table_of_the_configuration_is_a_project_of_its_own() {
    let project = empty();
    let table = |name: &str| {
        format!("[{name}]\nscript_location = \"{name}\"\ndatabase_url = \"sqlite://{name}.db\"\n")
    };
    project.write("migrate.toml", ["users", "stock"].map(table).concat());
    project.write(
        "users/u1.rs",
        "#[migration(revision = \"u1\", down_revision = None)]",
    );
    project.write(
        "stock/s1.rs",
        "#[migration(revision = \"s1\", down_revision = None)]",
    );
    insta::assert_snapshot!(
        project.session(&["heads", "-n users heads", "-n stock stamp head", "-n stock current", "-n users current", "-n carts heads"]),
        @"
    $ cargo migrate heads
    exit code 2
    --- stderr
    error: `[project]/migrate.toml` holds several sets of migrations: `stock`, `users`
    hint: say which one is meant: `-n stock`, `-n users`

    $ cargo migrate -n users heads
    exit code 0
    --- stdout
    u1 (head)

    $ cargo migrate -n stock stamp head
    exit code 0
    --- stderr
    Running stamp_revision  -> s1 (.. ms)

    $ cargo migrate -n stock current
    exit code 0
    --- stdout
    s1 (head)

    $ cargo migrate -n users current
    exit code 0

    $ cargo migrate -n carts heads
    exit code 2
    --- stderr
    error: `[project]/migrate.toml` has no table `[carts]`
    hint: there are `stock`, `users`
    "
    );
}
