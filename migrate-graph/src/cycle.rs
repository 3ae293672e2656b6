//! Cycles in a graph that may have some.
//!
//! Nodes are numbers, and a graph is the list of the nodes that each node leads to. Nothing here knows what a
//! revision is, and nothing here recurses.

use alloc::{collections::VecDeque, vec, vec::Vec};

/// The groups of two or more nodes that all lead to each other, in no useful order (Tarjan's strongly
/// connected components, with a stack of its own). A graph without such a group, and without a node that leads
/// to itself, has no cycle.
pub(crate) fn groups(links: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const NEW: usize = usize::MAX;
    // When each node was found, the earliest node on the stack that it leads to, and whether its group is known.
    let mut found = vec![NEW; links.len()];
    let mut earliest = vec![NEW; links.len()];
    let mut closed = vec![false; links.len()];
    let (mut groups, mut clock) = (Vec::new(), 0);
    let (mut open, mut way): (Vec<usize>, Vec<(usize, usize)>) = (Vec::new(), Vec::new());
    for start in 0..links.len() {
        let mut entered = (found[start] == NEW).then_some(start);
        loop {
            if let Some(at) = entered.take() {
                (found[at], earliest[at]) = (clock, clock);
                clock += 1;
                open.push(at);
                way.push((at, 0));
            }
            let Some((at, next)) = way.last_mut() else {
                break;
            };
            let at = *at;
            if let Some(&to) = links[at].get(*next) {
                *next += 1;
                if found[to] == NEW {
                    entered = Some(to);
                } else if !closed[to] {
                    earliest[at] = earliest[at].min(found[to]);
                }
                continue;
            }
            way.pop();
            if let Some(&(before, _)) = way.last() {
                earliest[before] = earliest[before].min(earliest[at]);
            }
            if earliest[at] == found[at] {
                let first = open.iter().rposition(|&node| node == at).unwrap_or(0);
                let group = open.split_off(first);
                for &node in &group {
                    closed[node] = true;
                }
                if group.len() > 1 {
                    groups.push(group);
                }
            }
        }
    }
    groups
}

/// A shortest way from one node to another, both included; empty when there is none.
pub(crate) fn way(links: &[Vec<usize>], from: usize, to: usize) -> Vec<usize> {
    let mut before = vec![None; links.len()];
    let mut queue = VecDeque::from([from]);
    while let Some(at) = queue.pop_front() {
        if at == to {
            let mut way = vec![at];
            let mut last = at;
            while last != from {
                let Some(node) = before[last] else { break };
                last = node;
                way.push(node);
            }
            way.reverse();
            return way;
        }
        for &next in &links[at] {
            if next != from && before[next].is_none() {
                before[next] = Some(at);
                queue.push_back(next);
            }
        }
    }
    Vec::new()
}
