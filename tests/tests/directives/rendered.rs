//! What autogenerate renders of every case, as a file that is compiled here and records the same operations again.
//!
//! `rendered/corpus.in` is made by this test: after a change, `BLESS=1 cargo test -p migrate-tests --test directives
//! rendered`, twice, and read it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use migrate_core::autogenerate::render;
use migrate_core::operation::{Operation, Recorded};
use migrate_core::prelude::*;

use crate::cases::{KINDS, Record};

mod corpus {
    use super::Rendered;
    use migrate_core::prelude::*;

    include!("rendered/corpus.in");
}

/// Names and texts that would be code, a comment or the end of a literal, if they were not escaped.
fn hostile(op: &mut Op) -> Result {
    const TEXT: &str = "\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\"";
    op.create_table(qualified(TEXT, TEXT), |t| {
        t.column(TEXT, custom(TEXT)).server_default(TEXT).comment(TEXT);
        t.column("e", enumeration(TEXT, [TEXT])).server_default(sql(TEXT));
        t.check(TEXT).name(TEXT);
    })
    .comment(TEXT);
    op.create_index(TEXT, TEXT, [key(TEXT).collate(TEXT)])
        .where_(TEXT);
    op.create_function(TEXT, TEXT, TEXT);
    Ok(())
}

type Case = (String, Record);

/// A case and what was rendered of it.
type Rendered = (&'static str, Record);

fn cases() -> Vec<Case> {
    let ways = |case: &crate::cases::Case| {
        [("up", case.up), ("down", case.down)].map(|(way, record)| (format!("{}_{way}", case.name), record))
    };
    let cases = KINDS.iter().flat_map(|kind| kind.cases).flat_map(ways);
    cases.chain([("hostile".to_owned(), hostile as Record)]).collect()
}

/// What a function records, but for what autogenerate never finds.
fn recorded(record: Record) -> Vec<Operation> {
    let mut op = Op::new();
    record(&mut op).unwrap();
    let found = |one: &Recorded| {
        !matches!(
            one.operation,
            Operation::Execute(_)
                | Operation::BulkInsert(_)
                | Operation::DeleteRows(_)
                | Operation::Backfill(_)
                | Operation::Run(_)
        )
    };
    let mut operations: Vec<Operation> = op
        .finish()
        .into_iter()
        .filter(found)
        .map(|one| one.operation)
        .collect();
    // Those of a column stand with it, and so before the others.
    for operation in &mut operations {
        if let Operation::CreateTable(create) = operation {
            create
                .table
                .constraints
                .sort_by(|one, other| one.name().cmp(other.name()));
        }
    }
    operations
}

fn rendered() -> String {
    let mut out = String::new();
    let mut names = Vec::new();
    for (name, record) in cases() {
        let statements: Vec<String> = recorded(record).iter().flat_map(render).collect();
        if !statements.is_empty() {
            let body = statements.join("\n").replace('\n', "\n    ");
            writeln!(
                out,
                "fn {name}(op: &mut Op) -> Result {{\n    {body}\n    Ok(())\n}}\n"
            )
            .unwrap();
            names.push(name);
        }
    }
    let names = names.iter().map(|name| format!("    ({name:?}, {name}),\n"));
    let names: String = names.collect();
    writeln!(out, "pub(super) const CASES: &[Rendered] = &[\n{names}];").unwrap();
    out
}

#[test]
fn what_is_rendered_is_the_file_that_is_compiled() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/directives/rendered/corpus.in");
    let rendered = rendered();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, &rendered).unwrap();
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), rendered);
}

#[test]
fn what_is_rendered_records_the_same_operations_again() {
    for (name, record) in cases() {
        let again = corpus::CASES.iter().find(|(other, _)| *other == name);
        let again = again.map(|(_, record)| recorded(*record)).unwrap_or_default();
        assert_eq!(again, recorded(record), "{name}");
    }
}
