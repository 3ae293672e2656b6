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
    /// The alteration of a table that is this action of the work, to be written when it is its turn.
    Alter(usize),
}

/// Statements that travel together.
#[derive(Debug, Default)]
pub(crate) struct Message {
    pub(crate) text: String,
    parts: Vec<Part>,
    /// How long the text is, in characters: servers count errors' positions in these.
    characters: usize,
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
    /// The COMMIT that rides along.
    Commit,
}

impl Message {
    fn push(&mut self, table: &VersionTable, sql: &str, origin: Origin) {
        let start = self.text.len();
        self.parts.push(Part {
            origin,
            start: self.characters,
        });
        self.text.push_str(&table.dialect().terminated(sql));
        self.text.push('\n');
        self.characters += self.text[start..].chars().count();
    }

    /// The error of the part that failed: the one after the completed ones, or, when none is completed, the one
    /// that the server points at, for a syntax error stops a message before its first statement runs.
    pub(crate) fn blame(&self, failure: Failure, table: &VersionTable, work: &Work) -> ApplyError {
        let Failure { completed, error } = failure;
        // One part may be several statements, which then is the only part.
        let last = self.parts.len().saturating_sub(1);
        let pointed = error
            .position
            .filter(|_| completed == 0)
            .and_then(|position| self.parts.iter().rposition(|part| part.start < position));
        let origin = self
            .parts
            .get(pointed.unwrap_or(completed).min(last))
            .map(|part| part.origin);
        match origin {
            Some(Origin::Action(index)) => match work.actions.get(index) {
                Some(Action::Statement { statement, place, .. }) => ApplyError::Statement {
                    place: *place,
                    statement: statement.sql.clone(),
                    error,
                },
                Some(Action::Backfill { whole, place, .. }) => ApplyError::Statement {
                    place: *place,
                    statement: whole.sql.clone(),
                    error,
                },
                Some(Action::Run { .. } | Action::Alter(_)) | None => ApplyError::Database(error),
            },
            Some(Origin::Check(index)) => match work.actions.get(index) {
                Some(action) => ApplyError::TransactionEnded {
                    place: action.place(),
                    error,
                },
                None => ApplyError::Database(error),
            },
            Some(Origin::Row(index)) => match work.step.changes.get(index) {
                Some(change) => ApplyError::VersionRowRefused {
                    change: change.clone(),
                    table: table.name().into(),
                    error,
                },
                None => ApplyError::Database(error),
            },
            Some(Origin::Commit) => ApplyError::Commit { error },
            Some(Origin::Runtime) | None => ApplyError::Database(error),
        }
    }

