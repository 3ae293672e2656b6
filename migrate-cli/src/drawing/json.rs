//! A drawing as data: revisions with the links between them, for programs and for the page.
//!
//! Where they stand is not in it.

use migrate_graph::EdgeKind;
use serde::Serialize;

use super::{Drawing, Link};
use crate::json::{Asked, RevisionJson, revision, text};

#[derive(Serialize)]
struct GraphJson<'a, R> {
    /// As `history` has them.
    revisions: Vec<R>,
    /// Those between them.
    edges: Vec<EdgeJson<'a>>,
}

#[derive(Serialize)]
struct EdgeJson<'a> {
    from: &'a str,
    to: &'a str,
    kind: &'static str,
}

/// A revision for the page, which also shows the whole text of its file.
#[derive(Serialize)]
struct PageRevision<'a> {
    #[serde(flatten)]
    revision: RevisionJson<'a>,
    doc: &'a str,
}

/// A drawing's revisions and links.
pub(crate) fn graph(drawing: &Drawing<'_>, asked: Asked) -> String {
    let revisions = drawing.rows.iter().map(|row| revision(row.entry, asked));
    text(&GraphJson {
        revisions: revisions.collect(),
        edges: edges(drawing),
    })
}

/// The same for the page, on one line.
pub(crate) fn page(drawing: &Drawing<'_>, asked: Asked) -> String {
    let revisions = drawing.rows.iter().map(|row| PageRevision {
        revision: revision(row.entry, asked),
        doc: row.entry.page.doc,
    });
    let graph = GraphJson {
        revisions: revisions.collect(),
        edges: edges(drawing),
    };
    serde_json::to_string(&graph).unwrap_or_else(|error| error.to_string())
}

fn edges<'a>(drawing: &'a Drawing<'_>) -> Vec<EdgeJson<'a>> {
    let id = |row: usize| drawing.rows[row].entry.id();
    let edge = |(from, link): (usize, Link)| EdgeJson {
        from: id(from),
        to: id(link.to),
        kind: match link.kind {
            EdgeKind::DownRevision => "down_revision",
            EdgeKind::Dependency => "depends_on",
        },
    };
    drawing.links().map(edge).collect()
}
