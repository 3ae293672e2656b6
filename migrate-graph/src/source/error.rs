//! What can be wrong with a folder of migrations, before anyone asks how its revisions hang together.

use core::fmt;
use std::{io, path::PathBuf, string::String};

use super::{directory::MAX_FILE_SIZE, header::HeaderErrorKind, token::Place};

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
    /// It is a symbolic link to a folder: followed, it could lead in circles or show a file twice.
    LinkedFolder,
    /// Its name is not UTF-8, so no `mod` can name it.
    FileName,
    /// It has more than [`MAX_FILE_SIZE`] bytes.
    TooLarge,
    /// Its content is not UTF-8.
    NotUtf8,
    /// A NUL stands in its code, as in a file that an editor saved as UTF-16.
    Nul,
    /// A string, a comment or a character literal is opened here and never closed.
    Unterminated(&'static str),
    /// It holds a second `#[migration]` here.
    SecondMigration,
    /// It is a `mod.rs`, which may hold the `migrations!` call but no migration.
    MigrationInModRs,
    /// The attribute is wrong.
    Header(HeaderErrorKind),
}

impl fmt::Display for SourceErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(kind) => write!(f, "cannot be read: {kind}"),
            Self::NotAFile => f.write_str("is not a regular file"),
            Self::LinkedFolder => f.write_str("is a symbolic link to a folder, and those are not followed"),
            Self::FileName => f.write_str("its name is not UTF-8"),
            Self::TooLarge => write!(f, "is larger than {} MiB", MAX_FILE_SIZE >> 20),
            Self::NotUtf8 => f.write_str("is not UTF-8"),
            Self::Nul => f.write_str("a NUL character stands here: is the file UTF-16? Rust source is UTF-8"),
            Self::Unterminated(what) => write!(f, "this {what} is never closed"),
            Self::SecondMigration => f.write_str(
                "a second `#[migration]`: a file holds one migration, move this one to its own file",
            ),
            Self::MigrationInModRs => {
                f.write_str("holds a migration, which a `mod.rs` cannot: move it to a file of its own")
            }
            Self::Header(kind) => kind.fmt(f),
        }
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path: String = self.path.to_string_lossy().into_owned();
        match self.place {
            Some(place) => write!(f, "{path}:{place}: {}", self.kind),
            None => write!(f, "{path}: {}", self.kind),
        }
    }
}

impl core::error::Error for SourceError {}