    /// Every change of the version rows must have changed as many as it names. A part is surely one statement here,
    /// and so has one count. Those of other statements are not looked at: a rule or a trigger may make them anything.
    pub(crate) fn check_rows(
        &self,
        counts: &[u64],
        table: &VersionTable,
        work: &Work,
    ) -> Result<(), ApplyError> {
        let rows = self
            .parts
            .iter()
            .enumerate()
            .filter_map(|(index, part)| match part.origin {
                Origin::Row(row) => Some((index, row)),
                Origin::Runtime | Origin::Check(_) | Origin::Action(_) | Origin::Commit => None,
            });
        for (index, row) in rows {
            let Some(change) = work.step.changes.get(row) else {
                continue;
            };
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

/// What goes around the statements of the work.
#[derive(Debug)]
pub(crate) struct Envelope<'a> {
    /// Before everything, in the first message.
    pub(crate) opening: &'a [String],
    /// After the version rows: what the journal says of it.
    pub(crate) notes: &'a [String],
    /// After these, in the last message: the COMMIT that rides along.
    pub(crate) closing: Option<&'a str>,
}

/// Cuts the work into pieces.
pub(crate) fn pieces(work: &Work, table: &VersionTable, envelope: &Envelope<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut message = Message::default();
    for sql in envelope.opening {
        message.push(table, sql, Origin::Runtime);
    }
    let cut = |action: &Action| {
        matches!(
            action,
            Action::Statement { single: false, .. } | Action::Run { .. }
        )
    };
    let marked = work.actions.iter().any(cut);
    if marked {
        message.push(table, &format!("SAVEPOINT {MARK}"), Origin::Runtime);
    }
    let mut last_cut = None;
    for (index, action) in work.actions.iter().enumerate() {
        match action {
            Action::Statement {
                statement,
                single: true,
                ..
            } => {
                message.push(table, &statement.sql, Origin::Action(index));
                continue;
            }
            // It is a transaction of its own, and more; where it is not, it is one statement.
            Action::Backfill { whole, .. } => {
                message.push(table, &whole.sql, Origin::Action(index));
                continue;
            }
            Action::Alter(_) => {
                pieces.push(Piece::Message(std::mem::take(&mut message)));
                pieces.push(Piece::Alter(index));
                continue;
            }
            Action::Statement {
                statement,
                single: false,
                ..
            } => {
                pieces.push(Piece::Message(std::mem::take(&mut message)));
                let mut alone = Message::default();
                alone.push(table, &statement.sql, Origin::Action(index));
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
    for sql in envelope.notes {
        message.push(table, sql, Origin::Runtime);
    }
    if let Some(sql) = envelope.closing {
        message.push(table, sql, Origin::Commit);
    }
    pieces.push(Piece::Message(message));
    pieces.retain(|piece| !matches!(piece, Piece::Message(message) if message.parts.is_empty()));
    pieces
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use migrate_graph::{Direction, RevisionId, Step, VersionChange};

    use super::*;
    use crate::connection::{DatabaseError, DatabaseErrorKind, Db, StepError};
    use crate::dialect::{self, Statement};
    use crate::operation::Place;

    async fn nothing(_db: &mut Db<'_>) -> Result<(), StepError> {
        Ok(())
    }

    fn place(line: u32) -> Place {
        Place {
            file: "migrations/b.rs",
            line,
        }
    }

    fn sql(line: u32, sql: &str, single: bool) -> Action {
        Action::Statement {
            statement: Statement::new(sql),
            single,
            place: place(line),
        }
    }

    fn step(line: u32) -> Action {
        Action::Run {
            name: "a step".into(),
            step: Arc::new(nothing),
            script: None,
            alone: false,
            place: place(line),
        }
    }

    /// Follows `a`, whose row it takes over.
    fn work(actions: Vec<Action>) -> Work {
        let id = |id: &str| RevisionId::new(id).unwrap();
        let changes = vec![VersionChange::Update {
            from: id("a"),
            to: id("b"),
        }];
        let step = Step {
            direction: Direction::Upgrade,
            revision: Some(id("b")),
            changes,
            heads_after: vec![id("b")],
        };
        Work {
            actions,
            ..Work::of_step(step)
        }
    }

    fn table() -> VersionTable {
        VersionTable::new(dialect::for_scheme("postgres").unwrap(), "alembic_version", None)
    }

    fn cut(work: &Work) -> Vec<Piece> {
        pieces(
            work,
            &table(),
            &Envelope {
                opening: &["BEGIN".into()],
                notes: &[],
                closing: None,
            },
        )
    }

    fn shown(pieces: &[Piece]) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Message(message) => format!("message\n{}", message.text.trim_end()),
            Piece::Run(index) => format!("data step {index}"),
            Piece::Alter(index) => format!("alteration {index}"),
        };
        pieces.iter().map(piece).collect::<Vec<_>>().join("\n\n")
    }

    fn failure(completed: usize, position: Option<usize>) -> Failure {
        let error = DatabaseError::plain(DatabaseErrorKind::Statement, "no");
        Failure {
            completed,
            error: DatabaseError { position, ..error },
        }
    }

    fn blamed(work: &Work, piece: usize, failure: Failure) -> String {
        match &cut(work)[piece] {
            Piece::Message(message) => message.blame(failure, &table(), work).to_string(),
            Piece::Run(_) | Piece::Alter(_) => panic!("it is no message"),
        }
    }

    #[test]
    fn a_migration_without_data_steps_is_one_message() {
        let work = work(vec![
            sql(1, "CREATE TABLE t (id INT)", true),
            sql(2, "CREATE TABLE u (id INT)", true),
        ]);
        insta::assert_snapshot!(shown(&cut(&work)), @r#"
        message
        BEGIN;
        CREATE TABLE t (id INT);
        CREATE TABLE u (id INT);
        UPDATE "alembic_version" SET version_num='b' WHERE "alembic_version".version_num = 'a';
        "#);
    }

    #[test]
    fn a_data_step_and_several_statements_cut_it_and_are_followed_by_a_check() {
        let work = work(vec![
            sql(1, "CREATE TABLE t (id INT)", true),
            sql(2, "INSERT INTO t VALUES (1); INSERT INTO t VALUES (2)", false),
            step(3),
            sql(4, "CREATE TABLE u (id INT)", true),
        ]);
        insta::assert_snapshot!(shown(&cut(&work)), @r#"
        message
        BEGIN;
        SAVEPOINT migrate_core_mark;
        CREATE TABLE t (id INT);

        message
        INSERT INTO t VALUES (1); INSERT INTO t VALUES (2);

        message
        RELEASE SAVEPOINT migrate_core_mark;
        SAVEPOINT migrate_core_mark;

        data step 2

        message
        RELEASE SAVEPOINT migrate_core_mark;
        SAVEPOINT migrate_core_mark;
        CREATE TABLE u (id INT);
        RELEASE SAVEPOINT migrate_core_mark;
        UPDATE "alembic_version" SET version_num='b' WHERE "alembic_version".version_num = 'a';
        "#);
    }

    #[test]
    fn the_statement_after_the_completed_ones_is_blamed() {
        let work = work(vec![sql(1, "FIRST", true), sql(2, "SECOND", true)]);
        insta::assert_snapshot!(blamed(&work, 0, failure(2, Some(1))), @r"
        migrations/b.rs:2: no
          in the statement: SECOND
        ");
        insta::assert_snapshot!(blamed(&work, 0, failure(3, None)), @"Online migration expected to match one row when updating 'a' to 'b' in 'alembic_version': no");
    }

    #[test]
    fn a_syntax_error_is_found_by_its_position_in_characters() {
        let work = work(vec![sql(1, "SELECT 'ééé'", true), sql(2, "SELEKT", true)]);
        let Piece::Message(message) = &cut(&work)[0] else {
            panic!("it is one message")
        };
        let position = message
            .text
            .chars()
            .collect::<Vec<_>>()
            .windows(6)
            .position(|six| six == ['S', 'E', 'L', 'E', 'K', 'T']);
        let blamed = blamed(&work, 0, failure(0, position.map(|index| index + 1)));
        insta::assert_snapshot!(blamed, @r"
        migrations/b.rs:2: no
          in the statement: SELEKT
        ");
    }

    #[test]
    fn what_ended_the_transaction_is_named_by_the_check_after_it() {
        let work = work(vec![step(3), sql(4, "CREATE TABLE u (id INT)", true)]);
        insta::assert_snapshot!(blamed(&work, 2, failure(0, None)), @"migrations/b.rs:3: this step ended the migration's transaction (no); what it committed stays, and no version row was written");
    }

    #[test]
    fn a_version_row_that_was_not_there_is_told_in_alembics_words() {
        let work = work(vec![sql(1, "CREATE TABLE t (id INT)", true)]);
        let Piece::Message(message) = &cut(&work)[0] else {
            panic!("it is one message")
        };
        assert!(message.check_rows(&[0, 0, 1], &table(), &work).is_ok());
        let error = message.check_rows(&[0, 0, 0], &table(), &work).unwrap_err();
        insta::assert_snapshot!(error, @"Online migration expected to match one row when updating 'a' to 'b' in 'alembic_version'; 0 found: another program changed the version table meanwhile");
    }
}
