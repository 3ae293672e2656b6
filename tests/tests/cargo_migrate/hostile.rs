//! Messages, ids, names and templates that try to become code, or a file elsewhere.

use super::{at_noon, refused, session, without_hooks};
use migrate_tests::Project;

fn with_message(project: &Project, message: &str, id: &str) -> String {
    let mut command = at_noon(project, "revision --format json --rev-id");
    let transcript = project.transcript(command.args([id, "-m", message]));
    assert_eq!(transcript.code, Some(0), "{message:?}: {transcript}");
    let path = transcript.stdout.split("\"path\": \"").nth(1).unwrap();
    path.split('"').next().unwrap().to_owned()
}

#[test]
fn a_message_is_one_line_of_comment_whatever_it_says() {
    let project = without_hooks();
    let messages = [
        "x\nfn evil() {}",
        "x\r\n#[migration(revision = \"z\", down_revision = None)]",
        "x\rfn evil() {}",
        "\"\"\" \"; fn evil() {}",
        "*/ fn evil() {} /*",
        "\u{202e}}{)(live nf\u{2066}",
        "{{ 7 * 7 }} {% raw %}",
        "../../../../etc/x; $(id) `id`",
        "",
        "\u{1f469}\u{200d}\u{1f4bb} bell\u{7}",
    ];
    let shown: String = messages
        .iter()
        .enumerate()
        .map(|(index, message)| {
            let path = with_message(&project, message, &format!("r{index}"));
            let text = project.read(&path);
            assert_eq!(text.lines().count(), 12, "{text}");
            format!("{message:?}\n  {path}\n  {}\n", text.lines().next().unwrap())
        })
        .collect();
    insta::assert_snapshot!(shown, @r#"
    "x\nfn evil() {}"
      migrations/20261120_1200_r0_x_fn_evil.rs
      //! x fn evil() {}
    "x\r\n#[migration(revision = \"z\", down_revision = None)]"
      migrations/20261120_1200_r1_x_migration_revision_z_down_revision_.rs
      //! x #[migration(revision = "z", down_revision = None)]
    "x\rfn evil() {}"
      migrations/20261120_1200_r2_x_fn_evil.rs
      //! x fn evil() {}
    "\"\"\" \"; fn evil() {}"
      migrations/20261120_1200_r3_fn_evil.rs
      //! """ "; fn evil() {}
    "*/ fn evil() {} /*"
      migrations/20261120_1200_r4_fn_evil.rs
      //! */ fn evil() {} /*
    "\u{202e}}{)(live nf\u{2066}"
      migrations/20261120_1200_r5_live_nf.rs
      //! \u{202e}}{)(live nf\u{2066}
    "{{ 7 * 7 }} {% raw %}"
      migrations/20261120_1200_r6_7_7_raw.rs
      //! {{ 7 * 7 }} {% raw %}
    "../../../../etc/x; $(id) `id`"
      migrations/20261120_1200_r7_etc_x_id_id.rs
      //! ../../../../etc/x; $(id) `id`
    ""
      migrations/20261120_1200_r8.rs
      //! empty message
    "👩\u{200d}💻 bell\u{7}"
      migrations/20261120_1200_r9_bell.rs
      //! 👩\u{200d}💻 bell\u{7}
    "#);
    let long = "word ".repeat(2048);
    let path = with_message(&project, &long, "long");
    assert_eq!(
        path,
        "migrations/20261120_1200_long_word_word_word_word_word_word_word_word_.rs"
    );
    assert_eq!(
        project.read(&path).lines().next(),
        Some(format!("//! {}", long.trim()).as_str())
    );
    // All of them are still revisions, each on the one before.
    insta::assert_snapshot!(session(&project, &["heads"]), @"
    $ cargo migrate heads
    exit code 0
    --- stdout
    long (head)
    ");
    let plan = project.run("upgrade head --plan --from base --format json");
    assert_eq!(
        plan.stdout.matches("\"direction\": \"upgrade\"").count(),
        messages.len() + 1
    );
}

#[test]
fn an_id_or_a_label_that_is_a_path_is_refused() {
    let project = without_hooks();
    let ids = [
        "../../x",
        "/tmp/x",
        "a@b",
        "a-b+c:d",
        "a b",
        "",
        "é",
        "a\u{202e}b",
        "a\nb",
        "head",
        "x23456789012345678901234567890123",
    ];
    let shown: String = ids
        .iter()
        .map(|id| {
            let mut command = at_noon(&project, "revision");
            let transcript = refused(&project, command.args(["--rev-id", id]));
            let label = refused(
                &project,
                at_noon(&project, "revision").args(["--branch-label", id]),
            );
            format!("{id:?}\n{transcript}{label}")
        })
        .collect();
    insta::assert_snapshot!(shown, @r#"
    "../../x"
    exit code 2
    --- stderr
    error: Character(s) '/' not allowed in revision identifier '../../x'
    hint: an id has ASCII letters, digits, `_` and `.`
    exit code 2
    --- stderr
    error: character '/' is not allowed in branch label "../../x": use ASCII letters, digits, `_` and `.`
    "/tmp/x"
    exit code 2
    --- stderr
    error: Character(s) '/' not allowed in revision identifier '/tmp/x'
    hint: an id has ASCII letters, digits, `_` and `.`
    exit code 2
    --- stderr
    error: character '/' is not allowed in branch label "/tmp/x": use ASCII letters, digits, `_` and `.`
    "a@b"
    exit code 2
    --- stderr
    error: Character(s) '@' not allowed in revision identifier 'a@b'
    hint: an id has ASCII letters, digits, `_` and `.`
    exit code 2
    --- stderr
    error: character '@' is not allowed in branch label "a@b": use ASCII letters, digits, `_` and `.`
    "a-b+c:d"
    exit code 2
    --- stderr
    error: Character(s) '+, -, :' not allowed in revision identifier 'a-b+c:d'
    hint: an id has ASCII letters, digits, `_` and `.`
    exit code 2
    --- stderr
    error: character '-' is not allowed in branch label "a-b+c:d": use ASCII letters, digits, `_` and `.`
    "a b"
    exit code 2
    --- stderr
    error: Character(s) ' ' not allowed in revision identifier 'a b'
    hint: an id has ASCII letters, digits, `_` and `.`
    exit code 2
    --- stderr
    error: character ' ' is not allowed in branch label "a b": use ASCII letters, digits, `_` and `.`
    ""
    exit code 2
    --- stderr
    error: a revision id cannot be empty
    exit code 2
    --- stderr
    error: a branch label cannot be empty
    "é"
    exit code 2
    --- stderr
    error: Character(s) 'é' not allowed in revision identifier 'é'
    hint: an id has ASCII letters, digits, `_` and `.`
    exit code 2
    --- stderr
    error: character 'é' is not allowed in branch label "é": use ASCII letters, digits, `_` and `.`
    "a\u{202e}b"
    exit code 2
    --- stderr
    error: Character(s) '\u{202e}' not allowed in revision identifier 'a\u{202e}b'
    hint: an id has ASCII letters, digits, `_` and `.`
    exit code 2
    --- stderr
    error: character '\u{202e}' is not allowed in branch label "a\u{202e}b": use ASCII letters, digits, `_` and `.`
    "a\nb"
    exit code 2
    --- stderr
    error: Character(s) '\n' not allowed in revision identifier 'a\nb'
    hint: an id has ASCII letters, digits, `_` and `.`
    exit code 2
    --- stderr
    error: character '\n' is not allowed in branch label "a\nb": use ASCII letters, digits, `_` and `.`
    "head"
    exit code 2
    --- stderr
    error: `head` cannot be a revision id: targets use it as a word of their own
    exit code 2
    --- stderr
    error: `head` cannot be a branch label: targets use it as a word of their own
    "x23456789012345678901234567890123"
    exit code 2
    --- stderr
    error: revision id `x23456789012345678901234567890123` has 33 characters; the version table holds 32
    exit code 2
    --- stderr
    error: branch label `x23456789012345678901234567890123` has 33 characters; the version table holds 32
    "#);
}

#[test]
fn several_names_that_cannot_be_are_all_said() {
    let project = without_hooks();
    let line = "revision --rev-id a@b --branch-label x-y --branch-label base --depends-on +x --head @";
    insta::assert_snapshot!(refused(&project, &mut at_noon(&project, line)), @r#"
    exit code 2
    --- stderr
    error: Character(s) '@' not allowed in revision identifier 'a@b'
    character '-' is not allowed in branch label "x-y": use ASCII letters, digits, `_` and `.`
    `base` cannot be a branch label: targets use it as a word of their own
    Can't locate revision identified by '@': a label must stand before `@`
    Can't locate revision identified by '+x': only a number can follow `+` or `-`
    hint: an id has ASCII letters, digits, `_` and `.`
    hint: `history` lists all revisions
    "#);
}

#[test]
fn a_file_template_that_leads_elsewhere_is_refused() {
    let templates = [
        "../{rev}",
        "/tmp/{rev}",
        "a/../../{rev}",
        "{rev}\\u0000",
        "{rev}\\u202e",
        ".{rev}",
        "mod",
        "NUL",
        "{slug}",
        "{x}",
    ];
    let shown: String = templates
        .iter()
        .map(|template| {
            let project = without_hooks();
            project.write("migrate.toml", format!("file_template = \"{template}\""));
            format!(
                "{template}\n{}",
                refused(&project, &mut at_noon(&project, "revision --rev-id a1"))
            )
        })
        .collect();
    insta::assert_snapshot!(shown, @r#"
    ../{rev}
    exit code 2
    --- stderr
    error: `file_template` makes the name "../a1.rs", which leads out of its folder
    hint: the default is `{year}{month}{day}_{hour}{minute}_{rev}_{slug}`
    /tmp/{rev}
    exit code 2
    --- stderr
    error: `file_template` makes the name "/tmp/a1.rs", which is no path below the folder of migrations
    hint: the default is `{year}{month}{day}_{hour}{minute}_{rev}_{slug}`
    a/../../{rev}
    exit code 2
    --- stderr
    error: `file_template` makes the name "a/../../a1.rs", which leads out of its folder
    hint: the default is `{year}{month}{day}_{hour}{minute}_{rev}_{slug}`
    {rev}\u0000
    exit code 2
    --- stderr
    error: `file_template` makes the name "a1\0.rs", which has the character '\0'
    hint: the default is `{year}{month}{day}_{hour}{minute}_{rev}_{slug}`
    {rev}\u202e
    exit code 2
    --- stderr
    error: `file_template` makes the name "a1\u{202e}.rs", which has the character '\u{202e}'
    hint: the default is `{year}{month}{day}_{hour}{minute}_{rev}_{slug}`
    .{rev}
    exit code 2
    --- stderr
    error: `file_template` makes the name ".a1.rs", which is hidden: `migrations!` passes over what begins with a dot
    hint: the default is `{year}{month}{day}_{hour}{minute}_{rev}_{slug}`
    mod
    exit code 2
    --- stderr
    error: `file_template` makes the name "mod.rs", which is where Rust keeps a folder's own module, and `migrations!` passes over it
    hint: the default is `{year}{month}{day}_{hour}{minute}_{rev}_{slug}`
    NUL
    exit code 2
    --- stderr
    error: `file_template` makes the name "NUL.rs", which has a part that is a device on Windows
    hint: the default is `{year}{month}{day}_{hour}{minute}_{rev}_{slug}`
    {slug}
    exit code 2
    --- stderr
    error: `file_template` makes the name ".rs", which has an empty part
    hint: the default is `{year}{month}{day}_{hour}{minute}_{rev}_{slug}`
    {x}
    exit code 2
    --- stderr
    error: `file_template` has an unknown token `{x}`
    hint: the tokens are `{rev}`, `{slug}`, `{epoch}`, `{year}`, `{month}`, `{day}`, `{hour}`, `{minute}`, `{second}`; a brace itself is written twice
    "#);
}

#[test]
fn a_template_that_makes_another_revision_or_code_of_the_message_is_refused() {
    let templates = [
        "//! {{ mesage }}",
        "//! x\n\n{% if %}",
        "//! {{ message }}",
        "#[migration(revision = {{ revision | literal }}, down_revision = {{ down_revision }})]",
        "#[migration({{ attribute }}, message = \"{{ message }}\")]",
    ];
    let shown: String = templates
        .iter()
        .map(|template| {
            let project = without_hooks();
            project.write("migrations/migration.rs.jinja", template);
            let mut command = at_noon(&project, "revision --rev-id a1 --branch-label cart -m");
            format!(
                "{template}\n{}",
                refused(&project, command.arg("x\", irreversible = \"y"))
            )
        })
        .collect();
    insta::assert_snapshot!(shown, @r#"
    //! {{ mesage }}
    exit code 2
    --- stderr
    error: migrations/migration.rs.jinja:1: undefined value
    hint: it may use `message`, `revision`, `revises`, `create_date` and `attribute`, or `down_revision`, `branch_labels` and `depends_on`; `upgrade` and `downgrade`, each with `op`, `body` and `lines`; and the filter `literal`
    //! x

    {% if %}
    exit code 2
    --- stderr
    error: migrations/migration.rs.jinja:3: syntax error: unexpected end of block
    hint: it may use `message`, `revision`, `revises`, `create_date` and `attribute`, or `down_revision`, `branch_labels` and `depends_on`; `upgrade` and `downgrade`, each with `op`, `body` and `lines`; and the filter `literal`
    //! {{ message }}
    exit code 2
    --- stderr
    error: what `migrations/migration.rs.jinja` makes is no migration: it has no `#[migration]`
    hint: lines are counted in the text that the template makes
    #[migration(revision = {{ revision | literal }}, down_revision = {{ down_revision }})]
    exit code 2
    --- stderr
    error: Version a1 specified branch_labels cart, however the migration file does not have them; have you upgraded your `migrations/migration.rs.jinja` to include the 'branch_labels' section?
    hint: `#[migration({{ attribute }})]` writes all that a revision has
    #[migration({{ attribute }}, message = "{{ message }}")]
    exit code 2
    --- stderr
    error: `migrations/migration.rs.jinja` lets the message become code
    hint: it is written as a comment, `//! {{ message }}`, or as a string, `{{ message | literal }}`
    "#);
}

#[test]
fn a_project_s_template_is_used() {
    let project = without_hooks();
    project.write(
        "migrations/migration.rs.jinja",
        "//! {{ message }}\n\nuse migrate_core::prelude::*;\n\n#[migration({{ attribute }}, message = {{ message | literal }})]\n\
         pub fn upgrade(op: &mut Op) {\n    op.execute(\"-- {{ revision }}\");\n}\n",
    );
    let path = with_message(&project, "say \"hi\"\n", "a1");
    insta::assert_snapshot!(project.read(&path), @r#"
    //! say "hi"

    use migrate_core::prelude::*;

    #[migration(revision = "a1", down_revision = None, message = "say \"hi\"")]
    pub fn upgrade(op: &mut Op) {
        op.execute("-- a1");
    }
    "#);
}

#[cfg(unix)]
#[test]
fn nothing_is_read_or_written_through_a_link_that_leads_out() {
    use std::os::unix::fs::symlink;
    let (project, other) = (without_hooks(), without_hooks());
    other.write("secret", "hunter2");
    let link = project.path().join("migrations/migration.rs.jinja");
    symlink(other.path().join("secret"), &link).unwrap();
    let said = refused(&project, &mut at_noon(&project, "revision -m x"));
    assert!(!said.to_string().contains("hunter2"));
    insta::assert_snapshot!(said, @"
    exit code 2
    --- stderr
    error: the template `[project]/migrations/migration.rs.jinja` is a link that leads out of the project
    ");
    std::fs::remove_file(link).unwrap();

    project.write("migrate.toml", "file_template = \"sub/{rev}\"");
    symlink(other.path(), project.path().join("migrations/sub")).unwrap();
    insta::assert_snapshot!(refused(&project, &mut at_noon(&project, "revision --rev-id a1")), @"
    exit code 2
    --- stderr
    error: migrations/sub: is a symbolic link to a folder, and those are not followed
    ");
    assert!(!other.path().join("a1.rs").exists());
}
