//! What the text of one file says about itself, without parsing its items.
//!
//! Only the root of the file counts: an attribute or a function inside a module, a macro or a body is not its
//! migration's. So that no migration is missed in silence, an attribute that would be one is named wherever else
//! it stands. What macros of other files produce is not known here; the compiler's `#[migration]` refuses it.

use std::{borrow::ToOwned, ops::Range, string::String, vec::Vec};

use super::{
    attribute::{Attribute, Found, Progress, Reading},
    error::SourceErrorKind,
    lexer::{Flaw, Kind, Lexeme, Lexer},
    token::{Place, Places},
};

/// The outline of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Outline {
    /// The `//!` text, unindented.
    pub(super) doc: String,
    /// Where the lines of that text stand, without markers and blanks at their end.
    pub(super) doc_lines: Vec<Range<usize>>,
    /// Every `#[migration]` at the root.
    pub(super) attributes: Vec<Attribute>,
    /// Whether there is a `fn downgrade` at the root.
    pub(super) has_downgrade: bool,
    pub(super) has_upgrade: bool,
    /// What keeps the text from being read as it is meant, in its order.
    pub(super) problems: Vec<(Place, SourceErrorKind)>,
}

impl Outline {
    fn add(&mut self, found: Found) {
        match found {
            Found::Migration(attribute) => self.attributes.push(attribute),
            Found::Problem(place, kind) => self.problems.push((place, kind)),
            Found::Other => {}
        }
    }
}

/// Reads a text as far as it has tokens.
pub(super) fn outline(text: &str) -> Outline {
    let mut outline = Outline::default();
    let mut places = Places::new(text);
    let mut depth = 0_usize;
    let mut previous = "";
    // The `#` of an attribute that may begin, and whether a `!` follows it.
    let mut hash: Option<(Lexeme, bool)> = None;
    let mut attribute: Option<Reading<'_>> = None;
    for lexeme in Lexer::new(text) {
        let lexeme = match lexeme {
            Ok(lexeme) => lexeme,
            Err(error) => {
                let kind = match error.flaw {
                    Flaw::Unterminated(what) => SourceErrorKind::Unterminated(what),
                    Flaw::Nul => SourceErrorKind::Nul,
                };
                outline.problems.push((places.at(error.at), kind));
                // Were it closed, the attribute might be too.
                attribute = None;
                break;
            }
        };
        if let Some(reading) = &mut attribute {
            let found = match reading.push(lexeme) {
                Progress::Open => continue,
                Progress::Closed => reading.complete(depth == 0, &mut places),
                Progress::Broken => reading.broken(&mut places),
            };
            outline.add(found);
            attribute = None;
            continue;
        }
        let word = &text[lexeme.start..lexeme.end];
        match lexeme.kind {
            Kind::InnerDoc if depth == 0 => document(word, lexeme.start, &mut outline.doc_lines),
            Kind::Open => match hash {
                Some((hash, is_inner)) if word == "[" => {
                    attribute = Some(Reading::new(text, hash, is_inner, lexeme));
                }
                _ => depth += 1,
            },
            Kind::Close => depth = depth.saturating_sub(1),
            Kind::Word if depth == 0 && previous == "fn" => {
                outline.has_downgrade |= word == "downgrade";
                outline.has_upgrade |= word == "upgrade";
            }
            Kind::InnerDoc | Kind::Word | Kind::Str | Kind::Literal | Kind::Punct => {}
        }
        hash = match word {
            "#" => Some((lexeme, false)),
            "!" => hash.map(|(hash, _)| (hash, true)),
            _ => None,
        };
        previous = word;
    }
    if let Some(reading) = attribute {
        outline.add(reading.broken(&mut places));
    }
    outline.doc = unindented(text, &outline.doc_lines);
    outline
}

/// Adds the lines of a comment that begins at `start` and documents the module.
fn document(comment: &str, start: usize, lines: &mut Vec<Range<usize>>) {
    let mut at = start + "//!".len();
    let mut add = |line: &str| {
        lines.push(at..at + line.trim_end().len());
        at += line.len();
    };
    let block = comment
        .strip_prefix("/*!")
        .and_then(|block| block.strip_suffix("*/"));
    match block {
        Some(block) => block.split_inclusive('\n').for_each(add),
        None => add(comment.strip_prefix("//!").unwrap_or("")),
    }
}

