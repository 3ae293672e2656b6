//! Alembic's errors, each in its words: what people search for.
//!
//! A table: what the project holds, what its version table holds, the command line, and the exit code, the kind and the
//! sentence of the error. Offline downgrades, which need compiled migrations, are in `cli/offline.rs`. What Alembic's
//! sentence cannot be of here:
//!
//! | sentence of Alembic | why not here |
//! |---|---|
//! | `only one ini file may be indicated`, `pyproject.toml indicated more than once` | `-c` names one file |
//! | `Directory X already exists and is not empty` | `init` works there; it names the files that it would overwrite |
//! | `No 'script_location' key found in configuration` | it has a default |
//! | `Using --sql with the revision command ..`, `Using --sql with --autogenerate ..` | `revision` has no `--sql` |
//! | `Target database is not up to date`, `New upgrade operations detected` | autogenerate is not there yet |
//! | `Template rendering failed; see <file> ..` | the template's own file and line are told |
//! | `The script directory has multiple heads ..`, `Version table .. has more than one head present ..` | of its API |
//! | `Revision X is not an ancestor of revision Y` | of its API |
//! | `Can't locate revision identified by 'head-1'` of `show`, `edit` | they count from names, too |
//! | `Destination X is not a valid upgrade target ..` | Alembic's own commands never say it either |
//! | `Not a valid downgrade target from current heads` | the sentence that names the target |
//! | `Online migration expected to match one row ..` | when Alembic was faster, a run plans anew |
//! | `File P loaded twice! ignoring ..` | a folder that is named twice is read once |
//! | `Could not determine revision id from filename ..` | a file without `#[migration]` is a helper |
//! | `revision identifier b'..' is not a string ..` | such a row is told as what it is: no revision has it |

use std::fmt::Write;
use std::path::Path;

use migrate_core::sqlx::{Connection, Executor, SqliteConnection, query};
use migrate_tests::Project;

use super::{empty, project};

/// Three in a line.
const LINE: &str = "a100; b100<a100; c100<b100";
/// Two heads on one base, each with a label.
const BRANCHES: &str = "a100; b100<a100 @left; c100<a100 @right";

