//! Alembic's answers, through oracle/graph.py: one process for all questions.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::thread;

use migrate_graph::ErrorKind;
use serde_json::Value;

use crate::graph::Set;
use crate::question::{Answer, Question, Refused, Said};

/// The kinds of Alembic's refusals, told by a part of their sentence.
const KINDS: [(&str, ErrorKind); 11] = [
    ("Can't locate revision", ErrorKind::CantLocate),
    ("Multiple head", ErrorKind::MultipleHeads),
    ("is not a valid downgrade target", ErrorKind::NotAValidTarget),
    ("Not a valid downgrade target", ErrorKind::NotAValidTarget),
    (
        "does not refer to ancestor/descendant",
        ErrorKind::NotAValidTarget,
    ),
    ("Ambiguous", ErrorKind::AmbiguousTarget),
    ("didn't produce", ErrorKind::Relative),
    ("Walked too far", ErrorKind::Relative),
    ("overlaps", ErrorKind::Overlap),
    ("Duplicate head revisions", ErrorKind::Overlap),
    ("is not a head revision", ErrorKind::NotAValidTarget),
];

/// What Alembic says to a question.
pub(crate) struct Theirs {
    pub(crate) answer: Answer,
    pub(crate) warned: bool,
}

/// Asks all the questions, and hands each to `heard` with its answer.
pub(crate) fn ask<'a>(questions: &[Question<'a>], mut heard: impl FnMut(&Question<'a>, &Theirs)) {
    let mut asked = questions.iter();
    exchange(questions.iter().map(Question::facts), |told| {
        heard(asked.next().unwrap(), &Theirs::read(told));
    });
}

/// Asks all the questions, and hands the answers to `heard`, in the same order.
pub(crate) fn exchange(
    questions: impl ExactSizeIterator<Item = Value> + Send,
    mut heard: impl FnMut(&Value),
) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/oracle/graph.py");
    let mut oracle = Command::new(migrate_tests::python())
        .arg(script)
        .env("PYTHONHASHSEED", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut asked = oracle.stdin.take().unwrap();
    let answers = BufReader::new(oracle.stdout.take().unwrap());
    let count = questions.len();
    let answered = thread::scope(|scope| {
        scope.spawn(move || {
            for question in questions {
                writeln!(asked, "{question}").unwrap();
            }
        });
        let mut answered = 0;
        for line in answers.lines() {
            heard(&serde_json::from_str(&line.unwrap()).unwrap());
            answered += 1;
        }
        answered
    });
    assert!(oracle.wait().unwrap().success());
    assert_eq!(answered, count, "the oracle answers every question");
}

/// A refusal, or a crash.
pub(crate) fn refused(told: &Value) -> Refused {
    let class = told["error"].as_str().unwrap();
    let text = format!("{class}: {}", told["message"].as_str().unwrap());
    let kind = || KINDS.iter().find(|(sentence, _)| text.contains(sentence));
    Refused {
        kind: (class == "CommandError").then(|| {
            kind()
                .unwrap_or_else(|| panic!("a refusal of no known kind: {text}"))
                .1
        }),
        text,
    }
}

impl Theirs {
    fn read(told: &Value) -> Self {
        Self {
            answer: Self::answer(told),
            warned: !told["warnings"].as_array().unwrap().is_empty(),
        }
    }

    fn answer(told: &Value) -> Answer {
        if !told["error"].is_null() {
            return Err(refused(told));
        }
        if let Some(revisions) = told["revisions"].as_array() {
            let text = |id: &Value| id.as_str().unwrap().to_owned();
            return Ok(Said::Revisions(revisions.iter().map(text).collect()));
        }
        let step = |step: &Value| (step["revision"].as_str().map(str::to_owned), set(&step["rows"]));
        Ok(Said::Plan {
            ran: told["steps"].as_array().unwrap().iter().map(step).collect(),
            rows: set(&told["rows"]),
        })
    }
}

/// A list of names as a set.
pub(crate) fn set(list: &Value) -> Set {
    let text = |name: &Value| name.as_str().unwrap().to_owned();
    list.as_array().unwrap().iter().map(text).collect()
}
