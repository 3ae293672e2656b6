//! What can be wrong with a folder of migrations, before anyone asks how its revisions hang together.

use core::fmt;
use std::{
    io,
    path::{Path, PathBuf},
    string::String,
};

use super::{directory::MAX_FILE_SIZE, header::HeaderErrorKind, token::Place};
use crate::visible::visible;

/// One problem of a source file, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceError {
    /// The file, or the folder itself, as it was opened.
    pub path: PathBuf,
    /// The place in the file; `None` when the file as a whole is meant.
    pub place: Option<Place>,
    /// What is wrong.
    pub kind: SourceErrorKind,
}

/// What is wrong with a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceErrorKind {
    /// The operating system does not let it be read.
    Unreadable(io::ErrorKind),
    /// It is named like a source file and is a pipe, a socket or a device.
    NotAFile,
    /// It is a folder that is named like a source file.
    FolderNamedAsFile,
    /// It is a symbolic link to a folder: followed, it could lead in circles or show a file twice.
    LinkedFolder,
    /// It is a symbolic link whose target is missing, leads in a circle or cannot be reached.
    BrokenLink {
        /// What the link says.
        target: PathBuf,
        /// Why it leads nowhere.
        reason: io::ErrorKind,
    },
    /// It is a symbolic link to a file outside of the folder: who changes that file, or has another one in its
    /// place, changes these migrations.
    LinkLeadsOut {
        /// The file that it leads to.
        target: PathBuf,
    },
    /// Its name is not UTF-8, so no `mod` can name it.
    FileName,
    /// Its name has a character that does not show itself, so nobody could tell it from another.
    InvisibleCharacter(char),
    /// It has more than [`MAX_FILE_SIZE`] bytes.
    TooLarge,
    /// Its content is not UTF-8, from here on.
    NotUtf8,
    /// A NUL stands in its code, as in a file that an editor saved as UTF-16.
    Nul,
    /// A string, a comment, a character literal or a bracket of the attribute is opened here and never closed.
    Unterminated(&'static str),
    /// A merge left both of its sides here for somebody to decide, so what the file says is not decided either.
    Conflict,
    /// It holds a second `#[migration]` here.
    SecondMigration,
    /// It holds a migration here that nobody who reads the file would find.
    HiddenMigration(Hiding),
    /// It is a `mod.rs`, which may hold the `migrations!` call but no migration.
    MigrationInModRs,
    /// The attribute is wrong.
    Header(HeaderErrorKind),
}

/// Where a migration hides from whoever reads its file without compiling it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hiding {
    /// Inside a module, a macro or a function.
    Nested,
    /// Behind `cfg_attr`.
    Conditional,
    /// Under another name: an attribute says `down_revision`, which only a migration does.
    Renamed,
    /// In an attribute of the file, `#![migration]`.
    Inner,
}

impl fmt::Display for Hiding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nested => {
                "this `#[migration]` does not stand at the root of its file, so no command finds it: write it \
                 outside of modules, macros and functions, and close every bracket above it"
            }
            Self::Conditional => {
                "has a migration behind `cfg_attr`, which is there in some builds only: write `#[migration(...)]` alone"
            }
            Self::Renamed => {
                "this is a migration under another name, so no command finds it: write `#[migration(...)]`"
            }
            Self::Inner => "a migration is no attribute of its file: write `#[migration(...)]`, on `fn upgrade`",
        })
    }
}

impl fmt::Display for SourceErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(kind) => write!(f, "cannot be read: {kind}"),
            Self::NotAFile => f.write_str("is not a regular file"),
            Self::LinkedFolder => f.write_str("is a symbolic link to a folder, and those are not followed"),
            Self::FolderNamedAsFile => {
                f.write_str("is a folder with the name of a source file: rename it, or make a file of it")
            }
            Self::BrokenLink { target, reason } => {
                write!(
                    f,
                    "is a symbolic link to `{}`, which cannot be read: {reason}",
                    shown(target)
                )
            }
            Self::LinkLeadsOut { target } => write!(
                f,
                "is a symbolic link to `{}`, outside of the folder of migrations, where another hand could change \
                 it: put the file itself here",
                shown(target)
            ),
            Self::InvisibleCharacter(character) => write!(
                f,
                "its name has the character U+{:04X}, which does not show itself: rename it",
                u32::from(*character)
            ),
            Self::FileName => f.write_str("its name is not UTF-8"),
            Self::TooLarge => write!(f, "is larger than {} MiB", MAX_FILE_SIZE >> 20),
            Self::NotUtf8 => f.write_str("is not UTF-8"),
            Self::Nul => f.write_str("a NUL character stands here: is the file UTF-16? Rust source is UTF-8"),
            Self::Unterminated(what) => write!(f, "this {what} is never closed"),
            Self::Conflict => f.write_str(
                "a merge conflict is not resolved here: keep what is meant, and remove the lines that begin with \
                 `<<<<<<<`, `=======` and `>>>>>>>`",
            ),
            Self::SecondMigration => f.write_str(
                "a second `#[migration]`: a file holds one migration, move this one to its own file",
            ),
            Self::HiddenMigration(hiding) => hiding.fmt(f),
            Self::MigrationInModRs => {
                f.write_str("holds a migration, which a `mod.rs` cannot: move it to a file of its own")
            }
            Self::Header(kind) => kind.fmt(f),
        }
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = shown(&self.path);
        match self.place {
            Some(place) => write!(f, "{path}:{place}: {}", self.kind),
            None => write!(f, "{path}: {}", self.kind),
        }
    }
}

impl core::error::Error for SourceError {}

fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy())
}