/// What a case needs: revisions, rows, and the command line.
type Case = (&'static str, &'static str, &'static str);
/// What comes of it: the exit code, the kind, and a part of the message.
type Refusal = (i32, &'static str, &'static str);

const CASES: [(Case, Refusal); 42] = [
    // Targets, as every command reads them.
    (
        (LINE, "", "upgrade x --plan"),
        (2, "cant_locate", "Can't locate revision identified by 'x'"),
    ),
    (
        (LINE, "", "stamp x"),
        (2, "cant_locate", "Can't locate revision identified by 'x'"),
    ),
    (
        (LINE, "", "show a100:b100"),
        (2, "usage", "Can't locate revision identified by 'a100:b100'"),
    ),
    (
        (BRANCHES, "", "show left@c100"),
        (2, "cant_locate", "Can't locate revision identified by 'c100'"),
    ),
    (
        ("abcd1; abcd2<abcd1", "", "show abcd"),
        (
            2,
            "ambiguous_id",
            "Multiple revisions start with 'abcd': abcd1, abcd2",
        ),
    ),
    (
        (BRANCHES, "", "upgrade head --plan"),
        (
            2,
            "multiple_heads",
            "Multiple head revisions are present for given argument 'head'; please specify a specific target revision, \
             '<branchname>@head' to narrow to a specific head, or 'heads' for all heads",
        ),
    ),
    (
        (BRANCHES, "", "stamp head"),
        (
            2,
            "multiple_heads",
            "Multiple heads are present; please specify a single target revision",
        ),
    ),
    (
        (LINE, "", "upgrade a100:b100 --plan"),
        (2, "usage", "Range revision not allowed"),
    ),
    // Rows that no revision has.
    (
        (LINE, "x1", "current"),
        (2, "unknown_revision", "Can't locate revision identified by 'x1'"),
    ),
    (
        (LINE, "x1", "upgrade head --plan"),
        (2, "unknown_revision", "Can't locate revision identified by 'x1'"),
    ),
    (
        (LINE, "x1", "downgrade -1 --plan"),
        (2, "unknown_revision", "Can't locate revision identified by 'x1'"),
    ),
    (
        (LINE, "x1", "stamp head"),
        (2, "unknown_revision", "Can't locate revision identified by 'x1'"),
    ),
    // Steps.
    (
        (LINE, "", "upgrade +5 --plan"),
        (2, "relative", "Relative revision +5 didn't produce 5 migrations"),
    ),
    (
        (LINE, "a100", "downgrade -2 --plan"),
        (2, "relative", "Relative revision -2 didn't produce 2 migrations"),
    ),
    (
        (LINE, "c100", "downgrade c100-9 --plan"),
        (
            2,
            "relative",
            "Walked too far: Relative revision c100-9 didn't produce 9 migrations",
        ),
    ),
    (
        (BRANCHES, "a100", "upgrade +1 --plan"),
        (2, "ambiguous_target", "Ambiguous walk"),
    ),
    (
        (BRANCHES, "b100 c100", "upgrade +1 --plan"),
        (
            2,
            "ambiguous_target",
            "Ambiguous upgrade from multiple current revisions",
        ),
    ),
    (
        (BRANCHES, "b100 c100", "downgrade -1 --plan"),
        (
            2,
            "ambiguous_target",
            "downgrade -1 from multiple heads is ambiguous",
        ),
    ),
    (
        (LINE, "a100", "downgrade c100 --plan"),
        (
            2,
            "not_a_valid_target",
            "Destination c100 is not a valid downgrade target from current head(s)",
        ),
    ),
    (
        (LINE, "", "stamp a100 c100"),
        (
            2,
            "overlap",
            "Requested revision a100 overlaps with other requested revisions c100",
        ),
    ),
    // Ranges.
    (
        (LINE, "", "history -r a100"),
        (
            2,
            "usage",
            "History range requires [start]:[end], [start]:, or :[end]",
        ),
    ),
    (
        (BRANCHES, "", "history -r b100:c100"),
        (
            2,
            "not_a_valid_target",
            "Requested range b100:c100 does not refer to ancestor/descendant revisions along the same branch",
        ),
    ),
    (
        (LINE, "", "stamp a100:b100 c100:c100 --sql"),
        (
            2,
            "usage",
            "Stamp operation with --sql only supports a single starting revision at a time",
        ),
    ),
    (
        (LINE, "", "stamp head --purge --sql"),
        (2, "usage", "Can't use --purge with --sql mode"),
    ),
    // New revisions.
    (
        (BRANCHES, "", "revision -m x"),
        (
            2,
            "multiple_heads",
            "Multiple heads are present; please specify the head revision on which the new revision should be based, \
             or perform a merge.",
        ),
    ),
    (
        (LINE, "", "revision --head a100"),
        (
            2,
            "not_a_valid_target",
            "Revision a100 is not a head revision; please specify --splice to create a new branch from this revision",
        ),
    ),
    (
        (LINE, "", "revision --depends-on invalid"),
        (2, "cant_locate", "Can't locate revision identified by 'invalid'"),
    ),
    (
        (LINE, "", "revision --rev-id @x-y"),
        (
            2,
            "usage",
            "Character(s) '-, @' not allowed in revision identifier '@x-y'",
        ),
    ),
    (
        (LINE, "", "revision --rev-id a100"),
        (2, "graph", "Revision a100 is present more than once"),
    ),
    (
        (
            BRANCHES,
            "",
            "revision --head b100 --branch-label right --rev-id d100",
        ),
        (
            2,
            "graph",
            "Branch name 'right' in revision d100 already used by revision c100",
        ),
    ),
    (
        (LINE, "", "revision --version-path elsewhere"),
        (
            2,
            "usage",
            "Path elsewhere is not represented in current version locations",
        ),
    ),
    (
        (BRANCHES, "", "merge b100 b100"),
        (2, "overlap", "Duplicate head revisions specified"),
    ),
    (
        (LINE, "", "merge a100 c100"),
        (
            2,
            "overlap",
            "Requested revision a100 overlaps with other requested revisions c100",
        ),
    ),
    // Files and editors.
    (
        (LINE, "", "edit base"),
        (2, "cant_locate", "No revision files indicated by symbol 'base'"),
    ),
    (
        (LINE, "", "edit current"),
        (2, "cant_locate", "No current revisions"),
    ),
    ((LINE, "", "init -t nothing"), (2, "usage", "No such template")),
    // Revisions that do not fit together.
    (
        ("a100; b100<x1", "", "heads"),
        (2, "graph", "Revision x1 referenced from b100 is not present"),
    ),
    (
        ("a100<a100", "", "heads"),
        (2, "graph", "Self-loop is detected in revisions (a100)"),
    ),
    (
        ("a100<b100; b100<a100", "", "heads"),
        (2, "graph", "Cycle is detected in revisions (a100, b100)"),
    ),
    (
        ("a100 |a100", "", "heads"),
        (2, "graph", "Dependency self-loop is detected in revisions (a100)"),
    ),
    (
        ("a100 |b100; b100<a100", "", "heads"),
        (
            2,
            "graph",
            "Dependency cycle is detected in revisions (a100, b100)",
        ),
    ),
    (
        ("a100 @x; b100<a100 @x", "", "heads"),
        (
            2,
            "graph",
            "Branch name 'x' in revision b100 already used by revision a100",
        ),
    ),
];

/// A project of revisions that are drawn as `id<down,down |dependency @label`, with `;` in between.
fn drawn(drawing: &str) -> Project {
    let project = project();
    for revision in drawing.split(';') {
        let field = |mark: char| {
            let text = revision.split_once(mark).map_or("", |(_, text)| text);
            let end = text.find([' ', '<', '|', '@']).unwrap_or(text.len());
            let names = text[..end].split(',').filter(|name| !name.is_empty());
            names
                .map(|name| format!("\"{name}\""))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let id = revision.trim().split([' ', '<']).next().unwrap();
        let downs = match field('<') {
            downs if downs.is_empty() => "None".to_owned(),
            downs => format!("[{downs}]"),
        };
        let mut attribute = format!("revision = \"{id}\", down_revision = {downs}");
        for (key, names) in [("depends_on", field('|')), ("branch_labels", field('@'))] {
            if !names.is_empty() {
                write!(attribute, ", {key} = [{names}]").unwrap();
            }
        }
        project.migration(id, &attribute);
    }
    project
}

async fn write_rows(folder: &Path, rows: &str) {
    let url = format!("sqlite://{}?mode=rwc", folder.join("app.db").display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    let table = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)";
    connection.execute(table).await.unwrap();
    for row in rows.split(' ') {
        let insert = query("INSERT INTO alembic_version VALUES (?)").bind(row);
        insert.execute(&mut connection).await.unwrap();
    }
    connection.close().await.unwrap();
}

/// What is wrong with a refusal, if anything.
fn wrong(project: &Project, line: &str, expected: Refusal) -> Option<String> {
    let before = project.files();
    let text = project.run(line);
    let json = project.run(&format!("{line} --format json"));
    let (code, kind, sentence) = expected;
    let right = text.code == Some(code)
        && json.code == Some(code)
        && text.stdout.is_empty()
        && text.stderr.starts_with("error: ")
        && text.stderr.contains(sentence)
        && json.stdout.contains(&format!("\"kind\": \"{kind}\""))
        && project.files() == before;
    (!right).then(|| format!("$ cargo migrate {line}\nexpected {expected:?}\n{text}{json}"))
}

#[tokio::test]
async fn each_error_of_alembic_has_its_words_here() {
    let mut mistakes = Vec::new();
    for ((drawing, rows, line), expected) in CASES {
        let project = drawn(drawing);
        if !rows.is_empty() {
            write_rows(project.path(), rows).await;
        }
        mistakes.extend(wrong(&project, line, expected));
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

#[test]
fn folders_of_migrations() {
    let project = empty();
    project.write("migrate.toml", "script_location = [\"a\", \"b\"]\n");
    let missing = (
        2,
        "config",
        "Please use the 'init' command to create a new scripts folder.",
    );
    assert_eq!(wrong(&project, "heads", missing), None);
    project.write("a/x.rs", "");
    project.write("b/x.rs", "");
    let several = (
        2,
        "usage",
        "Multiple version locations present, please specify --version-path",
    );
    assert_eq!(wrong(&project, "revision --head base", several), None);
}

#[test]
fn a_template_that_has_no_labels() {
    let project = drawn(LINE);
    project.write(
        "migrations/migration.rs.jinja",
        "#[migration(revision = {{ revision | literal }}, down_revision = {{ down_revision }})]\n\
         pub fn upgrade(_op: &mut Op) {}\n\npub fn downgrade(_op: &mut Op) {}\n",
    );
    let line = "revision --rev-id d100 --branch-label x";
    let sentence = "Version d100 specified branch_labels x, however the migration file does not have them; have you upgraded";
    assert_eq!(wrong(&project, line, (2, "source", sentence)), None);
}

#[test]
fn an_editor_that_fails() {
    let project = drawn(LINE);
    let edit = project.transcript(project.command("edit head").env("EDITOR", "false"));
    assert_eq!(edit.code, Some(3));
    assert!(
        edit.stderr.starts_with("error: Error executing editor ("),
        "{edit}"
    );
}

/// `current --check-heads` answers, and is no error.
#[test]
fn a_database_that_is_behind() {
    let current = drawn(LINE).run("current --check-heads");
    assert_eq!(
        (current.code, &*current.stderr),
        (Some(1), "Database is not on all head revisions\n")
    );
}
