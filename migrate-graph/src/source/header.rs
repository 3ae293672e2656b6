//! The grammar of `#[migration(...)]`, for the macro and for the command line alike.
//!
//! Every problem of an attribute is found, each with the token that it is about. What the names in it refer to
//! is the [check](crate::check)'s business.

use core::{fmt, str::FromStr};
use std::{borrow::ToOwned, string::String, vec::Vec};

use super::token::{Token, TokenKind};
use crate::{
    nearest::nearest,
    problem::Field,
    revision::{BranchLabel, InvalidName, Reference, Revision, RevisionId},
};

/// A key of the attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// `revision = "ID"`, required.
    Revision,
    /// `down_revision = None | "ID" | ["ID", ...]`, required.
    DownRevision,
    /// `branch_labels = ["LABEL", ...]`.
    BranchLabels,
    /// `depends_on = ["ID or label", ...]`.
    DependsOn,
    /// `message = "..."`; the default is the first line of the file's `//!` text.
    Message,
    /// `transaction = true | false`; the default is `true`.
    Transaction,
    /// `irreversible = "why"`, instead of a `downgrade`.
    Irreversible,
    /// `reversible`, without a value: the function is `change`, and its downgrade is its reverse.
    Reversible,
}

impl Key {
    /// Every key, in the order in which the attribute is usually written.
    pub const ALL: [Self; 8] = [
        Self::Revision,
        Self::DownRevision,
        Self::BranchLabels,
        Self::DependsOn,
        Self::Message,
        Self::Transaction,
        Self::Irreversible,
        Self::Reversible,
    ];

    /// The key as it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Revision => "revision",
            Self::DownRevision => "down_revision",
            Self::BranchLabels => "branch_labels",
            Self::DependsOn => "depends_on",
            Self::Message => "message",
            Self::Transaction => "transaction",
            Self::Irreversible => "irreversible",
            Self::Reversible => "reversible",
        }
    }

    /// The values that it takes, as a reader would write them.
    #[must_use]
    pub fn takes(self) -> &'static str {
        match self {
            Self::Revision => "a string, such as `\"1f3c5b7d9e2a\"`",
            Self::DownRevision => "`None` (for a first revision), `\"ID\"` or `[\"ID\", \"ID\"]`",
            Self::BranchLabels => "a list of strings, such as `[\"LABEL\"]`",
            Self::DependsOn => "a list of strings, such as `[\"ID or label\"]`",
            Self::Message => "a string",
            Self::Transaction => "`true` or `false`",
            Self::Irreversible => "a string that says why there is no way back",
            Self::Reversible => "no value: it stands alone",
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T, S> {
    /// The value.
    pub value: T,
    /// Where its literal stands.
    pub span: S,
}

/// What an attribute says. Lists leave out the entries that were refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header<S> {
    /// The revision's own id.
    pub revision: Spanned<RevisionId, S>,
    /// The revisions that it follows; none for a base.
    pub down_revisions: Vec<Spanned<RevisionId, S>>,
    /// The labels that it carries.
    pub branch_labels: Vec<Spanned<BranchLabel, S>>,
    /// What must be applied before it without being its line.
    pub depends_on: Vec<Spanned<Reference, S>>,
    /// Its message, when the attribute has one.
    pub message: Option<String>,
    /// Whether it runs inside a transaction.
    pub transaction: bool,
    /// Why it cannot be undone, when it cannot.
    pub irreversible: Option<String>,
    /// Where it says that its function is both directions, when it does.
    pub reversible: Option<S>,
}

impl<S: Copy> Header<S> {
    /// Where the literal stands that a problem of the graph is about; the id itself for one that it lacks.
    #[must_use]
    pub fn span(&self, field: Field) -> S {
        let listed = match field {
            Field::Revision => None,
            Field::DownRevision(index) => self.down_revisions.get(index).map(|link| link.span),
            Field::DependsOn(index) => self.depends_on.get(index).map(|link| link.span),
            Field::BranchLabel(index) => self.branch_labels.get(index).map(|label| label.span),
        };
        listed.unwrap_or(self.revision.span)
    }
}

impl<S> Header<S> {
    /// The node of the graph that it describes; the lists keep their order.
    #[must_use]
    pub fn to_revision(&self) -> Revision {
        Revision {
            id: self.revision.value.clone(),
            down_revisions: self
                .down_revisions
                .iter()
                .map(|link| link.value.clone())
                .collect(),
            depends_on: self.depends_on.iter().map(|link| link.value.clone()).collect(),
            branch_labels: self
                .branch_labels
                .iter()
                .map(|label| label.value.clone())
                .collect(),
        }
    }
}

