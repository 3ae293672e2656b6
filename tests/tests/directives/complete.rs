//! That no directive is missing among the cases, read from the sources: whatever `Op`, `Batch`, `NewTable` and the
//! handles offer occurs in a case, on that very handle.
//!
//! It reads text, not syntax, and follows each chain of calls from `op`, `b`, `t` or `key(..)` by what the methods'
//! signatures say that they return.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use migrate_core::prelude::*;

use crate::cases::KINDS;
use crate::history;

/// A type and a method of it.
type Method = (String, String);

/// What each method returns.
fn offered() -> BTreeMap<Method, String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrate-core/src");
    let mut files = vec![source.join("schema/index.rs"), source.join("schema/types.rs")];
    for folder in ["operation/op", "operation/refine"] {
        let entries = fs::read_dir(source.join(folder)).unwrap();
        files.extend(entries.map(|entry| entry.unwrap().path()));
    }
    let mut offered = BTreeMap::new();
    for file in files {
        let model = file.components().any(|part| part.as_os_str() == "schema");
        let text = fs::read_to_string(file).unwrap();
        let text = text.split("\n#[cfg(test)]").next().unwrap();
        // What a macro gives to several handles stands under its variable, and is theirs.
        let handles: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("    ")?.strip_suffix(';')?.split_once(": "))
            .map(|(handle, _)| handle.split('<').next().unwrap())
            .filter(|handle| handle.ends_with("Handle"))
            .collect();
        let mut owners: Vec<&str> = Vec::new();
        for (position, line) in text.lines().enumerate() {
            let code = line.trim_start().trim_start_matches("$(");
            if code.starts_with("impl") && code.ends_with('{') {
                let ty = code.trim_start_matches("impl").trim_end_matches(" {");
                let ty = if ty.starts_with('<') {
                    ty.split_once("> ").unwrap().1
                } else {
                    ty
                };
                let ty = ty.trim_start().split('<').next().unwrap();
                owners = if code.contains("$handle") {
                    handles.clone()
                } else {
                    vec![ty]
                };
            }
            let Some(name) = code
                .strip_prefix("pub fn ")
                .and_then(|rest| rest.split(['(', '<']).next())
            else {
                continue;
            };
            let rest = text.lines().skip(position);
            let signature: Vec<&str> = rest
                .take_while(|line| !line.starts_with("    }") && *line != "}")
                .collect();
            let signature = signature.join(" ");
            let returned = signature.split_once(" -> ").map_or("", |(_, returned)| returned);
            let returned = returned.split([' ', '<']).next().unwrap();
            // A free function returns what is offered under no type.
            let free = line.starts_with("pub fn");
            // The model is read too; what refines it takes and returns it.
            if model && !free && !signature.contains("(mut self") {
                continue;
            }
            for owner in if free { vec![""] } else { owners.clone() } {
                let returned = if returned == "Self" { owner } else { returned };
                offered.insert((owner.to_owned(), name.to_owned()), returned.to_owned());
            }
        }
    }
    // What a migration does not write, and what it asks: neither is a directive.
    for name in ["new", "told", "finish", "argument"] {
        offered.remove(&("Op".to_owned(), name.to_owned()));
    }
    offered
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The methods that a text calls, each on the type that its receiver has.
fn called(text: &str, offered: &BTreeMap<Method, String>) -> BTreeSet<Method> {
    let mut called = BTreeSet::new();
    for (start, _) in text.match_indices(|character: char| character.is_alphabetic()) {
        if text[..start].ends_with(|before: char| is_name(before) || before == '.') {
            continue;
        }
        let word: String = text[start..]
            .chars()
            .take_while(|character| is_name(*character))
            .collect();
        let mut rest = &text[start + word.len()..];
        let mut ty = match word.as_str() {
            "op" => "Op".to_owned(),
            "b" => "Batch".to_owned(),
            "t" => "NewTable".to_owned(),
            _ => {
                let function = (String::new(), word);
                let Some(ty) = offered.get(&function).filter(|_| rest.starts_with('(')) else {
                    continue;
                };
                rest = after_parentheses(rest);
                called.insert(function);
                ty.clone()
            }
        };
        while let Some(method) = rest.trim_start().strip_prefix('.') {
            let name: String = method
                .chars()
                .take_while(|character| is_name(*character))
                .collect();
            rest = after_parentheses(&method[name.len()..]);
            let method = (ty, name);
            let Some(returned) = offered.get(&method) else {
                break;
            };
            ty = returned.clone();
            called.insert(method);
        }
    }
    called
}

