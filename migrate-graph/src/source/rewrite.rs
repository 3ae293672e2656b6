//! One link of a migration's text changed, and every other byte kept.
//!
//! The text goes in and comes out as it is: byte order mark, line ends, spelling of literals and comments are its
//! author's. No file is read or written here, and whether the new link makes sense is the graph's business.

use core::fmt;
use std::{borrow::ToOwned, format, ops::Range, path::PathBuf, string::String, vec::Vec};

use super::{
    error::SourceErrorKind,
    file::SourceFile,
    header::{self, Header, Key, Spanned},
    outline::{Outline, outline},
    token::{Extent, Place, Token, TokenKind},
};
use crate::revision::RevisionId;

/// Why the link of a text cannot be changed. The text is as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RewriteError {
    /// The text cannot be read without errors: where, and what is wrong.
    Broken(Vec<(Place, SourceErrorKind)>),
    /// It has no `#[migration]`.
    NoMigration,
    /// It has another link than the one to change, or `None` where a link was expected.
    OtherLink {
        /// The link that it has.
        found: Option<RevisionId>,
    },
    /// It revises several revisions, so there is no one link to change.
    SeveralLinks(Vec<RevisionId>),
    /// The changed text does not say what was meant, so it is withheld. No text is known that does this.
    Unproven,
}

impl fmt::Display for RewriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(problems) => {
                for (index, (place, kind)) in problems.iter().enumerate() {
                    write!(f, "{}{place}: {kind}", if index == 0 { "" } else { "\n" })?;
                }
                Ok(())
            }
            Self::NoMigration => f.write_str("has no `#[migration]`"),
            Self::OtherLink { found: None } => f.write_str("its `down_revision` is `None`"),
            Self::OtherLink { found: Some(found) } => write!(f, "its `down_revision` is `{found}`"),
            Self::SeveralLinks(links) => {
                f.write_str("its `down_revision` names several revisions:")?;
                for (index, link) in links.iter().enumerate() {
                    write!(f, "{} `{link}`", if index == 0 { "" } else { "," })?;
                }
                Ok(())
            }
            Self::Unproven => f.write_str("the changed text would not say what was meant"),
        }
    }
}

impl core::error::Error for RewriteError {}

/// The text of a migration with its `down_revision` changed from `from`, or from `None`, to `to`. The last
/// `Revises:` line of its `//!` text follows when it names `from`; for `None`, when it is empty or says `None`,
/// `base` or `<base>`. Every other byte is kept, and the result was read back: it says this and nothing else.
///
/// # Errors
/// [`RewriteError`]: the text is broken, or its one link is not `from`.
pub fn rebased(text: &str, from: Option<&RevisionId>, to: &RevisionId) -> Result<String, RewriteError> {
    let (file, problems) = SourceFile::of_text(PathBuf::new(), String::new(), text);
    if !problems.is_empty() {
        let placed = |place: Option<Place>| place.unwrap_or(Place { line: 1, column: 1 });
        let problems = problems.into_iter();
        return Err(RewriteError::Broken(
            problems.map(|error| (placed(error.place), error.kind)).collect(),
        ));
    }
    let header = file.header.ok_or(RewriteError::NoMigration)?;
    let mut links: Vec<RevisionId> = header.down_revisions.into_iter().map(|link| link.value).collect();
    if links.len() > 1 {
        return Err(RewriteError::SeveralLinks(links));
    }
    let found = links.pop();
    if found.as_ref() != from {
        return Err(RewriteError::OtherLink { found });
    }
    let (mark, body) = match text.strip_prefix('\u{feff}') {
        Some(body) => ("\u{feff}", body),
        None => ("", text),
    };
    let outline = outline(body);
    let mut edits: Vec<(Range<usize>, String)> = revises(body, &outline, from, to).into_iter().collect();
    edits.push(link(&outline, to).ok_or(RewriteError::NoMigration)?);
    let result = format!("{mark}{}", replaced(body, edits));
    if is_proven(&outline, &result, to) {
        Ok(result)
    } else {
        Err(RewriteError::Unproven)
    }
}

/// Where the new link goes: over the old literal, over `None`, or into an empty list.
fn link(outline: &Outline, to: &RevisionId) -> Option<(Range<usize>, String)> {
    let value = header::value(&outline.attributes.first()?.arguments, Key::DownRevision)?;
    let literal = value.iter().find(|token| matches!(token.kind, TokenKind::Str(_)));
    let first = value.first()?;
    let Extent { start, end, .. } = literal.unwrap_or(first).span;
    let is_empty_list = literal.is_none() && matches!(first.kind, TokenKind::Open(_));
    let start = if is_empty_list { end } else { start };
    Some((start..end, format!("\"{to}\"")))
}

