//! Every problem of a set of revisions at once, each once, with the literal that causes it.
//!
//! An edge that leads nowhere is reported and then ignored, so that it neither hides another problem nor
//! causes one. This file builds nothing that outlives it; a set without problems becomes a
//! [`RevisionMap`](crate::map::RevisionMap).

use crate::cycle;
use crate::nearest::nearest;
use crate::problem::{Field, GraphError, GraphErrorKind};
use crate::revision::Revision;
use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec,
    vec::Vec,
};

/// The most unknown names for which the nearest is looked up: each look-up reads every name, and nobody reads
/// more hints than this.
const MAX_HINTS: usize = 32;

/// Finds every problem of a set of revisions; an empty answer means that it can be a
/// [`RevisionMap`](crate::map::RevisionMap).
///
/// The answer is sorted by revision and literal. A group of revisions that reach each other is one problem,
/// told as one cycle; where `down_revision` alone already makes a cycle, dependencies that cross it are not
/// looked at until it is mended.
#[must_use]
pub fn check(revisions: &[Revision]) -> Vec<GraphError> {
    let mut check = Check {
        revisions,
        ids: BTreeMap::new(),
        labels: BTreeMap::new(),
        errors: Vec::new(),
    };
    check.names();
    let edges = check.edges();
    check.cycles(&edges);
    check.errors.sort_by_key(|error| (error.at, error.field));
    check.errors
}

/// A link of the graph: the literal that states it, and the index of the revision that it leads to.
#[derive(Clone, Copy)]
struct Edge {
    field: Field,
    to: usize,
}

impl Edge {
    fn is_dependency(&self) -> bool {
        matches!(self.field, Field::DependsOn(_))
    }
}

struct Check<'a> {
    revisions: &'a [Revision],
    ids: BTreeMap<&'a str, usize>,
    labels: BTreeMap<&'a str, usize>,
    errors: Vec<GraphError>,
}

impl<'a> Check<'a> {
    fn report(&mut self, at: usize, field: Field, kind: GraphErrorKind) {
        let revision = self.revisions[at].id.clone();
        self.errors.push(GraphError {
            at,
            revision,
            field,
            kind,
        });
    }

    /// Gives each name to the first that claims it.
    fn names(&mut self) {
        let revisions = self.revisions;
        for (at, revision) in revisions.iter().enumerate() {
            if let Some(&other) = self.ids.get(revision.id.as_str()) {
                self.report(at, Field::Revision, GraphErrorKind::DuplicateRevision { other });
            } else {
                self.ids.insert(revision.id.as_str(), at);
            }
        }
        for (at, revision) in revisions.iter().enumerate() {
            // A copy of a file is one mistake: its labels are no second one.
            if self.ids[revision.id.as_str()] != at {
                continue;
            }
            for (i, label) in revision.branch_labels.iter().enumerate() {
                let kind = if let Some(&other) = self.ids.get(label.as_str()) {
                    GraphErrorKind::LabelIsRevision {
                        label: label.clone(),
                        other,
                    }
                } else if let Some(&other) = self.labels.get(label.as_str()) {
                    let owner = revisions[other].id.clone();
                    GraphErrorKind::DuplicateLabel {
                        label: label.clone(),
                        other,
                        owner,
                    }
                } else {
                    self.labels.insert(label.as_str(), at);
                    continue;
                };
                self.report(at, Field::BranchLabel(i), kind);
            }
        }
    }

    /// Follows every link that leads somewhere else, and reports the others.
    fn edges(&mut self) -> Vec<Vec<Edge>> {
        let revisions = self.revisions;
        let mut edges = Vec::with_capacity(revisions.len());
        for (at, revision) in revisions.iter().enumerate() {
            let mut links = Vec::new();
            for (i, name) in revision.down_revisions.iter().enumerate() {
                let field = Field::DownRevision(i);
                if revision.down_revisions[..i].contains(name) {
                    self.report(
                        at,
                        field,
                        GraphErrorKind::RepeatedReference {
                            name: name.as_str().into(),
                        },
                    );
                    continue;
                }
                match self.ids.get(name.as_str()) {
                    Some(&to) => links.push(Edge { field, to }),
                    None => {
                        let nearest = self.nearest_id(name.as_str());
                        let name = name.clone();
                        self.report(at, field, GraphErrorKind::UnknownDownRevision { name, nearest });
                    }
                }
            }
            for (i, name) in revision.depends_on.iter().enumerate() {
                let field = Field::DependsOn(i);
                if revision.depends_on[..i].contains(name) {
                    self.report(
                        at,
                        field,
                        GraphErrorKind::RepeatedReference {
                            name: name.as_str().into(),
                        },
                    );
                    continue;
                }
                match self
                    .ids
                    .get(name.as_str())
                    .or_else(|| self.labels.get(name.as_str()))
                {
                    Some(&to) => links.push(Edge { field, to }),
                    None => {
                        let nearest = self.nearest_name(name.as_str());
                        let name = name.clone();
                        self.report(at, field, GraphErrorKind::UnknownDependency { name, nearest });
                    }
                }
            }
            let copy = self.ids[revision.id.as_str()] != at;
            links.retain(|edge| {
                let itself = revisions[edge.to].id == revision.id;
                if itself {
                    self.report(at, edge.field, GraphErrorKind::SelfReference);
                }
                !itself && !copy
            });
            edges.push(links);
        }
        edges
    }

    fn nearest_id(&self, name: &str) -> Option<String> {
        if self.errors.len() >= MAX_HINTS {
            return None;
        }
        let carrier = self.labels.get(name).map(|&at| self.revisions[at].id.as_str());
        carrier
            .or_else(|| nearest(name, self.ids.keys().copied()))
            .map(String::from)
    }

