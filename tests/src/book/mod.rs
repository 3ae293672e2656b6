//! The pages of the book as sessions: what stands on a page is done, in its order, and has to be what the page shows.
//!
//! [`Page`] reads a page, [`Session`] does it. A page says what it is done on in a comment, which a reader does not see:
//!
//! ```text
//! <!-- session: examples/messaging on sqlite, postgres, mysql -->
//! ```
//!
//! Blocks marked `console` hold commands, each after `$ `, and what they say; nothing below a command means that only its
//! end is looked at. `[..]` stands for anything within a line, `...` for any lines, and a last line `? 1` says that it ends
//! with this code. `console postgres` is done on that database alone. A comment before any other block says what becomes of
//! it: `file: PATH` writes it, `append: PATH` adds it at the end, and `change: PATH` makes in the file of the lines with
//! `-` and a blank before them those with `+` and a blank; a star in a file's name stands for its date or id.

mod page;
mod session;
mod shown;

pub use page::{Command, Page, Step, Subject};
pub use session::Session;

use std::fs;
use std::path::PathBuf;

use crate::workspace;

/// Where the book's pages are.
#[must_use]
pub fn sources() -> PathBuf {
    workspace().join("docs/src")
}

/// All pages, each by its path relative to the book's sources, and its text; sorted.
///
/// # Panics
/// When one cannot be read.
#[must_use]
pub fn pages() -> Vec<(String, String)> {
    let mut folders = vec![sources()];
    let mut pages = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let name = path.strip_prefix(sources()).unwrap().to_str().unwrap();
                pages.push((name.to_owned(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    pages.sort();
    pages
}
