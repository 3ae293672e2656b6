//! [`Drawing`]: revisions with the links between them, and the forms that they are drawn in, one file each.
//!
//! `log` draws on a terminal, `mermaid`, `dot` and `svg` write a picture's text, `html` a page around that picture.
//! The lanes of the terminal and of the picture are sapling-renderdag's; nothing here decides which revision
//! stands where, and nothing reads files or a database.

pub(crate) mod dot;
pub(crate) mod html;
pub(crate) mod json;
mod lanes;
pub(crate) mod log;
pub(crate) mod mermaid;
#[cfg(test)]
mod sample;
pub(crate) mod svg;
mod xml;

use std::collections::BTreeMap;
use std::fmt;

use migrate_graph::EdgeKind;
use renderdag::Ancestor;

use crate::entry::Entry;

/// What every file begins with that is drawn here, in a comment of its language.
pub(crate) const SIGNATURE: &str = "drawn by `migrate graph`";

/// Revisions, newest first as `history` has them, with the links between them.
#[derive(Debug)]
pub(crate) struct Drawing<'a> {
    pub(crate) rows: Vec<Row<'a>>,
}

/// One revision of a drawing.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    pub(crate) entry: &'a Entry<'a>,
    /// To what it needs, where that is drawn too.
    pub(crate) links: Vec<Link>,
    /// Whether it needs something that is not drawn.
    pub(crate) goes_on: bool,
}

/// A link to another row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Link {
    /// The number of that row.
    pub(crate) to: usize,
    /// How it is needed.
    pub(crate) kind: EdgeKind,
}

impl<'a> Drawing<'a> {
    /// The drawing of revisions of one map, in their order.
    pub(crate) fn new(entries: &'a [Entry<'a>]) -> Self {
        let places: BTreeMap<&str, usize> =
            (0..).zip(entries).map(|(row, entry)| (entry.id(), row)).collect();
        let revisions: Vec<_> = entries.iter().map(|entry| entry.revision).collect();
        let graph = entries.first().map(|entry| entry.map.graph(&revisions));
        let row = |(entry, node): (&'a Entry<'a>, migrate_graph::GraphNode<'_>)| {
            let links = node.edges.iter().filter_map(|edge| {
                let to = *places.get(edge.to.as_str())?;
                Some(Link { to, kind: edge.kind })
            });
            Row {
                entry,
                links: links.collect(),
                goes_on: node.edges.iter().any(|edge| !edge.shown),
            }
        };
        let rows = entries.iter().zip(graph.unwrap_or_default()).map(row);
        Self { rows: rows.collect() }
    }

    /// The links between drawn revisions, each with the row that it leaves.
    pub(crate) fn links(&self) -> impl Iterator<Item = (usize, Link)> {
        let rows = (0..).zip(&self.rows);
        rows.flat_map(|(from, row)| row.links.iter().map(move |&link| (from, link)))
    }
}

impl Row<'_> {
    /// The links as the drawing of lanes takes them.
    fn ancestors(&self) -> Vec<Ancestor<usize>> {
        let links = self.links.iter().map(|link| match link.kind {
            EdgeKind::DownRevision => Ancestor::Parent(link.to),
            EdgeKind::Dependency => Ancestor::Ancestor(link.to),
        });
        links.chain(self.goes_on.then_some(Ancestor::Anonymous)).collect()
    }

    /// What a picture shows beside the id. A label stands where it is given, and at the heads that it leads to:
    /// on every revision of its line it would say nothing more.
    pub(crate) fn marks(&self) -> Vec<Mark<'_>> {
        let Entry { map, revision, .. } = self.entry;
        let id = self.entry.id();
        let mut marks: Vec<_> = if map.is_head(id) {
            self.entry.labels().into_iter().map(Mark::Label).collect()
        } else {
            revision
                .branch_labels
                .iter()
                .map(|label| Mark::Label(label.as_str()))
                .collect()
        };
        if map.is_effective_head(id) {
            marks.push(Mark::Head);
        } else if map.is_head(id) {
            marks.push(Mark::EffectiveHead);
        }
        if self.entry.current {
            marks.push(Mark::Current);
        }
        marks
    }

    /// The id with its marks, and the message below it, for a language that places texts itself: each text escaped for
    /// it, and its own end of a line.
    fn label(&self, line_end: &str, escaped: impl Fn(&str) -> String) -> String {
        let mut label = escaped(self.entry.id());
        for mark in self.marks() {
            label.extend([" (", &escaped(&mark.to_string()), ")"]);
        }
        if !self.entry.page.message.is_empty() {
            label.extend([line_end, &escaped(self.entry.page.message)]);
        }
        label
    }
}

/// What is said of a revision beside its id and message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark<'a> {
    Label(&'a str),
    /// Nothing needs it.
    Head,
    /// A head that another revision depends on, in the word that `history` has for it.
    EffectiveHead,
    /// A row of the database's version table.
    Current,
}

impl fmt::Display for Mark<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Label(label) => label,
            Self::Head => "head",
            Self::EffectiveHead => "effective head",
            Self::Current => "current",
        })
    }
}
