//! The histories of real projects, as fixtures/histories has them: what they load as, and the same questions as for
//! generated graphs.

use std::fs;
use std::path::Path;

use migrate_graph::{BranchLabel, InvalidNameReason, Revision};
use serde_json::Value;

use crate::compare;
use crate::generate;
use crate::graph::{Graph, Set};
use crate::program;
use crate::question::{Answer, Question, Said};
use crate::random::Random;

const STATES: usize = 8;
const TARGETS: usize = 6;
/// The most questions about a history as files.
const MOST: usize = 30;

/// The facts of a project, without the label that Airflow did not mean.
fn history(project: &str) -> Graph {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/histories");
    let text = fs::read_to_string(folder.join(format!("{project}.json"))).unwrap();
    let revisions: Vec<Value> = serde_json::from_str(&text).unwrap();
    let revision = |facts: &Value| {
        let names = |key: &str| {
            let names = facts[key].as_array().unwrap().iter();
            names.map(|name| name.as_str().unwrap()).collect::<Vec<_>>()
        };
        let labels = names("labels");
        let labels = labels.iter().filter(|label| **label != "None");
        Revision {
            id: facts["id"].as_str().unwrap().parse().unwrap(),
            down_revisions: names("down").iter().map(|id| id.parse().unwrap()).collect(),
            depends_on: names("deps").iter().map(|name| name.parse().unwrap()).collect(),
            branch_labels: labels.map(|label| label.parse().unwrap()).collect(),
        }
    };
    Graph::new(revisions.iter().map(revision).collect())
}

/// What is asked of a project: all the way up and down, and from the middle to anywhere.
fn questions<'a>(graph: &'a Graph, random: &mut Random) -> Vec<Question<'a>> {
    let heads: Set = graph
        .map
        .effective_heads()
        .map(|head| head.id.to_string())
        .collect();
    let ask = |command, rows: &Set, target: &str| Question {
        graph,
        rows: rows.clone(),
        command,
        targets: [target.to_owned()].into(),
    };
    let mut asked: Vec<Question<'a>> = Question::about(graph).collect();
    asked.extend([
        ask("upgrade", &Set::new(), "heads"),
        ask("downgrade", &heads, "base"),
        ask("stamp", &Set::new(), "heads"),
        ask("history", &Set::new(), ":"),
    ]);
    for _ in 0..STATES {
        let rows = generate::rows(random, graph);
        for label in graph.labels.keys() {
            for target in ["head", "base", "+1", "-1"].map(|place| format!("{label}@{place}")) {
                asked.extend(["upgrade", "downgrade"].map(|command| ask(command, &rows, &target)));
            }
            asked.push(ask("stamp", &rows, &format!("{label}@head")));
            asked.push(ask("history", &rows, &format!("{label}@base:")));
        }
        asked.extend((0..TARGETS).map(|_| generate::plan(random, graph, &rows)));
        asked.extend((0..TARGETS / 2).map(|_| generate::listing(random, graph, &rows)));
    }
    asked
}

fn agrees(project: &str, revisions: usize) {
    let graph = history(project);
    assert_eq!(graph.revisions.len(), revisions, "{project}");
    let questions = questions(&graph, &mut Random::new(0xD1B5_4A32_D192_ED03));
    let ours: Vec<Answer> = questions.iter().map(Question::answer).collect();
    let up = ours.iter().find_map(|answer| match answer {
        Ok(Said::Plan { ran, .. }) => Some(ran.len()),
        Ok(Said::Revisions(_)) | Err(_) => None,
    });
    assert_eq!(up, Some(revisions), "{project}: the first plan runs all of it");
    compare::agree(&questions, &ours);
}

#[test]
#[ignore = "needs Python with Alembic: run by cargo xtask test"]
fn the_history_of_superset_is_the_same() {
    agrees("superset", 344);
}

#[test]
#[ignore = "needs Python with Alembic: run by cargo xtask test"]
fn the_history_of_backend_ai_is_the_same() {
    agrees("backend-ai", 556);
}

#[test]
#[ignore = "needs Python with Alembic: run by cargo xtask test"]
fn the_history_of_neutron_with_its_two_branches_is_the_same() {
    agrees("neutron", 133);
}

#[test]
#[ignore = "needs Python with Alembic: run by cargo xtask test"]
fn the_history_of_galaxy_with_its_two_bases_is_the_same() {
    agrees("galaxy", 82);
}

#[test]
#[ignore = "needs Python with Alembic: run by cargo xtask test"]
fn the_history_of_airflow_is_the_same() {
    agrees("airflow", 124);
}

#[test]
#[ignore = "needs Python with Alembic: run by cargo xtask test"]
fn cargo_migrate_reads_the_files_of_these_histories_alike() {
    let histories = ["superset", "backend-ai", "neutron", "galaxy", "airflow"].map(history);
    let mut random = Random::new(0x94D0_49BB_1331_11EB);
    let mut asked = Vec::new();
    for graph in &histories {
        let mut questions = questions(graph, &mut random);
        questions.retain(|question| !question.targets.iter().any(|target| target.contains("current")));
        questions.truncate(MOST);
        asked.extend(questions);
    }
    compare::agree(&asked, &program::ask(&asked));
}

/// One of Airflow's files says `branch_labels = "None"`. The label is in no database, so that nothing is lost without
/// it.
#[test]
fn a_label_that_a_real_project_did_not_mean_is_refused() {
    let refused = BranchLabel::new("None").unwrap_err();
    assert_eq!(refused.reason, InvalidNameReason::Reserved);
}
