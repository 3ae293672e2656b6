//! What two answers have to agree on.

use std::collections::BTreeMap;

use crate::deviation::{Deviation, known_deviation};
use crate::graph::Set;
use crate::oracle::{self, Theirs};
use crate::question::{Answer, Question, Said};

/// Asks Alembic too, and fails unless it answers as we do, but for the deviations that it returns with their number.
pub(crate) fn agree(questions: &[Question<'_>], ours: &[Answer]) -> BTreeMap<Deviation, usize> {
    let mut known: BTreeMap<Deviation, usize> = BTreeMap::new();
    let mut unknown = Vec::new();
    let mut answers = ours.iter();
    oracle::ask(questions, |question, theirs| {
        let ours = answers.next().unwrap();
        if let Ok(Said::Plan { ran, .. }) = ours {
            assert_rows(question, ran);
        }
        if let Some(difference) = difference(question, ours, theirs) {
            match known_deviation(question, ours, theirs) {
                Some(deviation) => *known.entry(deviation).or_default() += 1,
                None => unknown.push(format!("{difference}\n    {}", question.facts())),
            }
        }
    });
    println!("{} questions, {known:#?}", questions.len());
    assert!(
        unknown.is_empty(),
        "{} differences:\n{}",
        unknown.len(),
        unknown.join("\n")
    );
    known
}

/// A plan keeps the rule about rows at every step: they are what nothing applied needs.
fn assert_rows(question: &Question<'_>, ran: &[(Option<String>, Set)]) {
    let graph = question.graph;
    if !matches!(question.command, "upgrade" | "downgrade") {
        return;
    }
    let mut applied = graph.implied(&question.rows);
    for (revision, rows) in ran {
        let revision = revision.clone().unwrap();
        if !applied.remove(&revision) {
            applied.insert(revision.clone());
        }
        assert_eq!(*rows, graph.maximal(&applied), "rows after {revision}");
        assert_eq!(
            graph.implied(rows),
            applied,
            "what the rows after {revision} imply"
        );
    }
}

/// What differs between two answers; none when they agree.
fn difference(question: &Question<'_>, ours: &Answer, theirs: &Theirs) -> Option<String> {
    let graph = question.graph;
    match (ours, &theirs.answer) {
        (Ok(Said::Plan { ran: ours, rows }), Ok(Said::Plan { ran, rows: to })) => {
            if matches!(question.command, "upgrade" | "downgrade") {
                let (ours, theirs) = (Said::revisions(ours), Said::revisions(ran));
                if ours != theirs {
                    return Some(format!("other revisions: {ours:?} here, {theirs:?} there"));
                }
                // Their rows after each of their steps say the same as the rule that ours follow.
                let mut applied = graph.implied(&question.rows);
                for (revision, rows) in ran {
                    let revision = revision.clone().unwrap();
                    if !applied.remove(&revision) {
                        applied.insert(revision.clone());
                    }
                    if graph.implied(rows) != applied {
                        return Some(format!("other rows after {revision}: {rows:?} there"));
                    }
                }
            }
            let theirs = graph.maximal(to);
            (*rows != theirs).then(|| format!("other rows: {rows:?} here, {theirs:?} there"))
        }
        (Ok(Said::Revisions(ours)), Ok(Said::Revisions(theirs))) => {
            let set = |ids: &[String]| ids.iter().cloned().collect::<Set>();
            let newest_first = question.command != "history" || graph.is_newest_first(ours);
            (set(ours) != set(theirs) || !newest_first)
                .then(|| format!("other revisions: {ours:?} here, {theirs:?} there"))
        }
        (Err(ours), Err(theirs)) => (ours.kind != theirs.kind)
            .then(|| format!("other refusals: {} here, {} there", ours.text, theirs.text)),
        (Ok(said), Err(theirs)) => Some(format!(
            "refused there only: {}; here {}",
            theirs.text,
            shown(said)
        )),
        (Err(ours), Ok(said)) => Some(format!("refused here only: {}; there {}", ours.text, shown(said))),
        (Ok(_), Ok(_)) => Some("answers of two kinds".to_owned()),
    }
}

fn shown(said: &Said) -> String {
    match said {
        Said::Plan { ran, rows } => format!("{:?} to {rows:?}", Said::revisions(ran)),
        Said::Revisions(ids) => format!("{ids:?}"),
    }
}