    fn nearest_name(&self, name: &str) -> Option<String> {
        if self.errors.len() >= MAX_HINTS {
            return None;
        }
        let names = self.ids.keys().chain(self.labels.keys());
        nearest(name, names.copied()).map(String::from)
    }

    fn cycles(&mut self, edges: &[Vec<Edge>]) {
        let mut reported = vec![false; edges.len()];
        for dependencies in [false, true] {
            let links: Vec<Vec<usize>> = edges
                .iter()
                .map(|edges| {
                    edges
                        .iter()
                        .filter(|edge| dependencies || !edge.is_dependency())
                        .map(|e| e.to)
                        .collect()
                })
                .collect();
            let mut groups = cycle::groups(&links);
            for group in &mut groups {
                group.sort_by(|&a, &b| self.revisions[a].id.cmp(&self.revisions[b].id));
            }
            for group in groups {
                if group.iter().any(|&at| reported[at]) {
                    continue;
                }
                let inside: BTreeSet<usize> = group.iter().copied().collect();
                // A dependency cycle has a dependency in it, and that is the literal to look at.
                let closes = |edge: &Edge| edge.is_dependency() == dependencies && inside.contains(&edge.to);
                let closing = |&at: &usize| edges[at].iter().copied().find(closes).map(|edge| (at, edge));
                let Some((at, edge)) = group.iter().find_map(closing) else {
                    continue;
                };
                let mut members = cycle::way(&links, edge.to, at);
                // The way ends where the cycle is told to begin.
                members.rotate_right(1);
                let members = members
                    .into_iter()
                    .map(|at| self.revisions[at].id.clone())
                    .collect();
                let kind = if dependencies {
                    GraphErrorKind::DependencyCycle { members }
                } else {
                    GraphErrorKind::Cycle { members }
                };
                self.report(at, edge.field, kind);
                for at in group {
                    reported[at] = true;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::drawn;
    use alloc::{format, string::String};

    fn problems(drawing: &str) -> String {
        let revisions = drawn(drawing);
        let show = |error: &GraphError| {
            let hint = error.hint(|other| format!("{other}.rs"));
            let hint = hint.map(|hint| format!(" [{hint}]")).unwrap_or_default();
            format!("{} {:?}: {error}{hint}", error.at, error.field)
        };
        check(&revisions).iter().map(show).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_valid_set_has_no_problems() {
        assert_eq!(
            problems("a; b<a @left; c<a |b; m<b,c |left; x |b,left; y<a |a"),
            ""
        );
        assert_eq!(problems(""), "");
    }

    #[test]
    fn all_problems_are_told_at_once_each_with_its_literal() {
        insta::assert_snapshot!(problems(
            "1f3c5b7d9e2a @cart
             0a2b4c6d8e1f < 1f3c5b7d9e2b |crat
             1f3c5b7d9e2a < nowhere
             b < 0a2b4c6d8e1f @cart, b, x, x
             c < c |c
             d < b, b |cart, 1f3c5b7d9e2a, cart
             e < cart"
        ), @r"
        1 DownRevision(0): Revision 1f3c5b7d9e2b referenced from 0a2b4c6d8e1f is not present [did you mean `1f3c5b7d9e2a`?]
        1 DependsOn(0): Revision crat referenced from 0a2b4c6d8e1f (depends_on) is not present [did you mean `cart`?]
        2 Revision: Revision 1f3c5b7d9e2a is present more than once [`0.rs` has this id too; give one of them another]
        2 DownRevision(0): Revision nowhere referenced from 1f3c5b7d9e2a is not present
        3 BranchLabel(0): Branch name 'cart' in revision b already used by revision 1f3c5b7d9e2a [that revision is in `0.rs`]
        3 BranchLabel(1): Branch name 'b' in revision b already used by revision b [that revision is in `3.rs`]
        3 BranchLabel(3): Branch name 'x' in revision b already used by revision b [that revision is in `3.rs`]
        4 DownRevision(0): Self-loop is detected in revisions (c)
        4 DependsOn(0): Dependency self-loop is detected in revisions (c)
        5 DownRevision(1): revision `d` names `b` more than once
        5 DependsOn(2): revision `d` names `cart` more than once
        6 DownRevision(0): Revision cart referenced from e is not present [did you mean `1f3c5b7d9e2a`?]
        ");
    }

    #[test]
    fn a_cycle_is_one_problem_told_in_order() {
        insta::assert_snapshot!(problems("c<b; a<c; b<a; d<c; x<y; y<x"), @r"
        1 DownRevision(0): Cycle is detected in revisions (a, c, b)
        4 DownRevision(0): Cycle is detected in revisions (x, y)
        ");
    }

    #[test]
    fn a_cycle_through_dependencies_blames_the_dependency() {
        insta::assert_snapshot!(problems(
            "a; b<a |y2; x; y<x @label; y2<y |b2; b2<b |label; x2 |x3; x3<x2"
        ), @r"
        1 DependsOn(0): Dependency cycle is detected in revisions (b, y2, b2)
        6 DependsOn(0): Dependency cycle is detected in revisions (x2, x3)
        ");
    }

    #[test]
    fn a_dependency_that_crosses_a_cycle_is_no_second_problem() {
        insta::assert_snapshot!(problems("a<b; b<a |c; c<a"), @"0 DownRevision(0): Cycle is detected in revisions (a, b)");
    }

    #[test]
    fn a_long_cycle_does_not_overflow_the_stack() {
        let drawing: String = (0..10_000)
            .map(|i| format!("r{i}<r{};", (i + 1) % 10_000))
            .collect();
        let errors = check(&drawn(&drawing));
        assert_eq!(errors.len(), 1);
        assert!(matches!(&errors[0].kind, GraphErrorKind::Cycle { members } if members.len() == 10_000));
    }
}