/// One thing that is wrong with an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderErrorKind {
    /// There is no such key.
    UnknownKey {
        /// The word that stands there.
        word: String,
        /// The key that was probably meant.
        meant: Option<Key>,
    },
    /// The key stands there twice.
    RepeatedKey(Key),
    /// The key is required.
    MissingKey(Key),
    /// The key takes other values.
    WrongValue(Key),
    /// The value is no legal name.
    InvalidName(InvalidName),
    /// The reason is an empty string.
    EmptyReason,
    /// It is said to be reversible, and irreversible too.
    BothWays,
    /// Something else should stand here.
    Expected(&'static str),
}

impl fmt::Display for HeaderErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKey {
                word,
                meant: Some(key),
            } => write!(f, "unknown key `{word}`: did you mean `{key}`?"),
            Self::UnknownKey { word, meant: None } => {
                write!(f, "unknown key `{word}`; the keys are")?;
                for (index, key) in Key::ALL.iter().enumerate() {
                    write!(f, "{} `{key}`", if index == 0 { "" } else { "," })?;
                }
                Ok(())
            }
            Self::RepeatedKey(key) => write!(f, "`{key}` is given twice"),
            Self::MissingKey(key) => write!(f, "`{key}` is missing: it takes {}", key.takes()),
            Self::WrongValue(key) => write!(f, "`{key}` takes {}", key.takes()),
            Self::InvalidName(error) => error.fmt(f),
            Self::EmptyReason => f.write_str(
                "`irreversible` is empty: say why there is no way back, whoever tries will read it",
            ),
            Self::BothWays => f.write_str(
                "`reversible` and `irreversible` contradict each other: keep the one that is true",
            ),
            Self::Expected(what) => write!(f, "expected {what}"),
        }
    }
}

/// One thing that is wrong with an attribute, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderError<S> {
    /// The offending literal or key, the whole attribute when something is missing.
    pub span: S,
    /// What is wrong.
    pub kind: HeaderErrorKind,
}

/// Reads the tokens between the brackets of `#[migration(...)]`; `whole` is where the attribute itself stands.
/// There is a header when the id could be read, whatever else is wrong.
pub fn parse<S: Copy>(tokens: &[Token<S>], whole: S) -> (Option<Header<S>>, Vec<HeaderError<S>>) {
    let mut parser = Parser {
        errors: Vec::new(),
        seen: Vec::new(),
        revision: None,
        down_revisions: Vec::new(),
        branch_labels: Vec::new(),
        depends_on: Vec::new(),
        message: None,
        transaction: true,
        irreversible: None,
        reversible: None,
    };
    for entry in split_at_commas(tokens) {
        parser.entry(entry);
    }
    for key in [Key::Revision, Key::DownRevision] {
        if !parser.seen.contains(&key) && !parser.tried(key) {
            parser.error(whole, HeaderErrorKind::MissingKey(key));
        }
    }
    if let Some(span) = parser.reversible
        && parser.irreversible.is_some()
    {
        parser.error(span, HeaderErrorKind::BothWays);
    }
    let header = parser.revision.map(|revision| Header {
        revision,
        down_revisions: parser.down_revisions,
        branch_labels: parser.branch_labels,
        depends_on: parser.depends_on,
        message: parser.message,
        transaction: parser.transaction,
        irreversible: parser.irreversible,
        reversible: parser.reversible,
    });
    (header, parser.errors)
}

/// The tokens of a key's value, when the key is there with one.
pub(super) fn value<S>(tokens: &[Token<S>], key: Key) -> Option<&[Token<S>]> {
    split_at_commas(tokens).into_iter().find_map(|entry| match entry {
        [word, equals, value @ ..]
            if matches!(&word.kind, TokenKind::Word(word) if word == key.as_str())
                && equals.kind == TokenKind::Punct('=') =>
        {
            Some(value)
        }
        _ => None,
    })
}

struct Parser<S> {
    errors: Vec<HeaderError<S>>,
    seen: Vec<Key>,
    revision: Option<Spanned<RevisionId, S>>,
    down_revisions: Vec<Spanned<RevisionId, S>>,
    branch_labels: Vec<Spanned<BranchLabel, S>>,
    depends_on: Vec<Spanned<Reference, S>>,
    message: Option<String>,
    transaction: bool,
    irreversible: Option<String>,
    reversible: Option<S>,
}

