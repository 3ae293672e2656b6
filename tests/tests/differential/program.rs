//! The answers of `cargo migrate`: each graph is written as source files, and each question is a process.

use std::thread;

use migrate_graph::{ErrorKind, Revision};
use migrate_tests::Project;
use serde_json::Value;

use crate::graph::{Graph, Set};
use crate::oracle::set;
use crate::question::{Answer, Question, Refused, Said};

/// Processes that run at the same time.
const THREADS: usize = 2;

const KINDS: [ErrorKind; 8] = [
    ErrorKind::CantLocate,
    ErrorKind::AmbiguousId,
    ErrorKind::MultipleHeads,
    ErrorKind::AmbiguousTarget,
    ErrorKind::NotAValidTarget,
    ErrorKind::Overlap,
    ErrorKind::Relative,
    ErrorKind::UnknownRevision,
];

/// Asks all the questions; those about one graph stand together.
pub(crate) fn ask(questions: &[Question<'_>]) -> Vec<Answer> {
    let graphs: Vec<&[Question<'_>]> = questions
        .chunk_by(|a, b| std::ptr::eq(a.graph, b.graph))
        .collect();
    thread::scope(|scope| {
        let ask = |graphs: &[&[Question<'_>]]| graphs.iter().flat_map(|graph| answers(graph)).collect();
        let asked: Vec<_> = graphs
            .chunks(graphs.len().div_ceil(THREADS))
            .map(|graphs| scope.spawn(move || -> Vec<Answer> { ask(graphs) }))
            .collect();
        asked
            .into_iter()
            .flat_map(|answers| answers.join().unwrap())
            .collect()
    })
}

/// The answers to questions about one graph.
fn answers(questions: &[Question<'_>]) -> Vec<Answer> {
    let project = project(questions[0].graph);
    questions
        .iter()
        .map(|question| answer(&project, question))
        .collect()
}

/// A folder with a `migrate.toml` and a file for each revision; nothing that cargo would know.
fn project(graph: &Graph) -> Project {
    let project = Project::new(env!("CARGO_BIN_EXE_fixture-cargo-migrate"));
    for revision in &graph.revisions {
        project.migration(revision.id.as_str(), &attribute(revision));
    }
    project
}

fn attribute(revision: &Revision) -> String {
    let list =
        |names: &mut dyn Iterator<Item = &str>| names.map(|name| format!("{name:?}")).collect::<Vec<_>>();
    let down = list(&mut revision.down_revisions.iter().map(|id| id.as_str()));
    let down = match down.as_slice() {
        [] => "None".to_owned(),
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    let mut text = format!("revision = {:?}, down_revision = {down}", revision.id.as_str());
    for (key, names) in [
        (
            "depends_on",
            list(&mut revision.depends_on.iter().map(|name| name.as_str())),
        ),
        (
            "branch_labels",
            list(&mut revision.branch_labels.iter().map(|label| label.as_str())),
        ),
    ] {
        if !names.is_empty() {
            text.extend([", ", key, " = [", &names.join(", "), "]"]);
        }
    }
    text
}

/// The command line of a question.
fn line(question: &Question<'_>) -> String {
    let rows = question.rows.iter().map(String::as_str).collect::<Vec<_>>();
    let from = if rows.is_empty() {
        "base".to_owned()
    } else {
        rows.join(",")
    };
    let targets = question.targets.join(" ");
    let line = match question.command {
        "purge" => format!("stamp --purge {targets} --plan --from {from}"),
        "upgrade" | "downgrade" | "stamp" => format!("{} {targets} --plan --from {from}", question.command),
        "history" => format!("history --rev-range={targets}"),
        "bases" => "history".to_owned(),
        "effective heads" => "heads --resolve-dependencies".to_owned(),
        other => format!("{other} {targets}"),
    };
    line + " --format json"
}

fn answer(project: &Project, question: &Question<'_>) -> Answer {
    let line = line(question);
    let said = project.run(&line);
    let told =
        || -> Value { serde_json::from_str(&said.stdout).unwrap_or_else(|_| panic!("{line}: {said}")) };
    match said.code {
        Some(0) if told().is_array() => Ok(Said::Revisions(listed(question, &told()))),
        Some(0) => Ok(plan(question, &told())),
        Some(2) => {
            let kind = told()["error"]["kind"].as_str().unwrap().to_owned();
            let kind = KINDS.into_iter().find(|known| known.as_str() == kind);
            Err(Refused {
                kind: Some(kind.unwrap_or_else(|| panic!("{line}: {said}"))),
                text: told()["error"]["message"].as_str().unwrap().to_owned(),
            })
        }
        _ => panic!("{line}: {said}"),
    }
}

fn listed(question: &Question<'_>, told: &Value) -> Vec<String> {
    let bases = question.command == "bases";
    let revisions = told.as_array().unwrap().iter();
    revisions
        .filter(|revision| !bases || revision["is_base"] == true)
        .map(|revision| revision["revision"].as_str().unwrap().to_owned())
        .collect()
}

/// A plan, whose changes of rows lead from each state of the version table to the next.
fn plan(question: &Question<'_>, told: &Value) -> Said {
    let mut rows = question.rows.clone();
    assert_eq!(set(&told["from"]), rows);
    let ran = told["steps"].as_array().unwrap().iter().map(|step| {
        for change in step["version_rows"].as_array().unwrap() {
            assert!(
                changed(&mut rows, change),
                "{change} of {rows:?}: {}",
                question.facts()
            );
        }
        assert_eq!(set(&step["heads_after"]), rows, "{}", question.facts());
        (step["revision"].as_str().map(str::to_owned), rows.clone())
    });
    Said::Plan {
        ran: ran.collect(),
        rows: set(&told["to"]),
    }
}

/// Whether a change fits the rows: it deletes one that is there, and inserts one that is not.
fn changed(rows: &mut Set, change: &Value) -> bool {
    let name = |key: &str| change[key].as_str().map(str::to_owned);
    let (from, to) = (name("from"), name("to"));
    let op = match (&from, &to) {
        (None, Some(_)) => "insert",
        (Some(_), None) => "delete",
        (_, _) => "update",
    };
    change["op"] == op && from.is_none_or(|id| rows.remove(&id)) && to.is_none_or(|id| rows.insert(id))
}
