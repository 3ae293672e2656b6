//! How files are written: when, where, whole or not at all, and how fast.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

use super::{NOON, at_noon, project, refused, session, without_hooks};

#[test]
fn the_date_is_that_of_the_project_s_time_zone() {
    let zones = ["UTC", "Europe/Berlin", "asia/tokyo", "local"];
    let shown: String = zones
        .iter()
        .map(|zone| {
            let project = without_hooks();
            project.write(
                "migrate.toml",
                format!("post_write_hooks = []\ntimezone = \"{zone}\"\nfile_template = \"{{year}}/{{rev}}_{{hour}}\"\n"),
            );
            let mut command = at_noon(&project, "revision --rev-id a1");
            let path = project.transcript(command.env("TZ", "America/New_York")).stdout;
            let text = project.read(path.trim());
            format!("{zone}: {} {}\n", path.trim(), text.lines().nth(4).unwrap())
        })
        .collect();
    insta::assert_snapshot!(shown, @"
    UTC: migrations/2026/a1_12.rs //! Create Date: 2026-11-20 12:00:00 UTC
    Europe/Berlin: migrations/2026/a1_13.rs //! Create Date: 2026-11-20 13:00:00 +01:00
    asia/tokyo: migrations/2026/a1_21.rs //! Create Date: 2026-11-20 21:00:00 +09:00
    local: migrations/2026/a1_07.rs //! Create Date: 2026-11-20 07:00:00 -05:00
    ");
}

#[test]
fn a_time_zone_or_a_time_that_is_none_is_refused() {
    let project = without_hooks();
    let mut command = project.command("revision -m x");
    insta::assert_snapshot!(refused(&project, command.env("SOURCE_DATE_EPOCH", "noon")), @"
    exit code 2
    --- stderr
    error: `SOURCE_DATE_EPOCH` is `noon`, which is no time: it takes seconds since 1970
    ");
    project.write("migrate.toml", "timezone = \"Europe/Berln\"");
    insta::assert_snapshot!(refused(&project, &mut project.command("revision -m x")), @"
    exit code 2
    --- stderr
    error: Can't locate timezone: Europe/Berln
    hint: did you mean `Europe/Berlin`?
    ");
}

#[test]
fn the_file_s_name_follows_the_configuration() {
    let project = without_hooks();
    project.write(
        "migrate.toml",
        "post_write_hooks = []\nfile_template = \"{year}/{month}-{day}/{slug}_{rev}\"\ntruncate_slug_length = 10\n",
    );
    let mut command = at_noon(&project, "revision --rev-id a1 -m");
    insta::assert_snapshot!(project.transcript(command.arg("Create the users table")), @"
    exit code 0
    --- stdout
    migrations/2026/11-20/create__a1.rs
    --- stderr
    Generating migrations/2026/11-20/create__a1.rs ... done
    ");
    insta::assert_snapshot!(session(&project, &["revision --rev-id a2", "history", "show a2"]), @"
    $ cargo migrate revision --rev-id a2
    exit code 0
    --- stdout
    migrations/2026/11-20/a2.rs
    --- stderr
    Generating migrations/2026/11-20/a2.rs ... done

    $ cargo migrate history
    exit code 0
    --- stdout
    a1 -> a2 (head), empty message
    <base> -> a1, Create the users table

    $ cargo migrate show a2
    exit code 0
    --- stdout
    Rev: a2 (head)
    Parent: a1
    Path: migrations/2026/11-20/a2.rs

        empty message
        
        Revision ID: a2
        Revises: a1
        Create Date: 2026-11-20 12:00:00 UTC
    ");
}

#[test]
fn a_project_s_own_binary_writes_into_the_project_that_it_is_called_in() {
    let project = without_hooks();
    project.line("None", &["a1"]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_fixture-migrate"));
    command
        .args(["revision", "--rev-id", "b1"])
        .current_dir(project.path());
    command.env("FIXTURE", "chain").env("SOURCE_DATE_EPOCH", NOON);
    insta::assert_snapshot!(project.transcript(&mut command), @"
    exit code 0
    --- stdout
    migrations/20261120_1200_b1.rs
    --- stderr
    Generating migrations/20261120_1200_b1.rs ... done
    ");
    assert_eq!(project.run("heads").stdout, "b1 (head)\n");
}

#[test]
fn a_file_that_is_there_is_not_replaced() {
    let project = without_hooks();
    project.write("migrate.toml", "file_template = \"{slug}\"");
    project.write("migrations/users.rs", "//! a helper that has the name");
    insta::assert_snapshot!(refused(&project, &mut at_noon(&project, "revision --rev-id a1 -m users")), @"
    exit code 3
    --- stderr
    Generating migrations/users.rs ...
    error: `[project]/migrations/users.rs` is there already
    ");
}

#[test]
fn of_two_at_once_with_the_same_id_one_wins() {
    for _ in 0..8 {
        let project = without_hooks();
        let mut command = at_noon(&project, "revision --rev-id a1 -m users");
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut both = [command.spawn().unwrap(), command.spawn().unwrap()];
        let codes = both.each_mut().map(|child| child.wait().unwrap().code().unwrap());
        assert!(
            codes.contains(&0) && codes.iter().any(|code| *code != 0),
            "{codes:?}"
        );
        assert_eq!(
            fs::read_dir(project.path().join("migrations")).unwrap().count(),
            1
        );
        assert_eq!(project.run("heads").stdout, "a1 (head)\n");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_is_named() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let project = without_hooks();
    let migrations = project.path().join("migrations");
    fs::set_permissions(project.path(), PermissionsExt::from_mode(0o755)).unwrap();
    fs::set_permissions(&migrations, PermissionsExt::from_mode(0o555)).unwrap();
    let mut command = at_noon(&project, "revision --rev-id a1");
    // Root may write everywhere: then it is somebody else who tries.
    if fs::write(migrations.join(".root"), "").is_ok() {
        fs::remove_file(migrations.join(".root")).unwrap();
        command.uid(65534);
    }
    insta::assert_snapshot!(refused(&project, &mut command), @"
    exit code 3
    --- stderr
    Generating migrations/20261120_1200_a1.rs ...
    error: cannot write `[project]/migrations/20261120_1200_a1.rs`: permission denied
    ");
}

#[test]
fn beside_a_thousand_revisions_a_new_one_is_there_at_once() {
    let project = project();
    project.write("migrate.toml", "post_write_hooks = []\n");
    let ids: Vec<String> = (0..1000).map(|index| format!("r{index:04}")).collect();
    project.line("None", &ids.iter().map(String::as_str).collect::<Vec<_>>());
    let started = Instant::now();
    let transcript = project.run("revision -m users --rev-id z1");
    let took = started.elapsed();
    assert_eq!(transcript.code, Some(0), "{transcript}");
    // Ten times what it takes, for a busy machine and an unoptimised build.
    assert!(took.as_millis() < 1000, "{took:?}");
}
