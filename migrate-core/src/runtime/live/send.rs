//! How work is sent over a connection: piece by piece within a transaction, or one action outside of any.
//!
//! Which transaction it is in, and what is noted of it, is the targets' business.

use crate::connection::{DatabaseError, DatabaseErrorKind, Db, Failure};
use crate::dialect::{Dialect, Found, Probe};
use crate::runtime::alteration::present;
use crate::runtime::message::{Envelope, Piece, pieces};
use crate::runtime::{Action, Alter, ApplyError, VersionTable, Work};

/// What every transaction starts with: the version table, made or claimed.
pub(super) fn opening(table: &VersionTable, exists: bool) -> Vec<String> {
    let create = if exists { None } else { Some(table.create()) };
    create.into_iter().chain(table.claim()).collect()
}

/// Reads the version rows again under the lock that the transaction is, and answers whether the table is there.
pub(super) async fn still_as_planned(
    db: &mut Db<'_>,
    table: &mut VersionTable,
    work: &Work,
) -> Result<bool, ApplyError> {
    let found = table.read(db).await?;
    if found.rows == work.rows_before {
        Ok(found.exists)
    } else {
        Err(ApplyError::Moved)
    }
}

pub(super) async fn send(
    db: &mut Db<'_>,
    table: &VersionTable,
    work: &Work,
    envelope: &Envelope<'_>,
) -> Result<(), ApplyError> {
    for piece in pieces(work, table, envelope) {
        match piece {
            Piece::Message(message) => {
                let counts = db
                    .send(&message.text)
                    .await
                    .map_err(|failure| message.blame(failure, table, work))?;
                message.check_rows(&counts, table, work)?;
            }
            Piece::Run(index) => {
                if let Some(action) = work.actions.get(index) {
                    run_step(db, action).await?;
                }
            }
            Piece::Alter(index) => {
                if let Some(Action::Alter(action)) = work.actions.get(index) {
                    alter(db, table.dialect(), action).await?;
                }
            }
        }
    }
    Ok(())
}

/// Sends what stands outside of a transaction, in a message of its own. Where there is something to ask about it, its
/// success is not taken for granted: `IF NOT EXISTS` succeeds where a broken half is.
pub(super) async fn alone(db: &mut Db<'_>, dialect: &dyn Dialect, action: &Action) -> Result<(), ApplyError> {
    match action {
        Action::Statement { statement, place, .. } => {
            let failed = |failure: Failure| ApplyError::Statement {
                place: *place,
                statement: statement.sql.clone(),
                error: failure.error,
            };
            db.send(&statement.sql).await.map_err(failed)?;
            if let Some(probe) = &statement.probe
                && probe.clean.is_some()
                && ask(db, probe).await? == Found::Leftover
            {
                take_away(db, probe).await?;
                db.send(&statement.sql).await.map_err(failed)?;
            }
            Ok(())
        }
        Action::Alter(action) => alter(db, dialect, action).await,
        // It is batches, which are transactions.
        Action::Backfill { .. } => Ok(()),
        Action::Run { .. } => run_step(db, action).await,
    }
}

/// What became of a statement that commits by itself.
pub(super) async fn ask(db: &mut Db<'_>, probe: &Probe) -> Result<Found, DatabaseError> {
    let rows = db.fetch_all(&probe.query).await?;
    let answer = rows.first().and_then(|row| row.values().first());
    let found = answer.and_then(|answer| Probe::found(&answer.to_string()));
    found.ok_or_else(|| {
        let message = "the database does not tell whether the statement was done";
        DatabaseError::plain(DatabaseErrorKind::Statement, message)
    })
}

pub(super) async fn take_away(db: &mut Db<'_>, probe: &Probe) -> Result<(), DatabaseError> {
    if let Some(clean) = &probe.clean {
        db.execute(clean).await?;
    }
    Ok(())
}

/// Asks what a table is, and alters it: one message each.
async fn alter(db: &mut Db<'_>, dialect: &dyn Dialect, alter: &Alter) -> Result<(), ApplyError> {
    let asked = present(db, dialect, &alter.table).await;
    let present = asked.map_err(|error| match error.kind {
        // It refuses to tell: there is no such table.
        DatabaseErrorKind::Statement => ApplyError::Statement {
            place: alter.place,
            statement: dialect.present(&alter.table),
            error,
        },
        DatabaseErrorKind::Connection | DatabaseErrorKind::Busy => ApplyError::Database(error),
    })?;
    let statements = alter.statements(dialect, &present)?;
    let text: Vec<String> = statements
        .iter()
        .map(|statement| dialect.terminated(&statement.sql))
        .collect();
    let sent = db.send(&text.join("\n")).await;
    sent.map(drop).map_err(|failure| {
        let statement = statements.get(failure.completed.min(statements.len().saturating_sub(1)));
        ApplyError::Statement {
            place: alter.place,
            statement: statement.map(ToString::to_string).unwrap_or_default(),
            error: failure.error,
        }
    })
}

async fn run_step(db: &mut Db<'_>, action: &Action) -> Result<(), ApplyError> {
    let Action::Run {
        name, step, place, ..
    } = action
    else {
        return Ok(());
    };
    let mut db = db.reborrow();
    let done = step.run(&mut db).await;
    done.map_err(|error| ApplyError::Step {
        place: *place,
        name: name.clone(),
        error,
    })
}

/// A lost connection leaves open whether the server committed; an answer does not.
pub(super) fn commit_error(error: DatabaseError) -> ApplyError {
    match error.kind {
        DatabaseErrorKind::Connection => ApplyError::CommitUnknown { error },
        DatabaseErrorKind::Busy | DatabaseErrorKind::Statement => ApplyError::Commit { error },
    }
}
