//! Names and texts that would be code, a comment or the end of a literal, if they were not escaped.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use migrate_core::autogenerate::models;
use migrate_core::prelude::*;
use migrate_core::schema::{Metadata, View};
use proptest::prelude::*;

use crate::{DATABASES, cases, dialect, items, reading};

const NAMES: [&str; 14] = [
    "\"); std::process::exit(1); // {} \\ \n */ \r \u{202e}\u{feff} 'r#\"",
    "x: i32 } fn evil() { std::process::exit(1) } struct Y { y",
    "type",
    "self",
    "Self",
    "String",
    "Option",
    "Batch",
    "",
    "日本",
    "r#\"",
    "a.b",
    "2xl",
    "#[doc = \"\"]",
];

/// A database in which everything is called so.
fn described(names: &[String]) -> Metadata {
    let mut op = Op::new();
    for (at, name) in names.iter().enumerate() {
        let next = &names[(at + 1) % names.len()];
        op.create_table(qualified(next, name), |t| {
            for column in names {
                t.column(column, text())
                    .server_default(name)
                    .comment(next)
                    .collate(name);
            }
            t.column("own type", custom(name)).check(name);
            t.column("one of", enumeration(qualified(name, next), [name, next]));
            t.primary_key([name]).name(&format!("{name} 1"));
            t.unique([next, name]).name(&format!("{name} 2"));
            t.check(name).name(&format!("{name} 3"));
            t.check(&format!(
                "{name} and {next} and something more that makes it long"
            ));
            t.exclude(&format!("{name} 4"), [(key(next).collate(name), name)])
                .using(next);
            t.foreign_key([name], qualified(next, name), [name])
                .name(&format!("{name} 5"));
            t.foreign_key([name], "elsewhere", [name])
                .name(&format!("{name} 6"));
        })
        .comment(next)
        .option(Sqlite, name);
        op.create_index(name, qualified(next, name), [sql(name)])
            .where_(next)
            .include([name]);
    }
    let mut metadata = Metadata::default();
    for recorded in op.finish() {
        drop(metadata.apply(&recorded.operation));
    }
    let view = View {
        name: names[0].as_str().into(),
        query: String::new(),
        materialized: false,
    };
    metadata.views.insert(view.name.clone(), view.into());
    metadata
}

pub(crate) fn metadata() -> Metadata {
    described(&NAMES.map(str::to_owned))
}

/// That nothing stands in a file but structs and enums with what is their own, and `use`.
fn check(source: &str) {
    for item in items(source) {
        if let syn::Item::Struct(item) = item {
            assert!(item.generics.params.is_empty());
            let attributes = item.fields.into_iter().flat_map(|field| field.attrs);
            for attribute in attributes {
                let path = attribute.path();
                assert!(path.is_ident("column") || path.is_ident("sqlx"), "{source}");
            }
        } else if let syn::Item::Enum(item) = item {
            assert!(item.variants.iter().all(|variant| variant.fields.is_empty()));
        } else {
            assert!(matches!(item, syn::Item::Use(_)), "{source}");
        }
    }
}

#[test]
fn a_name_is_never_code() {
    for (scheme, _) in DATABASES {
        let file = models(dialect(scheme), &reading(metadata()));
        check(&file.source);
        let lines: Vec<&str> = file.source.lines().take_while(|line| !line.is_empty()).collect();
        assert!(lines.iter().all(|line| line.starts_with("//")), "{lines:#?}");
        let invisible = ['\u{202e}', '\u{feff}', '\r', '\0'];
        assert!(!file.source.contains(invisible));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_name_is_code_whatever_it_is(names in prop::collection::btree_set("\\PC{0,12}|[a-z\"'\\\\{}();#/*!\n\r ]{0,16}", 2..4)) {
        let names: Vec<String> = names.into_iter().collect();
        check(&models(dialect("postgres"), &reading(described(&names))).source);
    }
}

#[test]
fn rustfmt_leaves_it_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rustfmt.toml"), "").unwrap();
    for (scheme, _) in DATABASES {
        for (name, reading) in cases(scheme) {
            let source = models(dialect(scheme), &reading).source;
            let mut rustfmt = Command::new("rustfmt")
                .args(["--edition", "2024", "--config-path"])
                .arg(folder.path())
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            rustfmt
                .stdin
                .take()
                .unwrap()
                .write_all(source.as_bytes())
                .unwrap();
            let output = rustfmt.wait_with_output().unwrap();
            assert_eq!(
                String::from_utf8(output.stdout).unwrap(),
                source,
                "{scheme} {name}"
            );
        }
    }
}