/// The lines without the indentation that they share and without blank ones at either end.
fn unindented(text: &str, lines: &[Range<usize>]) -> String {
    let lines = lines.iter().map(|line| &text[line.clone()]);
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let filled = lines.clone().filter(|line| !line.is_empty());
    let shared = filled.map(indentation).min().unwrap_or(0);
    let lines: Vec<&str> = lines.map(|line| line.get(shared..).unwrap_or("")).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::token::{Extent, Token, TokenKind};
    use std::{format, vec};

    fn places(text: &str) -> Vec<Place> {
        outline(text)
            .attributes
            .into_iter()
            .map(|attribute| attribute.place)
            .collect()
    }

    #[test]
    fn the_attribute_is_found_under_every_path_that_names_it() {
        for text in [
            "#[migration]",
            "# [ migration () ] fn f(){}",
            "#[migrate_core::migration()]",
            "#[::migrate_core::migration(a)]",
        ] {
            assert_eq!(places(text), [Place { line: 1, column: 1 }], "{text}");
            assert_eq!(outline(text).problems, [], "{text}");
        }
        assert_eq!(
            places("\n  #[x]\t#[migration{}]\n#[migration]"),
            [Place { line: 2, column: 8 }, Place { line: 3, column: 1 }]
        );
    }

    #[test]
    fn what_only_looks_like_the_attribute_is_not() {
        for text in [
            "// #[migration]",
            "/* #[migration] */",
            "\"#[migration]\"",
            "r#\"\n#[migration]\n\"#",
            "#[other::migration]",
            "#[migrations(revision = 1)]",
            "#[cfg_attr(migration, doc(hidden))]",
            "#[cfg_attr(any(unix, migration), doc = \"migration(\")]",
            "#[cfg(any(migration))] mod migration { fn migration() { let down_revision = migration(1); } }",
            "['#', '[', 'm']",
        ] {
            assert_eq!(outline(text), Outline::default(), "{text}");
        }
    }

    #[test]
    fn a_migration_that_no_command_would_find_is_a_problem() {
        let shown = |text: &&str| {
            let outline = outline(text);
            assert_eq!(outline.attributes, [], "{text}");
            let problems = outline.problems.iter();
            let problems: String = problems
                .map(|(place, kind)| format!("  {place} {kind}\n"))
                .collect();
            format!("{text}\n{problems}")
        };
        let texts = [
            "mod m { #[migration(x)] fn f() {} }",
            "fn f() { #[::migrate_core::migration] fn f() {} }",
            "macro_rules! m { ($r:literal) => { #[migration(revision = $r, down_revision = None)] fn upgrade() {} } } m!(\"a1\");",
            "some! { #[doc(hidden)] #[migration(revision = \"a1\")] }",
            "fn f() { if x { }\n#[migration(x)] fn upgrade() {}",
            "#![migration]",
            "#[cfg_attr(all(), migration(revision = \"a1\"))] fn upgrade() {}",
            "mod m { #[cfg_attr(all(), cfg_attr(unix, migrate_core::migration{}))] }",
            "#[step(revision = \"a1\", down_revision = None)] fn upgrade() {}",
        ];
        insta::assert_snapshot!(texts.iter().map(shown).collect::<String>(), @r#"
        mod m { #[migration(x)] fn f() {} }
          1:9 this `#[migration]` does not stand at the root of its file, so no command finds it: write it outside of modules, macros and functions, and close every bracket above it
        fn f() { #[::migrate_core::migration] fn f() {} }
          1:10 this `#[migration]` does not stand at the root of its file, so no command finds it: write it outside of modules, macros and functions, and close every bracket above it
        macro_rules! m { ($r:literal) => { #[migration(revision = $r, down_revision = None)] fn upgrade() {} } } m!("a1");
          1:36 this `#[migration]` does not stand at the root of its file, so no command finds it: write it outside of modules, macros and functions, and close every bracket above it
        some! { #[doc(hidden)] #[migration(revision = "a1")] }
          1:24 this `#[migration]` does not stand at the root of its file, so no command finds it: write it outside of modules, macros and functions, and close every bracket above it
        fn f() { if x { }
        #[migration(x)] fn upgrade() {}
          2:1 this `#[migration]` does not stand at the root of its file, so no command finds it: write it outside of modules, macros and functions, and close every bracket above it
        #![migration]
          1:1 a migration is no attribute of its file: write `#[migration(...)]`, on `fn upgrade`
        #[cfg_attr(all(), migration(revision = "a1"))] fn upgrade() {}
          1:1 has a migration behind `cfg_attr`, which is there in some builds only: write `#[migration(...)]` alone
        mod m { #[cfg_attr(all(), cfg_attr(unix, migrate_core::migration{}))] }
          1:9 has a migration behind `cfg_attr`, which is there in some builds only: write `#[migration(...)]` alone
        #[step(revision = "a1", down_revision = None)] fn upgrade() {}
          1:1 this is a migration under another name, so no command finds it: write `#[migration(...)]`
        "#);
    }

    #[test]
    fn an_attribute_that_breaks_off_is_named_by_its_bracket() {
        let rest = "\npub fn upgrade(op: &mut Op) {}\npub fn downgrade() {}";
        let shown = |text: &&str| {
            let outline = outline(&format!("{text}{rest}"));
            let problems = outline.problems.iter();
            let problems: String = problems
                .map(|(place, kind)| format!("  {place} {kind}\n"))
                .collect();
            format!("{text}\n{problems}")
        };
        let texts = [
            "#[migration(revision = \"a1\", down_revision = None]",
            "#[migration(revision = \"a1\", down_revision = None)",
            "#[migration(revision = \"a1\", down_revision = [\"b\")]",
            "#[migration(revision = \"a1\"",
            "#[migration revision = \"a1\")]",
            "#[derive(Debug\n#[migration(revision = \"a1\", down_revision = None)]",
            "#[derive(Debug] struct S;",
        ];
        insta::assert_snapshot!(texts.iter().map(shown).collect::<String>(), @r#"
        #[migration(revision = "a1", down_revision = None]
          1:12 this `(` is never closed
        #[migration(revision = "a1", down_revision = None)
          1:2 this `[` is never closed
        #[migration(revision = "a1", down_revision = ["b")]
          1:46 this `[` is never closed
        #[migration(revision = "a1"
          1:12 this `(` is never closed
        #[migration revision = "a1")]
          1:2 this `[` is never closed
        #[derive(Debug
        #[migration(revision = "a1", down_revision = None)]
          1:9 this `(` is never closed
        #[derive(Debug] struct S;
        "#);
    }

    #[test]
    fn a_downgrade_counts_at_the_root_only() {
        let has = |text| outline(text).has_downgrade;
        assert!(has("pub fn downgrade(op: &mut Op) {}"));
        assert!(has("pub(crate) fn // why\n downgrade() {}"));
        assert!(!has("mod m { fn downgrade() {} }"));
        assert!(!has("// fn downgrade()\nfn downgrades() {} \"fn downgrade\""));
    }

    #[test]
    fn documentation_loses_its_markers_and_its_indentation() {
        let doc = |text| outline(text).doc;
        assert_eq!(
            doc("//! a\r\n//!\r\n//!   b  \r\n//! c\r\nfn f() { //! d\n}"),
            "a\n\n  b\nc"
        );
        assert_eq!(doc("//!a\n/// b\n//// c"), "a");
        assert_eq!(doc("/*!\n  a\n    b\n*/"), "a\n  b");
        assert_eq!(doc("//!\n//!"), "");
    }

    #[test]
    fn what_stands_before_the_break_is_still_known() {
        let outline = outline("//! a\n#[migration(x)]\nfn upgrade() { \"");
        assert_eq!(outline.doc, "a");
        assert_eq!(
            outline.attributes,
            [Attribute {
                place: Place { line: 2, column: 1 },
                arguments: vec![Token {
                    kind: TokenKind::Word("x".to_owned()),
                    span: Extent {
                        place: Place { line: 2, column: 13 },
                        start: 18,
                        end: 19
                    }
                }]
            }]
        );
        let place = Place { line: 3, column: 16 };
        assert_eq!(
            outline.problems,
            [(place, SourceErrorKind::Unterminated("string"))]
        );
    }
}
