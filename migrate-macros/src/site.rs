//! Where a macro was called, and who runs it.

use std::{env, path::PathBuf};

use proc_macro::Span;

/// The place of a macro call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Site {
    /// The compiler builds a crate: all of its files are at rest, and this is one of them.
    Build {
        /// The file of the call.
        file: PathBuf,
        /// The line of the call, from 1.
        line: usize,
    },
    /// An editor looks at a file that may not be saved yet, in a server that outlives many builds: what other
    /// files say cannot be trusted, and the editor shows it from its check on save.
    Editor,
}

impl Site {
    /// The place of the macro call that is being expanded.
    pub(crate) fn here() -> Self {
        let call = Span::call_site();
        match call.local_file() {
            Some(file) if !is_editor() => Self::Build {
                file,
                line: call.line(),
            },
            _ => Self::Editor,
        }
    }
}

/// Whether this process is rust-analyzer's macro server.
fn is_editor() -> bool {
    let program = env::current_exe().unwrap_or_default();
    program
        .file_stem()
        .is_some_and(|name| name.to_string_lossy().starts_with("rust-analyzer"))
}