/// Where the new id goes in the text's last `Revises:` line that names the old one.
fn revises(
    text: &str,
    outline: &Outline,
    from: Option<&RevisionId>,
    to: &RevisionId,
) -> Option<(Range<usize>, String)> {
    let is_old = |name: &str| match from {
        Some(id) => name == id.as_str(),
        None => ["", "None", "base", "<base>"].contains(&name),
    };
    outline.doc_lines.iter().rev().find_map(|line| {
        let (indentation, name) = text[line.clone()].split_once("Revises:")?;
        if !indentation.trim().is_empty() || !is_old(name.trim()) {
            return None;
        }
        if name.is_empty() {
            let end = line.end;
            return Some(if text[end..].starts_with(' ') {
                (end + 1..end + 1, to.as_str().to_owned())
            } else {
                (end..end, format!(" {to}"))
            });
        }
        let start = line.end - name.trim_start().len();
        Some((start..line.end, to.as_str().to_owned()))
    })
}

/// The text with some ranges of it, which do not overlap, replaced.
fn replaced(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut result = String::with_capacity(text.len() + 64);
    let mut kept = 0;
    for (range, new) in edits {
        result.push_str(&text[kept..range.start]);
        result.push_str(&new);
        kept = range.end;
    }
    result.push_str(&text[kept..]);
    result
}

/// Whether a text says what `before` says, but for its one link.
fn is_proven(before: &Outline, text: &str, to: &RevisionId) -> bool {
    let after = outline(text.strip_prefix('\u{feff}').unwrap_or(text));
    let meant = says(before).map(|header| Header {
        down_revisions: Vec::from([Spanned {
            value: to.clone(),
            span: (),
        }]),
        ..header
    });
    after.problems.is_empty()
        && meant.is_some()
        && says(&after) == meant
        && after.attributes.len() == before.attributes.len()
        && after.has_downgrade == before.has_downgrade
        && after.doc_lines.len() == before.doc_lines.len()
}

