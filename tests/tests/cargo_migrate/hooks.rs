//! What runs after a file is written.

use super::{at_noon, project};
use migrate_tests::Project;

const LINE: &str = "revision -m users --rev-id a1";

fn with_hooks(hooks: &str) -> Project {
    let project = project();
    project.write("migrate.toml", format!("post_write_hooks = {hooks}\n"));
    project
}

fn run(project: &Project) -> String {
    project.transcript(&mut at_noon(project, LINE)).to_string()
}

#[test]
fn rustfmt_runs_unless_something_else_is_said() {
    let project = project();
    insta::assert_snapshot!(run(&project), @"
    exit code 0
    --- stdout
    migrations/20261120_1200_a1_users.rs
    --- stderr
    Generating migrations/20261120_1200_a1_users.rs ... done
    Running post write hook 'rustfmt' ... done
    ");
    insta::assert_snapshot!(run(&with_hooks("[]")), @"
    exit code 0
    --- stdout
    migrations/20261120_1200_a1_users.rs
    --- stderr
    Generating migrations/20261120_1200_a1_users.rs ... done
    ");
}

#[test]
fn rustfmt_is_missed_with_a_warning_only() {
    let project = project();
    let folder = project.path().join("no programs");
    insta::assert_snapshot!(project.transcript(at_noon(&project, LINE).env("PATH", folder)), @"
    exit code 0
    --- stdout
    migrations/20261120_1200_a1_users.rs
    --- stderr
    Generating migrations/20261120_1200_a1_users.rs ... done
    Running post write hook 'rustfmt' ...
    warning: cannot run post write hook 'rustfmt': No such file or directory (os error 2)
    ");
    assert!(
        project
            .path()
            .join("migrations/20261120_1200_a1_users.rs")
            .exists()
    );
}

#[test]
fn what_rustfmt_would_write_is_what_is_written() {
    let project = with_hooks("[[\"rustfmt\", \"--edition\", \"2024\", \"--check\"]]");
    for line in [
        "revision --rev-id 0a2b4c6d8e1f0a2b4c6d8e1f0a2b4c6d",
        "revision --rev-id 1a2b4c6d8e1f0a2b4c6d8e1f0a2b4c6d -m users",
        "revision --rev-id b1 --branch-label cart --branch-label shop",
        "revision --rev-id c1 --head base",
        "merge heads --rev-id d1",
        "revision --rev-id e1 --depends-on b1",
    ] {
        let transcript = project.transcript(&mut at_noon(&project, line));
        assert_eq!(transcript.code, Some(0), "{line}: {transcript}");
    }
}

#[cfg(unix)]
#[test]
fn hooks_run_in_the_project_s_folder_with_their_words_as_they_are() {
    let project = with_hooks(
        r#"[["sh", "-c", "pwd; printf '%s\\n' \"$@\"", "$(id)", "a b", "`id` 'x' \"y\" ; *"], ["./own hook", "--file={file}"]]"#,
    );
    project.write("own hook", "#!/bin/sh\necho \"own: $*\" >&2\n");
    std::fs::set_permissions(
        project.path().join("own hook"),
        std::os::unix::fs::PermissionsExt::from_mode(0o755),
    )
    .unwrap();
    let mut command = at_noon(&project, LINE);
    let transcript = project.transcript(command.current_dir(project.path().join("migrations")));
    insta::assert_snapshot!(transcript, @r#"
    exit code 0
    --- stdout
    20261120_1200_a1_users.rs
    --- stderr
    Generating 20261120_1200_a1_users.rs ... done
    Running post write hook 'sh' ... done
    [project]
    a b
    `id` 'x' "y" ; *
    [project]/migrations/20261120_1200_a1_users.rs
    Running post write hook './own hook' ... done
    own: --file=[project]/migrations/20261120_1200_a1_users.rs
    "#);
}

#[cfg(unix)]
#[test]
fn a_project_in_a_folder_with_blanks_quotes_and_dashes_has_hooks() {
    let project = super::empty();
    let folder = "-a b'\"$(touch x)";
    project.write(
        &format!("{folder}/migrate.toml"),
        "post_write_hooks = [[\"sh\", \"-c\", \"test -f \\\"$0\\\"\"], [\"rustfmt\"]]",
    );
    project.write(&format!("{folder}/migrations/notes.txt"), "");
    let mut command = at_noon(&project, LINE);
    insta::assert_snapshot!(project.transcript(command.current_dir(project.path().join(folder))), @"
    exit code 0
    --- stdout
    migrations/20261120_1200_a1_users.rs
    --- stderr
    Generating migrations/20261120_1200_a1_users.rs ... done
    Running post write hook 'sh' ... done
    Running post write hook 'rustfmt' ... done
    ");
    assert!(!project.path().join("x").exists() && !project.path().join(folder).join("x").exists());
}

#[cfg(unix)]
#[test]
fn a_hook_that_fails_or_is_missing_is_an_error_and_the_file_stays() {
    let hooks = [
        r#"[["sh", "-c", "echo said; echo wrong >&2; exit 3"], ["sh", "-c", "exit 4"]]"#,
        r#"[["no-such-program", "x"]]"#,
        r#"[["sh", "-c", "kill -9 $$"]]"#,
        r#"[["sh", "-c", "echo '#[migration(revision = 1)]' > \"$0\""]]"#,
    ];
    let shown = hooks.map(|hooks| {
        let project = with_hooks(hooks);
        let transcript = run(&project);
        assert!(
            project
                .path()
                .join("migrations/20261120_1200_a1_users.rs")
                .exists()
        );
        format!("{hooks}\n{transcript}")
    });
    insta::assert_snapshot!(shown.join("\n"), @r#"
    [["sh", "-c", "echo said; echo wrong >&2; exit 3"], ["sh", "-c", "exit 4"]]
    exit code 3
    --- stderr
    Generating migrations/20261120_1200_a1_users.rs ... done
    Running post write hook 'sh' ...
    error: post write hook 'sh' failed: exit status: 3
    said
    wrong
    hint: `migrations/20261120_1200_a1_users.rs` is written, and stays

    [["no-such-program", "x"]]
    exit code 3
    --- stderr
    Generating migrations/20261120_1200_a1_users.rs ... done
    Running post write hook 'no-such-program' ...
    error: cannot run post write hook 'no-such-program': No such file or directory (os error 2)
    hint: `migrations/20261120_1200_a1_users.rs` is written, and stays

    [["sh", "-c", "kill -9 $$"]]
    exit code 3
    --- stderr
    Generating migrations/20261120_1200_a1_users.rs ... done
    Running post write hook 'sh' ...
    error: post write hook 'sh' failed: signal: 9 (SIGKILL)
    hint: `migrations/20261120_1200_a1_users.rs` is written, and stays

    [["sh", "-c", "echo '#[migration(revision = 1)]' > \"$0\""]]
    exit code 2
    --- stderr
    Generating migrations/20261120_1200_a1_users.rs ... done
    Running post write hook 'sh' ... done
    error: migrations/20261120_1200_a1_users.rs:1:1: `down_revision` is missing: it takes `None` (for a first revision), `"ID"` or `["ID", "ID"]`
    migrations/20261120_1200_a1_users.rs:1:24: `revision` takes a string, such as `"1f3c5b7d9e2a"`
    hint: `migrations/20261120_1200_a1_users.rs` is written, and stays
    "#);
}

#[test]
fn the_name_of_a_hook_cannot_steer_the_terminal() {
    let transcript = with_hooks(r#"[["no/\u001B[31mhook"]]"#).run(LINE);
    assert!(
        transcript.stderr.contains("hook 'no/\\u{1b}[31mhook' ..."),
        "{transcript}"
    );
    assert!(!transcript.stderr.contains('\u{1b}'), "{transcript}");
}

#[cfg(unix)]
#[test]
fn a_hook_that_loses_the_revision_is_an_error() {
    let hooks = [
        r#"[["sh", "-c", "rm \"$0\""]]"#,
        r#"[["sh", "-c", "echo 'pub fn helper() {}' > \"$0\""]]"#,
    ];
    let shown = hooks.map(|hooks| format!("{hooks}\n{}", run(&with_hooks(hooks))));
    insta::assert_snapshot!(shown.join("\n"), @r#"
    [["sh", "-c", "rm \"$0\""]]
    exit code 2
    --- stderr
    Generating migrations/20261120_1200_a1_users.rs ... done
    Running post write hook 'sh' ... done
    error: `migrations/20261120_1200_a1_users.rs` does not have revision a1 any more, now that the hooks ran
    hint: see `post_write_hooks` in the configuration

    [["sh", "-c", "echo 'pub fn helper() {}' > \"$0\""]]
    exit code 2
    --- stderr
    Generating migrations/20261120_1200_a1_users.rs ... done
    Running post write hook 'sh' ... done
    error: `migrations/20261120_1200_a1_users.rs` does not have revision a1 any more, now that the hooks ran
    hint: see `post_write_hooks` in the configuration
    hint: `migrations/20261120_1200_a1_users.rs` is written, and stays
    "#);
}
