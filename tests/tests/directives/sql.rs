//! What each directive becomes on each database, side by side, by way of a script; or why it cannot be.

use std::fmt::Write;

use migrate_core::dialect::{Unsupported, for_scheme};
use migrate_core::graph::Heads;
use migrate_core::{ApplyError, Error, ScriptError};

use crate::cases::{Case, KINDS, Kind};
use crate::{DATABASES, history};

/// What a script of the case's migration holds, or why there can be none.
enum Outcome {
    Sql(String),
    /// It takes what the table is now.
    AsksTheTable,
    Refused(Vec<Unsupported>),
    /// Refused for what the table is, when that is known.
    RefusedAtItsTurn(Unsupported),
}

async fn outcome(scheme: &str, case: &Case) -> Outcome {
    let script = history::of(case)
        .script_upgrade(scheme, &Heads::default(), "heads")
        .await;
    match script {
        Ok(script) => Outcome::Sql(of_the_case(scheme, &script)),
        Err(Error::Prepare(errors)) => {
            let of_the_case = history::of_the_case(errors).into_iter();
            Outcome::Refused(of_the_case.map(|(_, unsupported)| unsupported).collect())
        }
        Err(Error::Script(ScriptError { cause, .. })) => {
            if let ApplyError::Unsupported { unsupported, .. } = cause {
                Outcome::RefusedAtItsTurn(unsupported)
            } else if let ApplyError::NoPresent { .. } = cause {
                Outcome::AsksTheTable
            } else {
                panic!("{}: {cause}", case.name)
            }
        }
        Err(error) => panic!("{}: {error}", case.name),
    }
}

/// The statements of the last migration, without those about the version table and the script's guards.
fn of_the_case(scheme: &str, script: &str) -> String {
    let (_, last) = script
        .split_once(&format!(
            "-- Running upgrade {} -> {}\n",
            history::BEFORE,
            history::CASE
        ))
        .unwrap();
    let table = for_scheme(scheme).unwrap().identifier("alembic_version");
    let (statements, _) = last.split_once(&format!("UPDATE {table} SET")).unwrap();
    // A rebuild's guard, which is quoted, is no script's.
    let is_guard = |statement: &str| {
        statement.starts_with("DO $guard")
            || statement.contains("migrate_guard") && !statement.contains("\"migrate_guard\"")
    };
    let statements = statements.trim().split("\n\n");
    let statements: Vec<&str> = statements.filter(|statement| !is_guard(statement)).collect();
    // What opens the transaction of the version table's row is the script's too.
    let statements = statements
        .strip_suffix(&["START TRANSACTION;"])
        .unwrap_or(&statements);
    let statements = statements.iter().filter(|statement| !statement.is_empty());
    statements.map(|statement| format!("{statement}\n")).collect()
}

async fn side_by_side(kind: &Kind, case: &Case) -> String {
    let mut text = String::new();
    let (_, source) = history::source(kind, case);
    for line in &source[1..source.len() - 1] {
        writeln!(text, "{}", line.strip_prefix("            ").unwrap_or(line)).unwrap();
    }
    for (scheme, _) in DATABASES {
        write!(text, "\n-- {scheme}\n").unwrap();
        match outcome(scheme, case).await {
            Outcome::Sql(sql) => text.push_str(&sql),
            Outcome::AsksTheTable => text.push_str("(asks the table)\n"),
            Outcome::Refused(refused) => {
                for unsupported in refused {
                    writeln!(text, "!! {unsupported}").unwrap();
                }
            }
            Outcome::RefusedAtItsTurn(unsupported) => {
                writeln!(text, "!! at its turn: {unsupported}").unwrap();
            }
        }
    }
    text
}

async fn shown(kind: &str) {
    let kind = KINDS.iter().find(|other| other.name == kind).unwrap();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path(format!("sql/{}", kind.name));
    for case in kind.cases {
        let text = side_by_side(kind, case).await;
        settings.bind(|| insta::assert_snapshot!(case.name, text));
    }
}

#[tokio::test]
async fn tables() {
    shown("tables").await;
}

#[tokio::test]
async fn columns() {
    shown("columns").await;
}

#[tokio::test]
async fn constraints() {
    shown("constraints").await;
}

#[tokio::test]
async fn indexes() {
    shown("indexes").await;
}

#[tokio::test]
async fn enums() {
    shown("enums").await;
}

#[tokio::test]
async fn objects() {
    shown("objects").await;
}

#[tokio::test]
async fn rows() {
    shown("rows").await;
}

/// Which cases a database refuses is written with the case, so that no directive is given up by accident.
#[tokio::test]
async fn a_database_refuses_what_its_case_says() {
    let mut different = Vec::new();
    for case in KINDS.iter().flat_map(|kind| kind.cases) {
        for (scheme, backend) in DATABASES {
            let refused = match outcome(scheme, case).await {
                Outcome::Sql(_) => false,
                Outcome::Refused(_) | Outcome::RefusedAtItsTurn(_) => true,
                // The database itself has to be there to say.
                Outcome::AsksTheTable => continue,
            };
            if refused != case.refused.contains(&backend) {
                different.push(format!("{} on {scheme}: refused = {refused}", case.name));
            }
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}
