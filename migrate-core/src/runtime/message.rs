//! From work to messages: which statements travel together, and which of them failed.
//!
//! A migration without data steps is one message: its statements and the change of its version rows. What cannot
//! share a message, an `execute` that holds several statements or a data step, cuts it in pieces. Nothing is sent
//! here.

use migrate_graph::VersionChange;

use crate::connection::Failure;
use crate::runtime::{Action, ApplyError, VersionTable, Work};

/// A savepoint set where our transaction began, or after what might have ended it. That it can still be released
/// proves that the transaction is the same one, on every database.
const MARK: &str = "migrate_core_mark";

/// A piece of the work, in the order of sending.
#[derive(Debug)]
pub(crate) enum Piece {
    /// Text to send.
    Message(Message),
    /// The data step that is this action of the work.
    Run(usize),
}

/// Statements that travel together.
#[derive(Debug, Default)]
pub(crate) struct Message {
    pub(crate) text: String,
    parts: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    origin: Origin,
    /// The characters of text before it.
    start: usize,
}

/// Whose statement it is.
#[derive(Debug, Clone, Copy)]
enum Origin {
    /// The runtime's own.
    Runtime,
    /// Asks whether this action left our transaction as it was.
    Check(usize),
    /// This action of the work.
    Action(usize),
    /// This change of the version rows.
    Row(usize),
}

impl Message {
    fn push(&mut self, table: &VersionTable, sql: &str, origin: Origin) {
        let start = self.text.chars().count();
        self.parts.push(Part { origin, start });
        self.text.push_str(&table.dialect().terminated(sql));
        self.text.push('\n');
    }

    /// The error of the part that failed: the one after the completed ones, or, when none is completed, the one
    /// that the server points at, for a syntax error stops a message before its first statement runs.
    pub(crate) fn blame(&self, failure: Failure, work: &Work) -> ApplyError {
        let Failure { completed, error } = failure;
        let pointed = error
            .position
            .filter(|_| completed == 0)
            .and_then(|position| self.parts.iter().rposition(|part| part.start < position));
        let origin = self
            .parts
            .get(pointed.unwrap_or(completed))
            .map(|part| part.origin);
        match origin {
            Some(Origin::Action(index)) => match work.actions.get(index) {
                Some(Action::Statement { sql, place, .. }) => ApplyError::Statement {
                    place: *place,
                    statement: sql.clone(),
                    error,
                },
                Some(Action::Run { .. }) | None => ApplyError::Database(error),
            },
            Some(Origin::Check(index)) => match work.actions.get(index) {
                Some(Action::Statement { place, .. } | Action::Run { place, .. }) => {
                    ApplyError::TransactionEnded { place: *place, error }
                }
                None => ApplyError::Database(error),
            },
            Some(Origin::Row(index)) => match work.step.changes.get(index) {
                Some(change) => ApplyError::VersionRowRefused {
                    change: change.clone(),
                    error,
                },
                None => ApplyError::Database(error),
            },
            Some(Origin::Runtime) | None => ApplyError::Database(error),
        }
    }

    /// Every change of the version rows must have changed as many as it names. Other counts are not looked at: a rule or a
    /// trigger may make them anything.
    pub(crate) fn check_rows(
        &self,
        counts: &[u64],
        table: &VersionTable,
        work: &Work,
    ) -> Result<(), ApplyError> {
        let rows = self
            .parts
            .iter()
            .filter(|part| matches!(part.origin, Origin::Row(_)))
            .count();
        let counts = counts
            .len()
            .checked_sub(rows)
            .and_then(|first| counts.get(first..))
            .unwrap_or_default();
        for (index, change) in work.step.changes.iter().enumerate().take(rows) {
            let matched = counts.get(index).copied().unwrap_or_default();
            let named = match change {
                VersionChange::Insert(_) | VersionChange::Delete(_) | VersionChange::Update { .. } => 1,
                VersionChange::Clear { rows } => rows.len() as u64,
            };
            if matched != named {
                return Err(ApplyError::VersionRow {
                    change: change.clone(),
                    table: table.name().into(),
                    matched,
                });
            }
        }
        Ok(())
    }
}

/// Cuts the work into pieces. `opening` is what goes before everything, in the first message.
pub(crate) fn pieces(work: &Work, table: &VersionTable, opening: &[String]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut message = Message::default();
    for sql in opening {
        message.push(table, sql, Origin::Runtime);
    }
    let cut = |action: &Action| !matches!(action, Action::Statement { single: true, .. });
    let marked = work.actions.iter().any(cut);
    if marked {
        message.push(table, &format!("SAVEPOINT {MARK}"), Origin::Runtime);
    }
    let mut last_cut = None;
    for (index, action) in work.actions.iter().enumerate() {
        match action {
            Action::Statement {
                sql, single: true, ..
            } => {
                message.push(table, sql, Origin::Action(index));
                continue;
            }
            Action::Statement {
                sql, single: false, ..
            } => {
                pieces.push(Piece::Message(std::mem::take(&mut message)));
                let mut alone = Message::default();
                alone.push(table, sql, Origin::Action(index));
                pieces.push(Piece::Message(alone));
            }
            Action::Run { .. } => {
                pieces.push(Piece::Message(std::mem::take(&mut message)));
                pieces.push(Piece::Run(index));
            }
        }
        message.push(table, &format!("RELEASE SAVEPOINT {MARK}"), Origin::Check(index));
        message.push(table, &format!("SAVEPOINT {MARK}"), Origin::Check(index));
        last_cut = Some(index);
    }
    if let Some(index) = last_cut {
        message.push(table, &format!("RELEASE SAVEPOINT {MARK}"), Origin::Check(index));
    }
    for (index, change) in work.step.changes.iter().enumerate() {
        message.push(table, &table.change(change), Origin::Row(index));
    }
    pieces.push(Piece::Message(message));
    pieces.retain(|piece| !matches!(piece, Piece::Message(message) if message.parts.is_empty()));
    pieces
}
