//! The same questions to Alembic and to migrate-graph, and to `cargo migrate` on source files.
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
mod program;
mod question;
mod random;

use graph::Graph;
use question::{Answer, Question};
use random::Random;

const GRAPHS: usize = 1000;
/// How many of them are written as source files.
const PROJECTS: usize = 100;
const STATES: usize = 3;
const TARGETS: usize = 8;

fn graphs(random: &mut Random, count: usize) -> Vec<Graph> {
    (0..count).map(|_| generate::graph(random)).collect()
}

/// Plans from anywhere in these graphs to anywhere.
fn plans<'a>(random: &mut Random, graphs: &'a [Graph]) -> Vec<Question<'a>> {
    let mut questions = Vec::new();
    for graph in graphs {
        for _ in 0..STATES {
            let rows = generate::rows(random, graph);
            questions.extend((0..TARGETS).map(|_| generate::plan(random, graph, &rows)));
        }
    }
    questions
}

/// What these graphs are, and what targets and ranges mean in them.
fn listings<'a>(random: &mut Random, graphs: &'a [Graph]) -> Vec<Question<'a>> {
    let mut questions = Vec::new();
    for graph in graphs {
        questions.extend(Question::about(graph));
        for _ in 0..STATES {
            let rows = generate::rows(random, graph);
            questions.push(generate::listing(random, graph, &rows));
        }
    }
    questions
}

#[test]
#[ignore = "needs Python with Alembic: run by cargo xtask test"]
fn plans_agree_with_alembic_on_generated_graphs() {
    let mut random = Random::new(0x2545_F491_4F6C_DD1D);
    let graphs = graphs(&mut random, GRAPHS);
    let questions = plans(&mut random, &graphs);
    let ours: Vec<Answer> = questions.iter().map(Question::answer).collect();
    let known = compare::agree(&questions, &ours);
    let share = known.values().sum::<usize>() * 100 / questions.len();
    assert!(share < 12, "{share} % of the answers differ on purpose");
}

#[test]
#[ignore = "needs Python with Alembic: run by cargo xtask test"]
fn listings_agree_with_alembic_on_generated_graphs() {
    let mut random = Random::new(0x9E37_79B9_7F4A_7C15);
    let graphs = graphs(&mut random, GRAPHS);
    let questions = listings(&mut random, &graphs);
    let ours: Vec<Answer> = questions.iter().map(Question::answer).collect();
    let known = compare::agree(&questions, &ours);
    let share = known.values().sum::<usize>() * 100 / questions.len();
    assert!(share < 8, "{share} % of the answers differ on purpose");
}

#[test]
#[ignore = "needs Python with Alembic: run by cargo xtask test"]
fn cargo_migrate_plans_and_lists_as_alembic_on_the_files_of_generated_graphs() {
    let mut random = Random::new(0xBF58_476D_1CE4_E5B9);
    let graphs = graphs(&mut random, PROJECTS);
    let mut questions = plans(&mut random, &graphs);
    questions.extend(listings(&mut random, &graphs));
    // Where a database is, none can say.
    questions.retain(|question| !question.targets.iter().any(|target| target.contains("current")));
    compare::agree(&questions, &program::ask(&questions));
}
