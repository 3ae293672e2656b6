//! Alembic itself prints the same, on the same graph and the same database.
//!
//! What is left out of the comparison: the order of revisions and of labels, which in Alembic is that of files and
//! sets, and the paths of files.

use std::fs;
use std::path::Path;

use migrate_tests::Alembic;
use serde_json::Value;

use super::Fixture;

/// An Alembic project with the revisions of the fixture, on the fixture's database.
fn theirs(fixture: &Fixture) -> Alembic {
    let alembic = Alembic::init(fixture.path(), "sqlite://app.db");
    let list: Value = serde_json::from_str(&fixture.run("history --format json").stdout).unwrap();
    for revision in list.as_array().unwrap() {
        let id = revision["revision"].as_str().unwrap();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(revision["path"].as_str().unwrap());
        let source = fs::read_to_string(file).unwrap();
        let header = source.lines().map_while(|line| line.strip_prefix("//!"));
        let doc: String = header
            .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
            .collect();
        let labels = source
            .split_once("branch_labels = ")
            .map_or("()", |(_, rest)| &rest[..=rest.find(']').unwrap()]);
        let text = format!(
            "\"\"\"{doc}\"\"\"\nrevision = {id:?}\ndown_revision = {}\ndepends_on = {}\nbranch_labels = {labels}\n\
             def upgrade(): pass\ndef downgrade(): pass\n",
            revision["down_revisions"], revision["depends_on"],
        );
        alembic.revision(id, &text);
    }
    alembic
}

/// The lines, or the blocks of a verbose form, with their lists in order.
fn sorted(text: &str) -> Vec<String> {
    let verbose = text.lines().any(|line| line.starts_with("Rev: "));
    let mut entries: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with("Path: ")) {
        let line = ordered_lists(line);
        let begins = !verbose || line.starts_with("Rev: ") || line.trim_start().starts_with("-> ");
        match entries.last_mut().filter(|_| !begins) {
            Some(entry) => entry.extend(["\n", line.trim_end()]),
            None => entries.push(line),
        }
    }
    // Between a block and what follows stands an empty line, wherever it is sorted to.
    entries
        .iter_mut()
        .for_each(|entry| entry.truncate(entry.trim_end().len()));
    entries.sort();
    entries
}

/// `(right, left)` and `Branch names: right, left` with their names sorted.
fn ordered_lists(line: &str) -> String {
    let ordered = |list: &str| {
        let mut names: Vec<&str> = list.split(", ").collect();
        names.sort_unstable();
        names.join(", ")
    };
    for field in ["Branch names: ", "Branches into: "] {
        if let Some(list) = line.strip_prefix(field) {
            return format!("{field}{}", ordered(list));
        }
    }
    let parts = line.split('(').map(|part| {
        part.split_once(')').map_or_else(
            || part.to_owned(),
            |(list, rest)| format!("{}){rest}", ordered(list)),
        )
    });
    parts.collect::<Vec<_>>().join("(")
}

#[test]
#[ignore = "needs Python with Alembic: run by cargo xtask test"]
fn alembic_prints_the_same() {
    let fixture = Fixture::new("branches");
    let alembic = theirs(&fixture);
    let compare = |line: &str| {
        assert_eq!(
            sorted(&fixture.run(line).stdout),
            sorted(&alembic.run(line)),
            "{line}"
        );
    };
    for line in [
        "heads",
        "heads -v",
        "heads --resolve-dependencies",
        "branches",
        "branches -v",
        "history",
        "history -v",
        "history -r aaaa1111:cart",
        "history -r-1:ffff6666",
        "history -r :lib@head",
        "show dddd",
        "show cart@head",
        "show heads",
        "show base",
    ] {
        compare(line);
    }
    for target in ["cc1c3333 cc2c3333", "eeee5555", "heads"] {
        assert_eq!(fixture.run(&format!("stamp {target} --purge")).code, Some(0));
        for line in ["current", "history -i", "history -i -v", "show current"] {
            compare(line);
        }
    }
}
