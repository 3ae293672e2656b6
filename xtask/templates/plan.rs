//! Plans a graph of N revisions, up and down, and prints the milliseconds.
//!
//! The graph is that of plan.py: in every ten revisions one branch and one merge.

use std::time::Instant;

use migrate_core::graph::{Heads, Revision, RevisionId, RevisionMap, RevisionSpec};

fn main() {
    let count: usize = std::env::args().nth(1).and_then(|count| count.parse().ok()).expect("a number");
    let id = |number: usize| RevisionId::new(&format!("r{number:05}")).expect("an id");
    let start = Instant::now();
    let revisions = (0..count).map(|number| {
        let downs = match number % 10 {
            5..=7 => vec![number - 2],
            8 => vec![number - 2, number - 1],
            _ if number == 0 => vec![],
            _ => vec![number - 1],
        };
        Revision {
            id: id(number),
            down_revisions: downs.into_iter().map(id).collect(),
            depends_on: vec![],
            branch_labels: vec![],
        }
    });
    let map = RevisionMap::new(revisions.collect()).expect("a valid graph");
    let spec = |target| RevisionSpec::parse(target).expect("a target");
    let heads = |rows: &[RevisionId]| Heads::read(&map, rows).expect("known rows");
    let up = map.plan_upgrade(&heads(&[]), &spec("heads")).expect("a plan");
    let down = map.plan_downgrade(&heads(&[id(count - 1)]), &spec("base")).expect("a plan");
    let elapsed = start.elapsed();
    assert_eq!((up.steps.len(), down.steps.len()), (count, count));
    println!("{}", elapsed.as_secs_f64() * 1000.0);
}