/// What the one attribute of a text says, wherever it says it; `None` when there is something wrong with it.
fn says(outline: &Outline) -> Option<Header<()>> {
    let arguments = outline.attributes.first()?.arguments.iter().cloned();
    let arguments: Vec<Token<()>> = arguments.map(|token| token.map(|_| ())).collect();
    let (header, errors) = header::parse(&arguments, ());
    header.filter(|_| errors.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{option, prelude::*, sample::select};

    fn id(id: &str) -> RevisionId {
        id.parse().unwrap()
    }

    /// The text with its link changed from `from` to `new`, or why not; the text itself is above it.
    fn shown(texts: &[&str], from: Option<&str>) -> String {
        let from = from.map(id);
        let shown = texts.iter().map(|text| {
            let result = match rebased(text, from.as_ref(), &id("new")) {
                Ok(result) => result,
                Err(error) => format!("error: {error}"),
            };
            format!("{text}\n=> {result}\n")
        });
        shown.collect()
    }

    #[test]
    fn every_spelling_of_a_link_is_changed() {
        insta::assert_snapshot!(shown(&[
            r#"#[migration(revision = "b", down_revision = "a1")]"#,
            r##"#[migration(down_revision=r#"a1"#,revision="b",)]"##,
            r#"#[migration(revision = "b", down_revision = ["a1",],)]"#,
            r#"#[::migrate_core::migration(revision = "b", down_revision /* "a1" */ = [ /* é */ "\u{61}1" /* a1 */ ])]"#,
        ], Some("a1")), @r##"
        #[migration(revision = "b", down_revision = "a1")]
        => #[migration(revision = "b", down_revision = "new")]
        #[migration(down_revision=r#"a1"#,revision="b",)]
        => #[migration(down_revision="new",revision="b",)]
        #[migration(revision = "b", down_revision = ["a1",],)]
        => #[migration(revision = "b", down_revision = ["new",],)]
        #[::migrate_core::migration(revision = "b", down_revision /* "a1" */ = [ /* é */ "\u{61}1" /* a1 */ ])]
        => #[::migrate_core::migration(revision = "b", down_revision /* "a1" */ = [ /* é */ "new" /* a1 */ ])]
        "##);
        insta::assert_snapshot!(shown(&[
            r#"#[migration(revision = "b", down_revision=None)]"#,
            r#"#[migration(revision = "b", down_revision = [])]"#,
            r#"#[migration(revision = "b", down_revision = [ /* first */ ], message = "None")]"#,
        ], None), @r#"
        #[migration(revision = "b", down_revision=None)]
        => #[migration(revision = "b", down_revision="new")]
        #[migration(revision = "b", down_revision = [])]
        => #[migration(revision = "b", down_revision = ["new"])]
        #[migration(revision = "b", down_revision = [ /* first */ ], message = "None")]
        => #[migration(revision = "b", down_revision = ["new" /* first */ ], message = "None")]
        "#);
    }

    #[test]
    fn the_last_line_that_names_the_old_link_follows() {
        let attribute = r#"#[migration(revision = "b", down_revision = "a1")]"#;
        let with = |doc: &str| format!("{doc}\n{attribute}");
        let texts = [
            "//! Revises: a1\n//!\n//! Revises:\ta1\n//! Revises: a1, c\n// Revises: a1",
            "/*! adds\n  Revises: a1\n  more */",
            "//! Revises a1\n//! It Revises: a1\n/// Revises: a1",
        ]
        .map(with);
        insta::assert_snapshot!(shown(&texts.each_ref().map(String::as_str), Some("a1")), @r#"
        //! Revises: a1
        //!
        //! Revises:	a1
        //! Revises: a1, c
        // Revises: a1
        #[migration(revision = "b", down_revision = "a1")]
        => //! Revises: a1
        //!
        //! Revises:	new
        //! Revises: a1, c
        // Revises: a1
        #[migration(revision = "b", down_revision = "new")]
        /*! adds
          Revises: a1
          more */
        #[migration(revision = "b", down_revision = "a1")]
        => /*! adds
          Revises: new
          more */
        #[migration(revision = "b", down_revision = "new")]
        //! Revises a1
        //! It Revises: a1
        /// Revises: a1
        #[migration(revision = "b", down_revision = "a1")]
        => //! Revises a1
        //! It Revises: a1
        /// Revises: a1
        #[migration(revision = "b", down_revision = "new")]
        "#);
        let attribute = attribute.replace("\"a1\"", "None");
        let texts = [
            "//! Revises:",
            "//! Revises: ",
            "//! Revises: \r",
            "//! Revises: <base>",
            "//! Revises: None",
            "//! Revises: a1",
            "/*! Revises:*/",
        ]
        .map(|doc| format!("{doc}\n{attribute}"));
        insta::assert_snapshot!(shown(&texts.each_ref().map(String::as_str), None).replace('\r', "<CR>").replace(" \n", "<blank>\n"), @r#"
        //! Revises:
        #[migration(revision = "b", down_revision = None)]
        => //! Revises: new
        #[migration(revision = "b", down_revision = "new")]
        //! Revises:<blank>
        #[migration(revision = "b", down_revision = None)]
        => //! Revises: new
        #[migration(revision = "b", down_revision = "new")]
        //! Revises: <CR>
        #[migration(revision = "b", down_revision = None)]
        => //! Revises: new<CR>
        #[migration(revision = "b", down_revision = "new")]
        //! Revises: <base>
        #[migration(revision = "b", down_revision = None)]
        => //! Revises: new
        #[migration(revision = "b", down_revision = "new")]
        //! Revises: None
        #[migration(revision = "b", down_revision = None)]
        => //! Revises: new
        #[migration(revision = "b", down_revision = "new")]
        //! Revises: a1
        #[migration(revision = "b", down_revision = None)]
        => //! Revises: a1
        #[migration(revision = "b", down_revision = "new")]
        /*! Revises:*/
        #[migration(revision = "b", down_revision = None)]
        => /*! Revises: new*/
        #[migration(revision = "b", down_revision = "new")]
        "#);
    }

    #[test]
    fn what_has_not_that_one_link_is_refused() {
        let texts = [
            "pub fn helper() {}",
            r#"#[migration(revision = "b", down_revision = None)]"#,
            r#"#[migration(revision = "b", down_revision = "c")]"#,
            r#"#[migration(revision = "b", down_revision = ["a1", "c"])]"#,
            r#"#[migration(revision = "b", down_revision = ["a1" "c"])] fn f() { " }"#,
            r#"#[migration(revision = "b", down_revision = "a1", down_revision = "a1")]"#,
        ];
        insta::assert_snapshot!(shown(&texts, Some("a1")), @r#"
        pub fn helper() {}
        => error: has no `#[migration]`
        #[migration(revision = "b", down_revision = None)]
        => error: its `down_revision` is `None`
        #[migration(revision = "b", down_revision = "c")]
        => error: its `down_revision` is `c`
        #[migration(revision = "b", down_revision = ["a1", "c"])]
        => error: its `down_revision` names several revisions: `a1`, `c`
        #[migration(revision = "b", down_revision = ["a1" "c"])] fn f() { " }
        => error: 1:46: `down_revision` takes `None` (for a first revision), `"ID"` or `["ID", "ID"]`
        1:67: this string is never closed
        #[migration(revision = "b", down_revision = "a1", down_revision = "a1")]
        => error: 1:51: `down_revision` is given twice
        "#);
        let text = r#"#[migration(revision = "b", down_revision = "c")]"#;
        let found = Some(id("c"));
        assert_eq!(
            rebased(text, None, &id("new")),
            Err(RewriteError::OtherLink { found })
        );
    }

    /// What may stand between two tokens.
    fn gap() -> impl Strategy<Value = &'static str> {
        select(&["", " ", "\t", "\n", "\n    ", "/* \"é\" ] */", "// None, ) é\n"][..])
    }

    /// A value of `down_revision`, the old and the new one, with the gaps that may stand in it.
    fn values(has_link: bool) -> impl Strategy<Value = (&'static str, &'static str)> {
        if has_link {
            select(
                &[
                    ("\"a1\"", "\"n.2\""),
                    ("r\"a1\"", "\"n.2\""),
                    ("r##\"a1\"##", "\"n.2\""),
                    ("\"\\x61\\u{31}\"", "\"n.2\""),
                    ("[~\"a1\"~]", "[~\"n.2\"~]"),
                    ("[~r#\"a1\"#~,~]", "[~\"n.2\"~,~]"),
                ][..],
            )
        } else {
            select(
                &[
                    ("None", "\"n.2\""),
                    ("[~]", "[\"n.2\"~]"),
                    ("[~,~]", "[\"n.2\"~,~]"),
                ][..],
            )
        }
    }

    /// A line of the `//!` text, the old and the new one.
    fn lines(has_link: bool) -> impl Strategy<Value = (&'static str, &'static str)> {
        if has_link {
            select(
                &[
                    ("Revises: zz9", "Revises: zz9"),
                    ("Revises: a1", "Revises: n.2"),
                    ("  Revises:a1\t", "  Revises:n.2\t"),
                ][..],
            )
        } else {
            select(
                &[
                    ("Revises: zz9", "Revises: zz9"),
                    ("Revises:", "Revises: n.2"),
                    ("Revises: ", "Revises: n.2"),
                    ("Revises: <base>", "Revises: n.2"),
                    ("\tRevises:\tNone ", "\tRevises:\tn.2 "),
                ][..],
            )
        }
    }

    /// The text of a migration, and the same with its link changed by construction.
    fn layouts() -> impl Strategy<Value = (bool, String, String)> {
        any::<bool>().prop_flat_map(|has_link| {
            let parts = (
                values(has_link),
                lines(has_link),
                any::<(bool, bool, bool, bool)>(),
            );
            let inner = (
                gap(),
                gap(),
                option::of(select(&["message = \"a1\"", "depends_on = [\"a1\"]"][..])),
            );
            (Just(has_link), parts, inner).prop_map(layout)
        })
    }

    type Parts = (
        (&'static str, &'static str),
        (&'static str, &'static str),
        (bool, bool, bool, bool),
    );
    type Inner = (&'static str, &'static str, Option<&'static str>);

    fn layout(
        (has_link, (value, line, flags), (gap, between, more)): (bool, Parts, Inner),
    ) -> (bool, String, String) {
        let (mark, windows, block, last) = flags;
        let text = |value: &str, line: &str| {
            let doc = if block {
                format!("/*! é\n{line}\nmore\n*/")
            } else {
                format!("//! é\n//! {line}\n//! more")
            };
            let revision = format!("revision{gap}={gap}\"b\"");
            let down = format!("down_revision{between}={gap}{value}{between}");
            let entries = if last { [revision, down] } else { [down, revision] };
            let more = more.map(|more| format!(",{gap}{more}")).unwrap_or_default();
            let attribute = format!("#[{between}migration({}{more}{between})]", entries.join(","));
            let text =
                format!("{doc}\nuse é; /* a1 */ {attribute}\nfn upgrade() {{ \"a1\" }}").replace('~', gap);
            let text = if windows { text.replace('\n', "\r\n") } else { text };
            format!("{}{text}", if mark { "\u{feff}" } else { "" })
        };
        (has_link, text(value.0, line.0), text(value.1, line.1))
    }

    proptest! {
        #[test]
        fn nothing_but_the_link_and_its_line_changes((has_link, text, meant) in layouts()) {
            let from = has_link.then(|| id("a1"));
            prop_assert_eq!(rebased(&text, from.as_ref(), &id("n.2")), Ok(meant));
        }

        #[test]
        fn there_and_back_is_where_it_began((_, _, meant) in layouts()) {
            let (file, problems) = SourceFile::of_text(PathBuf::new(), String::new(), &meant);
            prop_assert_eq!(problems, Vec::new());
            let header = file.header.unwrap();
            prop_assert_eq!(header.down_revisions[0].value.as_str(), "n.2");
            let back = rebased(&meant, Some(&id("n.2")), &id("a1")).unwrap();
            prop_assert_eq!(rebased(&back, Some(&id("a1")), &id("n.2")), Ok(meant));
        }
    }
}