impl<S: Copy> Parser<S> {
    fn error(&mut self, span: S, kind: HeaderErrorKind) {
        self.errors.push(HeaderError { span, kind });
    }

    /// Whether an error found so far is about an entry that was probably meant for this key, so that a word on
    /// its absence would be about the same mistake.
    fn tried(&self, key: Key) -> bool {
        self.errors.iter().any(|error| match &error.kind {
            HeaderErrorKind::UnknownKey { meant, .. } => *meant == Some(key),
            HeaderErrorKind::Expected(_) => true,
            HeaderErrorKind::RepeatedKey(_)
            | HeaderErrorKind::MissingKey(_)
            | HeaderErrorKind::WrongValue(_)
            | HeaderErrorKind::InvalidName(_)
            | HeaderErrorKind::EmptyReason
            | HeaderErrorKind::BothWays => false,
        })
    }

    fn entry(&mut self, entry: &[Token<S>]) {
        let Some((first, rest)) = entry.split_first() else {
            return;
        };
        let TokenKind::Word(word) = &first.kind else {
            return self.error(
                first.span,
                HeaderErrorKind::Expected("a key, such as `revision = \"ID\"`"),
            );
        };
        let Some(key) = Key::ALL.into_iter().find(|key| key.as_str() == word) else {
            let near = nearest(word, Key::ALL.iter().map(|key| key.as_str()));
            let meant = Key::ALL.into_iter().find(|key| near == Some(key.as_str()));
            let word = word.clone();
            return self.error(first.span, HeaderErrorKind::UnknownKey { word, meant });
        };
        if self.seen.contains(&key) {
            return self.error(first.span, HeaderErrorKind::RepeatedKey(key));
        }
        self.seen.push(key);
        if key == Key::Reversible {
            self.reversible = Some(first.span);
        }
        match rest {
            [] if key == Key::Reversible => {}
            [equals, value @ ..] if equals.kind == TokenKind::Punct('=') => match value.first() {
                Some(start) => self.value(key, value, start.span),
                None => self.error(first.span, HeaderErrorKind::WrongValue(key)),
            },
            _ => self.error(first.span, HeaderErrorKind::WrongValue(key)),
        }
    }

    fn value(&mut self, key: Key, value: &[Token<S>], start: S) {
        match key {
            Key::Revision => {
                if let [
                    Token {
                        kind: TokenKind::Str(_),
                        ..
                    },
                ] = value
                {
                    self.revision = self.names(key, value).pop();
                } else {
                    self.error(start, HeaderErrorKind::WrongValue(key));
                }
            }
            Key::DownRevision => self.down_revisions = self.names(key, value),
            Key::BranchLabels => self.branch_labels = self.names(key, value),
            Key::DependsOn => self.depends_on = self.names(key, value),
            Key::Message => self.message = self.text(key, value, start),
            Key::Irreversible => {
                self.irreversible = self.text(key, value, start);
                if self
                    .irreversible
                    .as_ref()
                    .is_some_and(|why| why.trim().is_empty())
                {
                    self.error(start, HeaderErrorKind::EmptyReason);
                }
            }
            Key::Reversible => self.error(start, HeaderErrorKind::WrongValue(key)),
            Key::Transaction => match value {
                [token] if token.kind == TokenKind::Word("true".to_owned()) => self.transaction = true,
                [token] if token.kind == TokenKind::Word("false".to_owned()) => self.transaction = false,
                _ => self.error(start, HeaderErrorKind::WrongValue(key)),
            },
        }
    }

    fn text(&mut self, key: Key, value: &[Token<S>], start: S) -> Option<String> {
        if let [
            Token {
                kind: TokenKind::Str(text),
                ..
            },
        ] = value
        {
            return Some(text.clone());
        }
        self.error(start, HeaderErrorKind::WrongValue(key));
        None
    }

    /// The names of `None`, `"a"` or `["a", "b"]`: one is as good as a list of one, as in Alembic.
    fn names<N: FromStr<Err = InvalidName>>(&mut self, key: Key, value: &[Token<S>]) -> Vec<Spanned<N, S>> {
        let entries = match value {
            [none] if none.kind == TokenKind::Word("None".to_owned()) => return Vec::new(),
            [open, inner @ .., close]
                if open.kind == TokenKind::Open('[') && close.kind == TokenKind::Close =>
            {
                split_at_commas(inner)
            }
            single => Vec::from([single]),
        };
        let mut names = Vec::new();
        for entry in entries {
            match entry {
                [] => {}
                [
                    Token {
                        kind: TokenKind::Str(name),
                        span,
                    },
                ] => match N::from_str(name) {
                    Ok(value) => names.push(Spanned { value, span: *span }),
                    Err(error) => self.error(*span, HeaderErrorKind::InvalidName(error)),
                },
                [first, ..] => self.error(first.span, HeaderErrorKind::WrongValue(key)),
            }
        }
        names
    }
}

