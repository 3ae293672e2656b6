//! [`Entry`]: one revision as a command prints it, in Alembic's one-line and verbose forms.
//!
//! Where Alembic's order is a set's, labels and branches are sorted here.

use migrate_graph::{BranchLabel, Reference, Revision, RevisionId, RevisionMap};

use crate::catalogue::Page;
use crate::printable::printable;

/// One revision, with what the graph and its source say about it.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) map: &'a RevisionMap,
    pub(crate) revision: &'a Revision,
    pub(crate) page: Page<'a>,
    /// Whether it is a row of the database's version table; false also when no database was asked.
    pub(crate) current: bool,
}

/// What a line shows besides the revision and its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// Its place in the graph, its labels and its message: `history`.
    History,
    /// Its labels and its message: `status`.
    Summary,
    /// Its labels: `heads`.
    Head,
    /// Whether it is a branch or merge point: `current`.
    Current,
    /// Its labels, and whether it is a branch or merge point: `branches`.
    Branch,
    /// The same with its message: what a branch point leads to in `branches -v`.
    BranchWithMessage,
}

impl Entry<'_> {
    pub(crate) fn id(&self) -> &str {
        self.revision.id.as_str()
    }

    /// All labels that reach it, sorted.
    pub(crate) fn labels(&self) -> Vec<&str> {
        self.map.labels(self.id()).map(BranchLabel::as_str).collect()
    }

    pub(crate) fn down_revisions(&self) -> Vec<&str> {
        self.revision
            .down_revisions
            .iter()
            .map(RevisionId::as_str)
            .collect()
    }

    /// As they are written: a label stays a label.
    pub(crate) fn depends_on(&self) -> Vec<&str> {
        self.revision.depends_on.iter().map(Reference::as_str).collect()
    }

    /// The verbose or the one-line form.
    pub(crate) fn text(&self, verbose: bool, form: Line) -> String {
        if verbose { self.block() } else { self.line(form) }
    }

    /// The one-line form.
    pub(crate) fn line(&self, form: Line) -> String {
        let (parents, labels, points, message) = match form {
            Line::History => (true, true, true, true),
            Line::Summary => (false, true, false, true),
            Line::Head => (false, true, false, false),
            Line::Current => (false, false, true, false),
            Line::Branch => (false, true, true, false),
            Line::BranchWithMessage => (false, true, true, true),
        };
        let mut text = String::new();
        if parents {
            text += &self.parents();
            if !self.revision.depends_on.is_empty() {
                text.extend([" (", &self.depends_on().join(", "), ")"]);
            }
            text += " -> ";
        }
        text += self.id();
        let reached = self.labels();
        if labels && !reached.is_empty() {
            text.extend([" (", &reached.join(", "), ")"]);
        }
        if self.map.is_effective_head(self.id()) {
            text += " (head)";
        } else if self.map.is_head(self.id()) {
            text += " (effective head)";
        }
        if self.current {
            text += " (current)";
        }
        if points {
            text += self.points();
        }
        if message {
            text.extend([", ", self.page.message]);
        }
        printable(&text) + "\n"
    }

    /// The verbose form, which ends with an empty line.
    pub(crate) fn block(&self) -> String {
        let head = if self.map.is_head(self.id()) {
            " (head)"
        } else {
            ""
        };
        let current = if self.current { " (current)" } else { "" };
        let mut text = format!("Rev: {}{head}{}{current}\n", self.id(), self.points());
        let merge = self.map.is_merge_point(self.id());
        let mut field = |name: &str, value: String| {
            if !value.is_empty() {
                text.extend([name, ": ", &value, "\n"]);
            }
        };
        field(if merge { "Merges" } else { "Parent" }, self.parents());
        field("Also depends on", self.depends_on().join(", "));
        if self.map.is_branch_point(self.id()) {
            let children = self.map.children(self.id()).map(|child| child.id.as_str());
            field("Branches into", children.collect::<Vec<_>>().join(", "));
        }
        field("Branch names", self.labels().join(", "));
        field("Path", self.page.path.to_owned());
        text.push('\n');
        for line in self.page.doc.trim().lines() {
            text.extend(["    ", line, "\n"]);
        }
        printable(&text) + "\n"
    }

    fn parents(&self) -> String {
        if self.map.is_base(self.id()) {
            "<base>".into()
        } else {
            self.down_revisions().join(", ")
        }
    }

    fn points(&self) -> &'static str {
        match (
            self.map.is_branch_point(self.id()),
            self.map.is_merge_point(self.id()),
        ) {
            (false, false) => "",
            (true, false) => " (branchpoint)",
            (false, true) => " (mergepoint)",
            (true, true) => " (branchpoint) (mergepoint)",
        }
    }
}
