//! The same questions to migrate-graph and to Alembic.
//!
//! Both must run the same revisions and leave the same rows, list the same revisions, or refuse for the same kind of
//! reason. Where this tool deliberately does something else, a [`Deviation`](deviation::Deviation) says what.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and tells what it has found"
)]

mod compare;
mod deviation;
mod drafts;
mod generate;
mod graph;
mod histories;
mod oracle;
mod question;
mod random;

use graph::Graph;
use question::{Answer, Question};
use random::Random;

const GRAPHS: usize = 1000;
const STATES: usize = 3;
const TARGETS: usize = 8;

#[test]
#[ignore = "needs Python with Alembic: run by cargo xtask test"]
fn plans_agree_with_alembic_on_generated_graphs() {
    let mut random = Random::new(0x2545_F491_4F6C_DD1D);
    let graphs: Vec<Graph> = (0..GRAPHS).map(|_| generate::graph(&mut random)).collect();
    let mut questions = Vec::new();
    for graph in &graphs {
        for _ in 0..STATES {
            let rows = generate::rows(&mut random, graph);
            questions.extend((0..TARGETS).map(|_| generate::plan(&mut random, graph, &rows)));
        }
    }
    let ours: Vec<Answer> = questions.iter().map(Question::answer).collect();
    let known = compare::agree(&questions, &ours);
    let share = known.values().sum::<usize>() * 100 / questions.len();
    assert!(share < 12, "{share} % of the answers differ on purpose");
}

#[test]
#[ignore = "needs Python with Alembic: run by cargo xtask test"]
fn listings_agree_with_alembic_on_generated_graphs() {
    let mut random = Random::new(0x9E37_79B9_7F4A_7C15);
    let graphs: Vec<Graph> = (0..GRAPHS).map(|_| generate::graph(&mut random)).collect();
    let mut questions = Vec::new();
    for graph in &graphs {
        questions.extend(Question::about(graph));
        for _ in 0..STATES {
            let rows = generate::rows(&mut random, graph);
            questions.push(generate::listing(&mut random, graph, &rows));
        }
    }
    let ours: Vec<Answer> = questions.iter().map(Question::answer).collect();
    compare::agree(&questions, &ours);
}
