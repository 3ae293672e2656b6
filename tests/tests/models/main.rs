//! Models that are made of a database: they compile, they describe the same database again, and no name in it is code.
//!
//! `corpus/*.in` are made by this test: after a change, `BLESS=1 cargo test -p migrate-tests --test models`, twice, and
//! read them.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod corpus;
mod hostile;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use migrate_core::autogenerate::{difference, models, render};
use migrate_core::dialect::{Dialect, Reading, for_scheme};
use migrate_core::operation::Op;
use migrate_core::schema::Metadata;
use migrate_tests::described::described;
use migrate_tests::models::models as described_by;
use migrate_tests::recorded::answers;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

type Describe = fn(&mut Op);

/// What is compiled of a case: its name, and what its structs say.
type Compiled = (&'static str, &'static [Describe]);

const DATABASES: [(&str, &[Compiled]); 3] = [
    ("sqlite", corpus::sqlite::CASES),
    ("postgres", corpus::postgres::CASES),
    ("mysql", corpus::mysql::CASES),
];

fn dialect(scheme: &str) -> &'static dyn Dialect {
    for_scheme(scheme).unwrap()
}

/// What is read of the databases of the corpus, by name.
fn cases(scheme: &str) -> Vec<(String, Reading)> {
    let rows = match scheme {
        "sqlite" => include_str!("../../../migrate-core/tests/recorded/sqlite.rows"),
        "postgres" => include_str!("../../../migrate-core/tests/recorded/postgres.rows"),
        _ => include_str!("../../../migrate-core/tests/recorded/mariadb.rows"),
    };
    let recorded = dialect(scheme).read(&answers(rows)).unwrap();
    let mut cases = vec![
        ("recorded".to_owned(), recorded),
        ("hostile".to_owned(), reading(hostile::metadata())),
    ];
    let mut runner = TestRunner::deterministic();
    for number in 1..=4 {
        let metadata = described().new_tree(&mut runner).unwrap().current();
        cases.push((format!("random_{number}"), reading(metadata)));
    }
    cases
}

fn reading(metadata: Metadata) -> Reading {
    Reading {
        metadata,
        ..Reading::default()
    }
}

fn metadata(compiled: &[Compiled], name: &str) -> Metadata {
    let describe = compiled.iter().find(|(other, _)| *other == name);
    let describe = describe.map(|(_, describe)| *describe).unwrap_or_default();
    described_by(describe)
        .metadata()
        .unwrap_or_else(|errors| panic!("{name}: {errors:#?}"))
}

/// What there would be to do.
fn differences(scheme: &str, present: &Metadata, wanted: &Metadata) -> Vec<String> {
    let enums = present.enumerations.keys().cloned().collect();
    let found = difference(dialect(scheme), present, wanted, &enums, &[]);
    let open = found.open.iter().map(ToString::to_string);
    found.operations.iter().flat_map(render).chain(open).collect()
}

#[test]
fn what_is_made_is_the_file_that_is_compiled() {
    for (scheme, _) in DATABASES {
        let mut file = String::new();
        let mut names = String::new();
        for (name, reading) in cases(scheme) {
            let source = models(dialect(scheme), &reading).source;
            writeln!(file, "pub(crate) mod {name} {{\n{source}}}\n").unwrap();
            let structs = items(&source).into_iter().filter_map(|item| {
                if let syn::Item::Struct(item) = item {
                    Some(format!("<{name}::{} as Model>::describe", item.ident))
                } else {
                    None
                }
            });
            let structs: Vec<String> = structs.collect();
            writeln!(names, "    ({name:?}, &[{}]),", structs.join(", ")).unwrap();
        }
        writeln!(file, "pub(crate) const CASES: &[crate::Compiled] = &[\n{names}];").unwrap();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/models/corpus/{scheme}.in"));
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &file).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), file, "{scheme}");
    }
}

fn items(source: &str) -> Vec<syn::Item> {
    syn::parse_file(source)
        .unwrap_or_else(|error| panic!("{error}\n{source}"))
        .items
}

#[test]
fn models_say_what_they_were_made_of() {
    for (scheme, compiled) in DATABASES {
        for (name, reading) in cases(scheme) {
            let found = differences(scheme, &reading.metadata, &metadata(compiled, &name));
            assert_eq!(found, [""; 0], "{scheme} {name}");
        }
    }
}