/// What follows the parentheses that a text begins with. What stands in quotes does not count.
fn after_parentheses(text: &str) -> &str {
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    for (position, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 && !quoted {
            return &text[position + 1..];
        }
    }
    ""
}

#[test]
fn no_directive_is_missing() {
    let offered = offered();
    // What only leads back is not shown.
    let called: BTreeSet<Method> = KINDS
        .iter()
        .flat_map(|kind| {
            kind.cases
                .iter()
                .map(|case| history::source(kind, case).1.join("\n"))
        })
        .flat_map(|up| called(&up, &offered))
        .collect();
    let missing: Vec<String> = offered
        .keys()
        .filter(|method| !called.contains(*method))
        .map(|(owner, name)| format!("{owner}::{name}"))
        .collect();
    assert!(missing.is_empty(), "no case has {missing:?}");
    // The reading itself has read something of each kind.
    for (owner, name) in [
        ("Op", "create_table"),
        ("Batch", "drop_index"),
        ("NewTable", "exclude"),
        ("ForeignKeyHandle", "initially_deferred"),
        ("CountingHandle", "cycle"),
        ("IndexElement", "nulls_last"),
        ("Enumeration", "existing"),
        ("", "array_of"),
    ] {
        assert!(
            called.contains(&(owner.to_owned(), name.to_owned())),
            "{owner}::{name}"
        );
    }
}

/// What to do instead is said in backticks: `op.on(..)`, `.cascade()`. It is read from the sources of all dialects.
#[test]
fn every_way_out_exists() {
    let offered = offered();
    let mut files = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrate-core/src/dialect")];
    let (mut read, mut unknown) = (0, Vec::new());
    while let Some(file) = files.pop() {
        if file.is_dir() {
            files.extend(fs::read_dir(file).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        for quoted in text.split('`').filter(|quoted| !quoted.contains('\n')) {
            let on_op = quoted.strip_prefix("op.");
            let Some(named) = on_op.or(quoted.strip_prefix('.').filter(|named| named.contains('('))) else {
                continue;
            };
            // The arguments are `..`, and a chain goes on after them.
            let first = named.split(|character| !is_name(character)).next().unwrap();
            let further = named.match_indices(").").map(|(at, _)| &named[at + 2..]);
            let further = further.map(|rest| rest.split(|character| !is_name(character)).next().unwrap());
            for (position, name) in std::iter::once(first).chain(further).enumerate() {
                let known = offered.keys().any(|(owner, offered)| {
                    offered == name && (owner == "Op") == (on_op.is_some() && position == 0)
                });
                read += 1;
                if !known && !name.is_empty() {
                    unknown.push(format!("{}: `{quoted}`", file.display()));
                }
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
    assert!(read > 40, "{read}");
}

#[test]
fn every_case_has_a_name_of_its_own() {
    let names: Vec<&str> = KINDS
        .iter()
        .flat_map(|kind| kind.cases)
        .map(|case| case.name)
        .collect();
    assert_eq!(names.len(), names.iter().collect::<BTreeSet<_>>().len());
}

#[test]
fn every_directive_is_recorded_at_its_own_line() {
    let mut op = Op::new();
    op.drop_table("a");
    op.create_table("b", |t| {
        t.column("c", text());
    })
    .comment("d");
    op.execute("SELECT 1");
    for recorded in op.finish() {
        let source = include_str!("complete.rs");
        let line = source.lines().nth(recorded.place.line as usize - 1).unwrap();
        let directive = recorded.operation.to_string();
        let directive = directive.split(' ').next().unwrap();
        assert!(
            line.trim_start().starts_with(&format!("op.{directive}(")),
            "{line}"
        );
        assert!(recorded.place.file.ends_with("complete.rs"));
    }
}