/// The runs between commas that stand in no bracket. The last is empty after a trailing comma.
fn split_at_commas<S>(tokens: &[Token<S>]) -> Vec<&[Token<S>]> {
    let mut depth = 0_usize;
    tokens
        .split(|token| {
            match token.kind {
                TokenKind::Open(_) => depth += 1,
                TokenKind::Close => depth = depth.saturating_sub(1),
                TokenKind::Word(_) | TokenKind::Str(_) | TokenKind::Literal | TokenKind::Punct(_) => {}
            }
            depth == 0 && token.kind == TokenKind::Punct(',')
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;
    use std::{
        fmt::Write as _,
        format,
        path::PathBuf,
        string::{String, ToString},
    };

    /// What the attribute with these arguments says, and every problem with the column that it points at.
    fn read(arguments: &str) -> String {
        let text = format!("#[migration({arguments})]");
        let (file, errors) = SourceFile::of_text(PathBuf::new(), String::new(), &text);
        let mut shown = format!("{arguments}\n");
        if let Some(header) = &file.header {
            let revision = header.to_revision();
            let join = |names: Vec<&str>| names.join(" ");
            let _ = writeln!(
                shown,
                "  {} down [{}] labels [{}] needs [{}] message {:?} transaction {} irreversible {:?}",
                revision.id,
                join(revision.down_revisions.iter().map(AsRef::as_ref).collect()),
                join(revision.branch_labels.iter().map(AsRef::as_ref).collect()),
                join(revision.depends_on.iter().map(AsRef::as_ref).collect()),
                header.message,
                header.transaction,
                header.irreversible,
            );
        }
        for error in errors {
            let place = error.place.map(|place| place.to_string()).unwrap_or_default();
            let _ = writeln!(shown, "  {place} {}", error.kind);
        }
        shown
    }

    fn read_all(cases: &[&str]) -> String {
        cases.iter().map(|case| read(case)).collect()
    }

    #[test]
    fn every_legal_form_is_read() {
        insta::assert_snapshot!(read_all(&[
            r#"revision = "a", down_revision = None"#,
            r##"revision = r#"a"#, down_revision = "b","##,
            r#"down_revision = ["b", "c",], revision = "a", branch_labels = ["l", "m"], depends_on = ["d"]"#,
            r#"revision = "a", down_revision = [], branch_labels = "l", depends_on = None"#,
            r#"revision = "a", down_revision = None, message = "say \"hi\"", transaction = false, irreversible = "gone""#,
            "/* why */ revision = \"a\", // it\n down_revision = None",
        ]), @r##"
        revision = "a", down_revision = None
          a down [] labels [] needs [] message None transaction true irreversible None
        revision = r#"a"#, down_revision = "b",
          a down [b] labels [] needs [] message None transaction true irreversible None
        down_revision = ["b", "c",], revision = "a", branch_labels = ["l", "m"], depends_on = ["d"]
          a down [b c] labels [l m] needs [d] message None transaction true irreversible None
        revision = "a", down_revision = [], branch_labels = "l", depends_on = None
          a down [] labels [l] needs [] message None transaction true irreversible None
        revision = "a", down_revision = None, message = "say \"hi\"", transaction = false, irreversible = "gone"
          a down [] labels [] needs [] message Some("say \"hi\"") transaction false irreversible Some("gone")
        /* why */ revision = "a", // it
         down_revision = None
          a down [] labels [] needs [] message None transaction true irreversible None
        "##);
    }

    #[test]
    fn every_mistake_is_named_at_its_token() {
        insta::assert_snapshot!(read_all(&[
            "",
            r#"revision = "a""#,
            r#"down_revision = "a""#,
            r#"revision = "a", down_revison = "b", down_revision = None"#,
            r#"revison = "a", down = "b", colour = "red""#,
            r#"revision = "a", down_revision = None, revision = "c""#,
            r#"revision = 1, down_revision = b"x""#,
            r#"revision = None, down_revision = none"#,
            r#"revision = ["a"], down_revision = ["b", 2, ["c"]]"#,
            r#"revision = "a" "b", down_revision = concat!("a", "b")"#,
            r#"revision, down_revision ="#,
            r#"revision: "a", down_revision("b")"#,
            r#""a", down_revision = None"#,
            r#"revision = "a-b", down_revision = ["head", "", "c"], depends_on = ["a@b"], branch_labels = ["é"]"#,
            r#"revision = "a", down_revision = None, transaction = "no", message = 3, irreversible = " ""#,
            r#"revision = "a", down_revision = None, irreversible"#,
        ]), @r#"

          1:1 `revision` is missing: it takes a string, such as `"1f3c5b7d9e2a"`
          1:1 `down_revision` is missing: it takes `None` (for a first revision), `"ID"` or `["ID", "ID"]`
        revision = "a"
          a down [] labels [] needs [] message None transaction true irreversible None
          1:1 `down_revision` is missing: it takes `None` (for a first revision), `"ID"` or `["ID", "ID"]`
        down_revision = "a"
          1:1 `revision` is missing: it takes a string, such as `"1f3c5b7d9e2a"`
        revision = "a", down_revison = "b", down_revision = None
          a down [] labels [] needs [] message None transaction true irreversible None
          1:29 unknown key `down_revison`: did you mean `down_revision`?
        revison = "a", down = "b", colour = "red"
          1:13 unknown key `revison`: did you mean `revision`?
          1:28 unknown key `down`: did you mean `down_revision`?
          1:40 unknown key `colour`; the keys are `revision`, `down_revision`, `branch_labels`, `depends_on`, `message`, `transaction`, `irreversible`, `reversible`
        revision = "a", down_revision = None, revision = "c"
          a down [] labels [] needs [] message None transaction true irreversible None
          1:51 `revision` is given twice
        revision = 1, down_revision = b"x"
          1:24 `revision` takes a string, such as `"1f3c5b7d9e2a"`
          1:43 `down_revision` takes `None` (for a first revision), `"ID"` or `["ID", "ID"]`
        revision = None, down_revision = none
          1:24 `revision` takes a string, such as `"1f3c5b7d9e2a"`
          1:46 `down_revision` takes `None` (for a first revision), `"ID"` or `["ID", "ID"]`
        revision = ["a"], down_revision = ["b", 2, ["c"]]
          1:24 `revision` takes a string, such as `"1f3c5b7d9e2a"`
          1:53 `down_revision` takes `None` (for a first revision), `"ID"` or `["ID", "ID"]`
          1:56 `down_revision` takes `None` (for a first revision), `"ID"` or `["ID", "ID"]`
        revision = "a" "b", down_revision = concat!("a", "b")
          1:24 `revision` takes a string, such as `"1f3c5b7d9e2a"`
          1:49 `down_revision` takes `None` (for a first revision), `"ID"` or `["ID", "ID"]`
        revision, down_revision =
          1:13 `revision` takes a string, such as `"1f3c5b7d9e2a"`
          1:23 `down_revision` takes `None` (for a first revision), `"ID"` or `["ID", "ID"]`
        revision: "a", down_revision("b")
          1:13 `revision` takes a string, such as `"1f3c5b7d9e2a"`
          1:28 `down_revision` takes `None` (for a first revision), `"ID"` or `["ID", "ID"]`
        "a", down_revision = None
          1:13 expected a key, such as `revision = "ID"`
        revision = "a-b", down_revision = ["head", "", "c"], depends_on = ["a@b"], branch_labels = ["é"]
          1:24 character '-' is not allowed in revision id "a-b": use ASCII letters, digits, `_` and `.`
          1:48 `head` cannot be a revision id: targets use it as a word of their own
          1:56 a revision id cannot be empty
          1:80 character '@' is not allowed in revision id or branch label "a@b": use ASCII letters, digits, `_` and `.`
          1:105 character 'é' is not allowed in branch label "é": use ASCII letters, digits, `_` and `.`
        revision = "a", down_revision = None, transaction = "no", message = 3, irreversible = " "
          a down [] labels [] needs [] message None transaction true irreversible Some(" ")
          1:65 `transaction` takes `true` or `false`
          1:81 `message` takes a string
          1:99 `irreversible` is empty: say why there is no way back, whoever tries will read it
        revision = "a", down_revision = None, irreversible
          a down [] labels [] needs [] message None transaction true irreversible None
          1:51 `irreversible` takes a string that says why there is no way back
        "#);
    }
}
