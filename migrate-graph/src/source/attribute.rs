//! One attribute of a text: gathered bracket by bracket, and told for what it is.
//!
//! An attribute that is no migration, and could not be meant as one, is nobody's business here.

use std::{borrow::ToOwned, vec::Vec};

use super::{
    error::{Hiding, SourceErrorKind},
    lexer::{Kind, Lexeme},
    token::{Extent, Place, Places, Token, TokenKind},
};

/// The most tokens of an attribute: one that goes on is taken for one that nobody closed.
const LONGEST: usize = 1 << 16;

/// One `#[migration(...)]`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute {
    /// Where its `#` stands.
    pub(super) place: Place,
    /// The tokens between its brackets.
    pub(super) arguments: Vec<Token<Extent>>,
}

/// What an attribute is, and the place that this is about.
#[derive(Debug)]
pub(super) enum Found {
    Migration(Attribute),
    Problem(Place, SourceErrorKind),
    Other,
}

/// How far an attribute has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    Open,
    Closed,
    /// A bracket closes that was not opened last, so where the attribute ends is anybody's guess.
    Broken,
}

/// An attribute that is being read.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    text: &'a str,
    hash: Lexeme,
    is_inner: bool,
    /// What stands behind the first bracket.
    lexemes: Vec<Lexeme>,
    /// The brackets that are open.
    open: Vec<Lexeme>,
}

impl<'a> Reading<'a> {
    /// An attribute of which `#`, `!` if it is an inner one, and the first bracket are read.
    pub(super) fn new(text: &'a str, hash: Lexeme, is_inner: bool, bracket: Lexeme) -> Self {
        Self {
            text,
            hash,
            is_inner,
            lexemes: Vec::new(),
            open: Vec::from([bracket]),
        }
    }

    fn source(&self, lexeme: &Lexeme) -> &'a str {
        &self.text[lexeme.start..lexeme.end]
    }

    /// Takes the next token.
    pub(super) fn push(&mut self, lexeme: Lexeme) -> Progress {
        match lexeme.kind {
            Kind::Open => self.open.push(lexeme),
            Kind::Close => {
                let opening = self.open.last().map_or("", |open| self.source(open));
                if !matches!(
                    (opening, self.source(&lexeme)),
                    ("(", ")") | ("[", "]") | ("{", "}")
                ) {
                    return Progress::Broken;
                }
                self.open.pop();
            }
            Kind::InnerDoc | Kind::Word | Kind::Str | Kind::Literal | Kind::Punct => {}
        }
        if self.open.is_empty() {
            return Progress::Closed;
        }
        self.lexemes.push(lexeme);
        if self.lexemes.len() > LONGEST {
            Progress::Broken
        } else {
            Progress::Open
        }
    }

    /// What a complete attribute is; `is_root` says whether it stands at the root of its file.
    pub(super) fn complete(&self, is_root: bool, places: &mut Places<'a>) -> Found {
        let hiding = match self.path() {
            Some(_) if self.is_inner => Hiding::Inner,
            Some(path) if is_root => return Found::Migration(self.migration(path, places)),
            Some(_) => Hiding::Nested,
            None if !self.says_migration() => return Found::Other,
            None if self.is_conditional() => Hiding::Conditional,
            None => Hiding::Renamed,
        };
        Found::Problem(
            places.at(self.hash.start),
            SourceErrorKind::HiddenMigration(hiding),
        )
    }

    /// What an attribute is of which a bracket is never closed.
    pub(super) fn broken(&self, places: &mut Places<'a>) -> Found {
        match self.open.last() {
            Some(open) if self.path().is_some() || self.says_migration() => {
                let what = match self.source(open) {
                    "(" => "`(`",
                    "[" => "`[`",
                    _ => "`{`",
                };
                Found::Problem(places.at(open.start), SourceErrorKind::Unterminated(what))
            }
            _ => Found::Other,
        }
    }

    /// The number of tokens in its path, when that is the macro's.
    fn path(&self) -> Option<usize> {
        let mut words = [""; 7];
        for (word, lexeme) in words.iter_mut().zip(&self.lexemes) {
            *word = self.source(lexeme);
        }
        match words {
            ["migration", ..] => Some(1),
            ["migrate_core", ":", ":", "migration", ..] => Some(4),
            [":", ":", "migrate_core", ":", ":", "migration", ..] => Some(6),
            _ => None,
        }
    }

    fn is_conditional(&self) -> bool {
        self.lexemes
            .first()
            .is_some_and(|path| self.source(path) == "cfg_attr")
    }

    /// Whether there is a migration in it, whatever it is called: only that says what it revises.
    fn says_migration(&self) -> bool {
        let is_conditional = self.is_conditional();
        self.lexemes.windows(2).any(|pair| match pair {
            [word, next] => match self.source(word) {
                "down_revision" => self.source(next) == "=",
                "migration" => is_conditional && next.kind == Kind::Open,
                _ => false,
            },
            _ => false,
        })
    }

    /// `migration ( arguments )`, behind a path of so many tokens.
    fn migration(&self, path: usize, places: &mut Places<'a>) -> Attribute {
        let place = places.at(self.hash.start);
        let arguments = match self.lexemes.get(path..) {
            Some([open, arguments @ .., _]) if open.kind == Kind::Open => arguments,
            _ => &[],
        };
        let arguments = arguments.iter().filter_map(|lexeme| {
            let source = self.source(lexeme);
            let kind = match lexeme.kind {
                Kind::Word => TokenKind::Word(source.to_owned()),
                Kind::Str | Kind::Literal => TokenKind::of_literal(source),
                Kind::Punct => TokenKind::Punct(source.chars().next()?),
                Kind::Open => TokenKind::Open(source.chars().next()?),
                Kind::Close => TokenKind::Close,
                Kind::InnerDoc => return None,
            };
            let span = Extent {
                place: places.at(lexeme.start),
                start: lexeme.start,
                end: lexeme.end,
            };
            Some(Token { kind, span })
        });
        Attribute {
            place,
            arguments: arguments.collect(),
        }
    }
}
