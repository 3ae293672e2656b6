//! [`Catalogue`]: the revisions that commands speak of, wherever they come from.
//!
//! There are two: the migrations that are compiled into a project's own binary, and the source files of a project,
//! which need not compile.

use std::fmt;

use migrate_core::Migrator;
use migrate_graph::RevisionId;

/// The revisions, and what their files say about them.
pub(crate) trait Catalogue: fmt::Debug + Send + Sync {
    /// What knows how the revisions hang together, and asks databases.
    fn migrator(&self) -> &Migrator;

    /// What the file of a revision says; empty for one that is not there.
    fn page(&self, id: &RevisionId) -> Page<'_>;
}

/// What the file of a revision says about it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Page<'a> {
    /// One line.
    pub(crate) message: &'a str,
    /// The whole text at the top.
    pub(crate) doc: &'a str,
    /// The file, relative to the crate's folder.
    pub(crate) path: &'a str,
}

impl Catalogue for Migrator {
    fn migrator(&self) -> &Migrator {
        self
    }

    fn page(&self, id: &RevisionId) -> Page<'_> {
        self.migration(id).map_or(Page::default(), |migration| Page {
            message: migration.message,
            doc: migration.doc,
            path: migration.path,
        })
    }
}
