//! What the text of one file says about itself, without parsing its items.
//!
//! Only the root of the file counts: an attribute or a function inside a module, a macro or a body is not its
//! migration's.

use std::{borrow::ToOwned, ops::Range, string::String, vec::Vec};

use super::{
    lexer::{Kind, LexError, Lexeme, Lexer},
    token::{Extent, Place, Places, Token, TokenKind},
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
}

/// One `#[migration(...)]`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute {
    /// Where its `#` stands.
    pub(super) place: Place,
    /// The tokens between its brackets.
    pub(super) arguments: Vec<Token<Extent>>,
}

/// Reads a text as far as it has tokens, and says where they end early.
pub(super) fn outline(text: &str) -> (Outline, Option<(Place, LexError)>) {
    let mut outline = Outline::default();
    let mut places = Places::new(text);
    let mut depth = 0_usize;
    let mut previous: Option<Lexeme> = None;
    let mut attribute: Option<Vec<Lexeme>> = None;
    for lexeme in Lexer::new(text) {
        let lexeme = match lexeme {
            Ok(lexeme) => lexeme,
            Err(error) => {
                outline.doc = unindented(text, &outline.doc_lines);
                return (outline, Some((places.at(error.at), error)));
            }
        };
        let word = &text[lexeme.start..lexeme.end];
        let before = previous.map_or("", |previous| &text[previous.start..previous.end]);
        match lexeme.kind {
            Kind::InnerDoc if depth == 0 => outline.doc_lines.extend(doc_lines(word, lexeme.start)),
            Kind::Open => {
                if depth == 0 && before == "#" && word == "[" {
                    attribute = previous.map(|hash| Vec::from([hash]));
                }
                depth += 1;
            }
            Kind::Close => depth = depth.saturating_sub(1),
            Kind::Word if depth == 0 && word == "downgrade" && before == "fn" => outline.has_downgrade = true,
            Kind::InnerDoc | Kind::Word | Kind::Str | Kind::Literal | Kind::Punct => {}
        }
        if let Some(lexemes) = &mut attribute {
            lexemes.push(lexeme);
        }
        if depth == 0
            && let Some(lexemes) = attribute.take()
        {
            outline.attributes.extend(migration(text, &lexemes, &mut places));
        }
        previous = Some(lexeme);
    }
    outline.doc = unindented(text, &outline.doc_lines);
    (outline, None)
}

/// `# [ path ( arguments ) ]` as the attribute that it is, when its path is the macro's.
fn migration(text: &str, lexemes: &[Lexeme], places: &mut Places<'_>) -> Option<Attribute> {
    let words: Vec<&str> = lexemes
        .iter()
        .map(|lexeme| &text[lexeme.start..lexeme.end])
        .collect();
    let path = match words.get(2..)? {
        ["migration", ..] => 1,
        ["migrate_core", ":", ":", "migration", ..] => 4,
        [":", ":", "migrate_core", ":", ":", "migration", ..] => 6,
        _ => return None,
    };
    let place = places.at(lexemes.first()?.start);
    let arguments = match lexemes.get(2 + path..)? {
        [open, inner @ .., _, _] if open.kind == Kind::Open => inner,
        _ => &[],
    };
    let arguments = arguments
        .iter()
        .filter_map(|lexeme| {
            let source = &text[lexeme.start..lexeme.end];
            let kind = match lexeme.kind {
                Kind::Word => TokenKind::Word(source.to_owned()),
                Kind::Str | Kind::Literal => TokenKind::of_literal(source),
                Kind::Punct => TokenKind::Punct(source.chars().next()?),
                Kind::Open => TokenKind::Open(source.chars().next()?),
                Kind::Close => TokenKind::Close,
                Kind::InnerDoc => return None,
            };
            Some(Token {
                kind,
                span: Extent {
                    place: places.at(lexeme.start),
                    start: lexeme.start,
                    end: lexeme.end,
                },
            })
        })
        .collect();
    Some(Attribute { place, arguments })
}

/// The lines of a comment that begins at `start` and documents the module.
fn doc_lines(comment: &str, start: usize) -> Vec<Range<usize>> {
    let line = |text: &str, start: usize| start..start + text.trim_end().len();
    let block = comment
        .strip_prefix("/*!")
        .and_then(|block| block.strip_suffix("*/"));
    let mut at = start + "//!".len();
    let Some(block) = block else {
        return Vec::from([line(comment.strip_prefix("//!").unwrap_or(""), at)]);
    };
    let lines = block.split_inclusive('\n').map(|text| {
        let line = line(text, at);
        at += text.len();
        line
    });
    lines.collect()
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
    use std::vec;

    fn places(text: &str) -> Vec<Place> {
        let (outline, error) = outline(text);
        assert_eq!(error, None, "{text}");
        outline
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
            "mod m { #[migration] fn f() {} }",
            "macro_rules! m { () => { #[migration] } }",
            "#![migration]",
            "#[other::migration]",
            "#[migrations]",
            "#[cfg_attr(all(), migration)]",
            "['#', '[', 'm']",
        ] {
            assert_eq!(places(text), [], "{text}");
        }
    }

    #[test]
    fn a_downgrade_counts_at_the_root_only() {
        let has = |text| outline(text).0.has_downgrade;
        assert!(has("pub fn downgrade(op: &mut Op) {}"));
        assert!(has("pub(crate) fn // why\n downgrade() {}"));
        assert!(!has("mod m { fn downgrade() {} }"));
        assert!(!has("// fn downgrade()\nfn downgrades() {} \"fn downgrade\""));
    }

    #[test]
    fn documentation_loses_its_markers_and_its_indentation() {
        let doc = |text| outline(text).0.doc;
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
        let (outline, error) = outline("//! a\n#[migration(x)]\nfn upgrade() { \"");
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
        assert_eq!(error.map(|(place, _)| place), Some(Place { line: 3, column: 16 }));
    }
}
