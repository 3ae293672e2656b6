//! Each case on each database: up, down and up again, and what its catalog says of it.

use std::fmt::Write;

use migrate_core::dialect::Unsupported;
use migrate_core::operation::Place;
use migrate_core::schema::Backend;
use migrate_core::{ApplyError, Error};
use migrate_tests::TestDatabase;

use crate::cases::{Case, KINDS, Kind};
use crate::history;

/// The database's fingerprint, but for the version table, which tells of the run. Where a schema is a database beside
/// ours, the kinds that are not about schemas do not see what the one that is makes at the same time.
async fn fingerprint(kind: &Kind, database: &TestDatabase) -> Vec<String> {
    let about_schemas = kind.name == "tables";
    let lines = database.fingerprint().await.into_iter();
    lines
        .filter(|line| !line.contains("alembic_version"))
        .filter(|line| about_schemas || !line.starts_with("schema "))
        .collect()
}

/// What went and what came.
fn difference(before: &[String], after: &[String]) -> String {
    let mut text = String::new();
    for (sign, lines, others) in [('-', before, after), ('+', after, before)] {
        for line in lines.iter().filter(|line| !others.contains(line)) {
            writeln!(text, "{sign} {line}").unwrap();
        }
    }
    text
}

/// What a run was refused, and for which directives.
fn refusals(error: Error) -> Result<Vec<(Place, Unsupported)>, String> {
    let cause = if let Error::Prepare(errors) = error {
        return Ok(history::of_the_case(errors));
    } else if let Error::Run(run) = error {
        run.cause
    } else {
        return Err(error.to_string());
    };
    let cause = if let ApplyError::Partial { source, .. } = cause {
        *source
    } else {
        cause
    };
    if let ApplyError::Unsupported { place, unsupported } = cause {
        Ok(vec![(place, unsupported)])
    } else {
        Err(cause.to_string())
    }
}

/// Runs a case that is refused, and answers what is said of each of its lines. Nothing may have changed.
async fn refused(kind: &Kind, case: &Case, database: &TestDatabase) -> Result<String, String> {
    let migrator = history::of(case);
    // What stands before it may be refused as well.
    drop(migrator.upgrade(database.url(), history::BEFORE).await);
    let before = fingerprint(kind, database).await;
    let refused = match migrator.upgrade(database.url(), history::CASE).await {
        Ok(_) => return Err("it is not refused".to_owned()),
        Err(error) => refusals(error)?,
    };
    let changes = difference(&before, &fingerprint(kind, database).await);
    if refused.is_empty() || !changes.is_empty() {
        return Err(format!("it is not refused as it should: {refused:?}\n{changes}"));
    }
    let (first, lines) = history::source(kind, case);
    let mut text = String::new();
    for (place, unsupported) in refused {
        let line = (place.line as usize)
            .checked_sub(first)
            .and_then(|line| lines.get(line));
        match line.map(|line| line.trim()) {
            Some(line) if place.file.ends_with(&format!("cases/{}.rs", kind.name)) => {
                writeln!(text, "{line}\n!! {unsupported}").unwrap();
            }
            _ => return Err(format!("{place} is not its place: {unsupported}")),
        }
    }
    Ok(text)
}

/// Runs a case up, down and up again, and answers what it changed.
async fn run(kind: &Kind, case: &Case, backend: Backend, database: &TestDatabase) -> Result<String, String> {
    let migrator = history::of(case);
    let upgrade = async |target: &str| {
        let run = migrator.upgrade(database.url(), target).await;
        run.map_err(|error| format!("upgrade to {target}: {error}"))
    };
    let same = |lines: &[String], again: &[String]| {
        let difference = difference(lines, again);
        let same = difference.is_empty();
        same.then_some(())
            .ok_or(format!("it is not as it was:\n{difference}"))
    };
    upgrade(history::BEFORE).await?;
    let before = fingerprint(kind, database).await;
    upgrade(history::CASE).await?;
    let after = fingerprint(kind, database).await;
    let run = migrator.downgrade(database.url(), history::BEFORE).await;
    run.map_err(|error| format!("downgrade: {error}"))?;
    same(&before, &fingerprint(kind, database).await)?;
    upgrade(history::CASE).await?;
    same(&after, &fingerprint(kind, database).await)?;
    let changes = difference(&before, &after);
    if changes.is_empty() == case.idle.contains(&backend) {
        Ok(changes)
    } else {
        Err(format!("this changed:\n{changes}"))
    }
}

async fn read_back(backend: Backend, folder: &str, kind: &str, database: TestDatabase) {
    let kind = KINDS.iter().find(|other| other.name == kind).unwrap();
    let (mut text, mut failed) = (String::new(), String::new());
    for case in kind.cases {
        database.clear().await;
        if backend == Backend::MySql {
            // A schema is a database beside ours.
            let beside = "DROP SCHEMA IF EXISTS billing; DROP SCHEMA IF EXISTS shop";
            database.execute(beside).await;
        }
        let done = if case.refused.contains(&backend) {
            refused(kind, case, &database).await
        } else {
            run(kind, case, backend, &database).await
        };
        match done {
            Ok(changes) => write!(text, "{}\n{changes}\n", case.name).unwrap(),
            Err(error) => writeln!(failed, "{}: {error}", case.name).unwrap(),
        }
    }
    assert!(failed.is_empty(), "{failed}");
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path(format!("catalog/{folder}"));
    settings.bind(|| insta::assert_snapshot!(kind.name, text));
}

/// A test for each kind of case on one database.
macro_rules! kinds {
    ($scheme:ident, $backend:ident, $needs:meta, $database:expr, [$($kind:ident),+ $(,)?]) => {
        mod $scheme {
            $(#[tokio::test]
            #[$needs]
            async fn $kind() {
                super::read_back(super::Backend::$backend, stringify!($scheme), stringify!($kind), $database).await;
            })+
        }
    };
}
kinds!(
    sqlite,
    Sqlite,
    doc = "Needs no server.",
    migrate_tests::TestDatabase::sqlite(),
    [tables, columns, constraints, indexes, enums, objects, rows]
);
kinds!(
    postgres,
    Postgres,
    ignore = "needs PostgreSQL: run by cargo xtask test",
    migrate_tests::TestDatabase::postgres().await,
    [tables, columns, constraints, indexes, enums, objects, rows]
);
kinds!(
    mysql,
    MySql,
    ignore = "needs MariaDB: run by cargo xtask test",
    migrate_tests::TestDatabase::mysql().await,
    [tables, columns, constraints, indexes, enums, objects, rows]
);
