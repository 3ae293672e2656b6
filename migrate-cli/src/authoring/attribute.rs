//! What stands between the brackets of `#[migration(..)]` for a revision, as Rust.
//!
//! Where it is written is the template's business.

use migrate_graph::{BranchLabel, Reference, Revision, RevisionId};

/// The most characters between the brackets of an attribute that rustfmt leaves on one line.
const ONE_LINE: usize = 70;

/// The values of `revision`, `down_revision`, `branch_labels` and `depends_on` as the attribute has them; empty for
/// a list that is left out.
pub(super) fn values(revision: &Revision) -> [String; 4] {
    fn list<T>(names: &[T], text: fn(&T) -> &str) -> String {
        let names: Vec<String> = names.iter().map(|name| literal(text(name))).collect();
        format!("[{}]", names.join(", "))
    }
    fn unless_empty<T>(names: &[T], text: fn(&T) -> &str) -> String {
        if names.is_empty() {
            String::new()
        } else {
            list(names, text)
        }
    }
    [
        literal(revision.id.as_str()),
        match revision.down_revisions.as_slice() {
            [] => "None".to_owned(),
            [id] => literal(id.as_str()),
            several => list(several, RevisionId::as_str),
        },
        unless_empty(&revision.branch_labels, BranchLabel::as_str),
        unless_empty(&revision.depends_on, Reference::as_str),
    ]
}

/// A text as a Rust string literal.
pub(super) fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// What stands between the brackets of `#[migration(..)]`, laid out as rustfmt does.
pub(super) fn attribute(entries: &[(&str, &String)]) -> String {
    let entries = entries.iter().filter(|(_, value)| !value.is_empty());
    let entries: Vec<String> = entries.map(|(key, value)| format!("{key} = {value}")).collect();
    let line = entries.join(", ");
    if line.len() <= ONE_LINE {
        line
    } else {
        format!("\n    {}\n", entries.join(",\n    "))
    }
}
