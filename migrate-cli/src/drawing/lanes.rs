//! [`Lanes`]: where a picture's revisions and links stand, in lanes and rows.
//!
//! The lanes are those of the terminal's drawing: sapling-renderdag says for each row what passes it, and which
//! lanes its links take. Pixels are not known here.

use migrate_graph::EdgeKind;
use renderdag::pipeline::GraphRowShaper;
use renderdag::pipeline::types::{GraphRowShape, LinkLine, NodeLine, PadLine};

use super::Drawing;

/// A drawing's geometry.
#[derive(Debug, Default)]
pub(crate) struct Lanes {
    /// The lane of each row's revision.
    pub(crate) nodes: Vec<usize>,
    /// How many lanes are taken beside each row.
    pub(crate) widths: Vec<usize>,
    /// What joins them.
    pub(crate) strokes: Vec<Stroke>,
}

/// A piece of a link, which leads downwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stroke {
    pub(crate) kind: EdgeKind,
    /// The lane that it belongs to: where it leads from one lane to another, the one that begins or ends there.
    pub(crate) lane: usize,
    /// The lane and row where it begins.
    pub(crate) from: (usize, usize),
    pub(crate) way: Way,
}

/// How a piece of a link goes on from where it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Straight to this row.
    Down(usize),
    /// To this lane, one row below.
    Across(usize),
    /// To this lane, where it ends before the next row: what it leads to is not drawn.
    Out(usize),
}

impl Lanes {
    /// Lays out a drawing.
    pub(crate) fn of(drawing: &Drawing<'_>) -> Self {
        let mut shaper = GraphRowShaper::new();
        let mut weaver = Weaver::default();
        for (row, drawn) in (0..).zip(&drawing.rows) {
            weaver.add(&shaper.next_row_shape(row, drawn.ancestors()));
        }
        weaver.lanes
    }
}

/// What makes lanes from rows, one after the other.
#[derive(Default)]
struct Weaver {
    lanes: Lanes,
    /// For each lane the straight piece whose end is not known yet: its kind, and the row where it begins.
    open: Vec<Option<(EdgeKind, usize)>>,
    /// How many lanes the links take that lead from the last row to the next one.
    reach: usize,
}

impl Weaver {
    fn add(&mut self, shape: &GraphRowShape<usize>) {
        let (row, own) = (shape.node, shape.node_column);
        self.open.resize(self.open.len().max(shape.node_line.len()), None);
        let mut reach = self.pass(shape);
        for &lane in &shape.parent_columns {
            let kind = kind(shape, lane);
            let ends = shape.term_line.as_ref().is_some_and(|ends| ends[lane]);
            let begins = shape.node_line[lane] == NodeLine::Blank;
            let (of, from) = (if begins { lane } else { own }, (own, row));
            if ends {
                self.stroke(kind, of, from, Way::Out(lane));
            } else if lane == own {
                self.open[lane] = Some((kind, row));
            } else {
                self.stroke(kind, of, from, Way::Across(lane));
            }
            reach = reach.max(lane + 1);
        }
        let beside = shape.node_line.iter().rposition(|line| *line != NodeLine::Blank);
        let beside = beside.map_or(0, |lane| lane + 1);
        self.lanes.nodes.push(own);
        self.lanes.widths.push(beside.max(self.reach).max(reach));
        self.reach = reach;
    }

    /// Follows what passes a row; returns how many lanes it takes where it changes its lane.
    fn pass(&mut self, shape: &GraphRowShape<usize>) -> usize {
        let row = shape.node;
        let mut reach = 0;
        for lane in 0..self.open.len() {
            let passing = shape.node_line.get(lane).and_then(passing);
            // A lane that passes this row and is not there below it moves to the revision's own.
            let moves = passing.filter(|_| shape.ancestry_line.get(lane) == Some(&PadLine::Blank));
            // What ended above, came from another lane, or goes on as another kind.
            if moves.is_some() || self.open[lane].map(|(kind, _)| kind) != passing {
                if let Some((kind, start)) = self.open[lane].take()
                    && start < row
                {
                    self.stroke(kind, lane, (lane, start), Way::Down(row));
                }
                self.open[lane] = passing.filter(|_| moves.is_none()).map(|kind| (kind, row));
            }
            if let Some(kind) = moves {
                self.stroke(kind, lane, (lane, row), Way::Across(shape.node_column));
                reach = lane + 1;
            }
        }
        reach
    }

    fn stroke(&mut self, kind: EdgeKind, lane: usize, from: (usize, usize), way: Way) {
        self.lanes.strokes.push(Stroke {
            kind,
            lane,
            from,
            way,
        });
    }
}

/// What passes a row in a lane.
fn passing(line: &NodeLine) -> Option<EdgeKind> {
    match line {
        NodeLine::Parent => Some(EdgeKind::DownRevision),
        NodeLine::Ancestor => Some(EdgeKind::Dependency),
        NodeLine::Blank | NodeLine::Node => None,
    }
}

/// The kind of a revision's own link that takes a lane.
fn kind(shape: &GraphRowShape<usize>, lane: usize) -> EdgeKind {
    let direct = match &shape.link_line_from_node {
        Some(line) if lane == shape.node_column => line[lane].contains(LinkLine::VERT_PARENT),
        Some(line) => line[lane].intersects(LinkLine::LEFT_FORK_PARENT | LinkLine::RIGHT_FORK_PARENT),
        None => shape.ancestry_line.get(lane) != Some(&PadLine::Ancestor),
    };
    if direct {
        EdgeKind::DownRevision
    } else {
        EdgeKind::Dependency
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    /// The links that can be followed along the strokes, from each node to the next ones: what a reader sees.
    fn followed(drawing: &Drawing<'_>) -> Vec<(usize, usize)> {
        let lanes = Lanes::of(drawing);
        let mut links = Vec::new();
        for (row, &lane) in lanes.nodes.iter().enumerate() {
            let mut todo = vec![(lane, row)];
            while let Some(place) = todo.pop() {
                if place.1 != row && lanes.nodes.get(place.1) == Some(&place.0) {
                    links.push((row, place.1));
                    continue;
                }
                // A straight piece is passed by what joins it from the side.
                todo.extend(lanes.strokes.iter().filter_map(|stroke| match stroke.way {
                    Way::Down(to) if stroke.from.0 == place.0 && (stroke.from.1..to).contains(&place.1) => {
                        Some((place.0, to))
                    }
                    Way::Across(to) if stroke.from == place => Some((to, place.1 + 1)),
                    Way::Down(_) | Way::Across(_) | Way::Out(_) => None,
                }));
            }
        }
        links.sort_unstable();
        links.dedup();
        links
    }

    #[test]
    fn every_link_can_be_followed_and_no_other() {
        for (name, shape) in sample::SHAPES {
            sample::with(shape, ":", &[], &[], |drawing| {
                let mut links: Vec<_> = drawing.links().map(|(from, link)| (from, link.to)).collect();
                links.sort_unstable();
                assert_eq!(followed(drawing), links, "{name}");
            });
        }
    }
}
