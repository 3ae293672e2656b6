//! The guide for people who come from Alembic: what it shows is what the command line reads, and what some page runs.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clap::Parser;
use migrate_tests::book::{Page, Step, pages};
use migrate_tests::workspace;
use pulldown_cmark::{Event, Options};

#[derive(Debug, Parser)]
struct Program {
    #[command(flatten)]
    migrate: migrate_cli::Migrate,
}

fn guide() -> String {
    fs::read_to_string(workspace().join("docs/src/from-alembic.md")).unwrap()
}

/// The commands that a text shows within its lines, without `cargo migrate`.
fn commands(text: &str) -> Vec<String> {
    let events = pulldown_cmark::Parser::new_ext(text, Options::ENABLE_TABLES);
    events
        .filter_map(|event| {
            let Event::Code(code) = event else {
                return None;
            };
            Some(without_shell(code.strip_prefix("cargo migrate ")?))
        })
        .collect()
}

/// The commands of a text's blocks for a shell.
fn typed(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.trim_start_matches("$ "));
    let commands = lines.filter_map(|line| line.strip_prefix("cargo migrate "));
    commands.map(without_shell).collect()
}

/// A line without its comment, and without where it writes to.
fn without_shell(line: &str) -> String {
    let command = line.split(['#', '>']).next().unwrap_or_default();
    command.trim().to_owned()
}

#[test]
fn every_command_of_the_guide_and_of_the_readme_is_one_that_the_command_line_reads() {
    let readme = fs::read_to_string(workspace().join("README.md")).unwrap();
    let shown = [commands(&guide()), commands(&readme), typed(&readme)];
    assert!(shown[0].len() > 20 && shown[2].len() > 10, "{shown:?}");
    for command in shown.concat() {
        let words = shell_words::split(&command).unwrap();
        let read = Program::try_parse_from(["migrate".to_owned()].into_iter().chain(words));
        // Help is an answer, too.
        let refused = read.err().filter(clap::Error::use_stderr);
        assert!(refused.is_none(), "`{command}`: {refused:?}");
    }
}

#[test]
fn every_command_of_the_guide_is_run_on_some_page() {
    let first = |line: &str| line.split_whitespace().next().unwrap_or_default().to_owned();
    let mut run = BTreeSet::new();
    for page in pages().iter().filter_map(|(_, text)| Page::read(text)) {
        for step in page.steps {
            if let Step::Run { commands, .. } = step {
                for command in commands {
                    run.extend(command.line.split("migrate ").skip(1).map(first));
                }
            }
        }
    }
    let shown: BTreeSet<String> = commands(&guide()).iter().map(|line| first(line)).collect();
    let never: Vec<&String> = shown.difference(&run).collect();
    assert!(never.is_empty(), "shown and never run: {never:?}");
}

/// The rows of a page's last table: a document's line, ours, and where it is tested.
fn rows(page: &str) -> Vec<[String; 3]> {
    let lines = page.lines().filter(|line| line.starts_with("| "));
    let cells = lines.map(|line| {
        line.trim_matches('|')
            .split(" | ")
            .map(|cell| cell.trim().to_owned())
            .collect()
    });
    let rows: Vec<Vec<String>> = cells.collect();
    let head = rows
        .iter()
        .rposition(|row| row.last().is_some_and(|cell| cell == "tested"));
    let rows = rows.into_iter().skip(head.unwrap() + 1);
    rows.filter_map(|row| <[String; 3]>::try_from(row).ok()).collect()
}

/// What stands in back quotes.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The only file of the workspace that a path or a name of one can mean.
fn file(name: &str) -> Option<String> {
    let folders = [
        "",
        "tests/tests",
        "example-app/tests",
        "examples/existing-schema/tests",
        "examples/messaging/tests",
        "examples/second-brain/tests",
    ];
    let mut paths = folders
        .iter()
        .map(|folder| workspace().join(Path::new(folder)).join(name));
    fs::read_to_string(paths.find(|path| path.is_file())?).ok()
}

#[test]
fn the_tests_that_the_tables_of_the_five_systems_name_are_there() {
    for system in ["getanswers", "existing-schema", "messaging", "second-brain"] {
        let page = fs::read_to_string(workspace().join(format!("docs/src/systems/{system}.md"))).unwrap();
        let rows = rows(&page);
        assert!(rows.len() > 8, "{system}: {rows:?}");
        for [line, ours, tested] in rows {
            assert!(
                !ours.is_empty() && (!tested.is_empty() || ours.starts_with("none")),
                "{system}: `{line}` has no test"
            );
            let mut text = None;
            for name in quoted(&tested) {
                if Path::new(name)
                    .extension()
                    .is_some_and(|extension| extension == "rs")
                {
                    text = Some(file(name).unwrap_or_else(|| panic!("{system}: `{name}` is not there")));
                } else if let Some(text) = &text {
                    // `on_.._it_works` is a test for each database.
                    let parts: Vec<&str> = name.split("..").map(|part| part.trim_matches('_')).collect();
                    let there = text
                        .lines()
                        .any(|line| line.contains("fn ") && parts.iter().all(|part| line.contains(part)));
                    let there = there
                        || text.contains("migration_tests!")
                            && ["one_head", "stairway", "models_equal_migrations"].contains(&name);
                    assert!(there, "{system}: `{name}` is no test");
                }
            }
        }
    }
}
