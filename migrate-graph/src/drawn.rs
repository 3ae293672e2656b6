//! Graphs drawn as text, for the tests in this folder and in `tests/`.

use migrate_graph::Revision;
use std::{fmt::Debug, str::FromStr, vec::Vec};

/// The revisions of a drawing like `a; b<a; c<a @left; m<b,c |x`: each an id, then what it revises (`<`), what
/// it depends on (`|`) and its labels (`@`). Line ends separate as `;` does.
pub(crate) fn drawn(drawing: &str) -> Vec<Revision> {
    let lines = drawing
        .split([';', '\n'])
        .map(str::trim)
        .filter(|line| !line.is_empty());
    lines.map(revision).collect()
}

fn revision(line: &str) -> Revision {
    let (line, labels) = line.split_once('@').unwrap_or((line, ""));
    let (line, needs) = line.split_once('|').unwrap_or((line, ""));
    let (id, down) = line.split_once('<').unwrap_or((line, ""));
    Revision {
        id: id.trim().parse().unwrap(),
        down_revisions: names(down),
        depends_on: names(needs),
        branch_labels: names(labels),
    }
}

fn names<T: FromStr<Err: Debug>>(list: &str) -> Vec<T> {
    list.split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| name.parse().unwrap())
        .collect()
}
