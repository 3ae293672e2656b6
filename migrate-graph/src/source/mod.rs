//! Reads revisions out of source files: `#[migration(...)]`, the `//!` text, and whether there is a `downgrade`.
//!
//! A file is lexed, never parsed: one whose body does not compile is still a good revision, and a folder of
//! thousands is read at once. Only a broken attribute, or text that cannot be lexed to its end, is an error.
//! The macros and the command line read by this one grammar. No compiler is run here, and nothing is written.
//!
//! ```
//! use migrate_graph::source::scan;
//!
//! let folder = std::env::temp_dir().join("migrate-graph-doc-example");
//! std::fs::create_dir_all(&folder)?;
//! std::fs::write(
//!     folder.join("001_users.rs"),
//!     "//! add users\n#[migration(revision = \"001\", down_revision = None)]\npub fn upgrade(op: &mut Op) {",
//! )?;
//! let directory = scan(&folder).map_err(|errors| format!("{errors:?}"))?;
//! let (file, header) = directory.migrations().next().ok_or("no migration")?;
//! assert_eq!(file.message(), "add users");
//! assert_eq!(header.revision.value.as_str(), "001");
//! assert_eq!((header.revision.span.line, header.revision.span.column), (2, 24));
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod attribute;
mod code;
mod directory;
mod error;
mod file;
mod header;
#[cfg(test)]
mod hostile;
mod lexer;
mod outline;
mod rewrite;
mod token;

pub use code::code;
pub use directory::{Directory, MAX_FILE_SIZE, scan, survey};
pub use error::{Hiding, SourceError, SourceErrorKind};
pub use file::SourceFile;
pub use header::{Header, HeaderError, HeaderErrorKind, Key, Spanned, parse};
pub use rewrite::{RewriteError, rebased};
pub use token::{Place, Token, TokenKind};
