//! The book: it builds without a warning, its links lead somewhere, and its pages are done as they stand there, on every
//! database that they name.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::fs;
use std::sync::{Arc, Mutex, PoisonError};

use migrate_tests::book::{Page, Session, pages, sources};
use migrate_tests::{TestDatabase, workspace};
use pulldown_cmark::{Event, Parser, Tag};

fn page(path: &str) -> Page {
    let text = fs::read_to_string(sources().join(path)).unwrap();
    Page::read(&text).unwrap_or_else(|| panic!("`{path}` has no `<!-- session: .. -->`"))
}

/// One page at a time: programs of the same name, such as `migrate`, are built into one folder.
static TURN: Mutex<()> = Mutex::new(());

/// Does a page on one database.
fn done(path: &str, kind: &str, database: &TestDatabase) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let page = page(path);
    let name = path.trim_end_matches(".md").replace('/', "-");
    let session = Session::new(
        &page,
        &name,
        kind,
        database.url(),
        env!("CARGO_BIN_EXE_fixture-cargo-migrate"),
    );
    session.run(&page);
}

/// A module for each page, a test for each database.
macro_rules! pages {
    ($($name:ident $path:literal on $($database:ident),+;)+) => {
        /// What is done here.
        const PAGES: &[(&str, &[&str])] = &[$(($path, &[$(stringify!($database)),+])),+];

        $(mod $name {
            $(pages!(@ $database $path);)+
        })+
    };
    (@ sqlite $path:literal) => {
        #[test]
        #[ignore = "needs the sqlite3 client: run by cargo xtask test"]
        fn on_sqlite() {
            super::done($path, "sqlite", &migrate_tests::TestDatabase::sqlite());
        }
    };
    (@ postgres $path:literal) => {
        #[tokio::test]
        #[ignore = "needs PostgreSQL: run by cargo xtask test"]
        async fn on_postgres() {
            super::done($path, "postgres", &migrate_tests::TestDatabase::postgres().await);
        }
    };
    (@ mysql $path:literal) => {
        #[tokio::test]
        #[ignore = "needs MariaDB: run by cargo xtask test"]
        async fn on_mysql() {
            super::done($path, "mysql", &migrate_tests::TestDatabase::mysql().await);
        }
    };
}

pages! {
    first_steps "first-steps.md" on sqlite;
    from_alembic "from-alembic.md" on sqlite;
    messaging "systems/messaging.md" on sqlite, postgres, mysql;
    second_brain "systems/second-brain.md" on sqlite, postgres, mysql;
    existing_schema "systems/existing-schema.md" on sqlite, postgres, mysql;
    getanswers "systems/getanswers.md" on sqlite, postgres, mysql;
}

#[test]
fn every_page_that_is_a_session_is_done_on_its_databases() {
    let sessions: Vec<(String, Vec<String>)> = pages()
        .into_iter()
        .filter_map(|(path, text)| Some((path, Page::read(&text)?.subject.databases)))
        .collect();
    let mut tests: Vec<(String, Vec<String>)> = PAGES
        .iter()
        .map(|(path, databases)| {
            (
                (*path).to_owned(),
                databases.iter().map(ToString::to_string).collect(),
            )
        })
        .collect();
    tests.sort();
    assert_eq!(sessions, tests);
}

/// What a console block shows outside of a session nobody checks.
#[test]
fn commands_stand_on_pages_that_are_done_alone() {
    for (path, text) in pages() {
        assert!(
            Page::read(&text).is_some() || !text.contains("```console"),
            "`{path}` has a console block and is not done"
        );
    }
}

#[test]
fn links_lead_to_pages_that_are_there() {
    for (path, text) in pages() {
        for event in Parser::new(&text) {
            let Event::Start(Tag::Link { dest_url, .. }) = event else {
                continue;
            };
            let target = dest_url.split('#').next().unwrap();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            let folder = sources().join(&path);
            assert!(
                folder.parent().unwrap().join(target).is_file(),
                "`{path}` links to `{target}`, which is not there"
            );
        }
    }
}

#[test]
fn the_book_builds_and_every_page_is_in_its_summary() {
    let summary = fs::read_to_string(sources().join("SUMMARY.md")).unwrap();
    for (path, _) in pages().iter().filter(|(path, _)| path != "SUMMARY.md") {
        assert!(
            summary.contains(&format!("({path})")),
            "`{path}` is not in SUMMARY.md"
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let mut book = mdbook_driver::MDBook::load(workspace().join("docs")).unwrap();
    book.config.build.build_dir = folder.path().to_owned();
    let warnings = Warnings::default();
    tracing::subscriber::with_default(warnings.clone(), || book.build().unwrap());
    let warnings = warnings.0.lock().unwrap();
    assert!(warnings.is_empty(), "{warnings:#?}");
    assert!(folder.path().join("index.html").is_file());
}

/// What was told that somebody should mend.
#[derive(Debug, Clone, Default)]
struct Warnings(Arc<Mutex<Vec<String>>>);

impl tracing::Subscriber for Warnings {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        *metadata.level() <= tracing::Level::WARN
    }

    fn event(&self, event: &tracing::Event<'_>) {
        event.record(
            &mut |field: &tracing::field::Field, value: &dyn std::fmt::Debug| {
                self.0.lock().unwrap().push(format!("{field}: {value:?}"));
            },
        );
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}
