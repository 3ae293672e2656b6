//! What an alteration asks of a database: what a table is, and what the session has to be set to around its transaction.
//!
//! Which settings these are is the dialect's business, and so is what happens where they have no effect: the alteration
//! then fails by itself. Whatever else stands in the same transaction runs with these settings too, and is watched. A run
//! that is cut off gives nothing back; on a connection that was lent to us they then stay as they are.

use crate::connection::{DatabaseError, Db, Row, Value};
use crate::dialect::{Dialect, Present, Session, Statement};
use crate::runtime::{Action, Work};
use crate::schema::QualifiedName;

/// The statements that give a session its settings back, when there are any.
#[must_use]
#[derive(Debug)]
pub(crate) struct Restore(Option<String>);

/// Sets what the alterations in these works need, before their transaction begins.
pub(crate) async fn set_up(
    db: &mut Db<'_>,
    session: &Session,
    works: &[Work],
) -> Result<Restore, DatabaseError> {
    let mut actions = works.iter().flat_map(|work| &work.actions);
    let alters = actions.any(|action| matches!(action, Action::Alter(_)));
    let Some(alteration) = session.alteration.as_ref().filter(|_| alters) else {
        return Ok(Restore(None));
    };
    let rows = db.fetch_all(alteration.restore).await?;
    let restore = rows.first().and_then(|row| match row.values() {
        [Value::Text(statements)] => Some(statements.clone()),
        _ => None,
    });
    db.send(alteration.prepare)
        .await
        .map_err(|failure| failure.error)?;
    Ok(Restore(restore))
}

impl Restore {
    /// Gives them back, after the transaction, however it ended.
    pub(crate) async fn give_back(self, db: &mut Db<'_>) -> Result<(), DatabaseError> {
        match self.0 {
            Some(statements) => db
                .send(&statements)
                .await
                .map(drop)
                .map_err(|failure| failure.error),
            None => Ok(()),
        }
    }
}

/// Puts around works that share a transaction what finds the rows that their own statements break while an alteration's
/// settings are in force. Nothing is added where nothing but alterations is done.
pub(crate) fn watch(works: &mut [Work], dialect: &dyn Dialect) {
    let Some(alteration) = &dialect.session().alteration else {
        return;
    };
    let mut places = works.iter().flat_map(|work| &work.actions).filter_map(|action| {
        let alters = matches!(action, Action::Alter(_));
        alters.then(|| action.place())
    });
    let changes_rows = |work: &Work| {
        let mut actions = work.actions.iter();
        actions.any(|action| match action {
            Action::Statement {
                statement, single, ..
            } => !single || dialect.is_about_rows(&statement.sql),
            Action::Run { .. } => true,
            // A backfill is in transactions of its own, where nothing is altered.
            Action::Alter(_) | Action::Backfill { .. } => false,
        })
    };
    let first = works.iter().position(changes_rows);
    let last = works.iter().rposition(changes_rows);
    let (Some(place), Some(first), Some(last)) = (places.next(), first, last) else {
        return;
    };
    let statement = |sql: &&str| Action::Statement {
        statement: Statement::new(*sql),
        single: true,
        place,
    };
    let [before, after] = alteration.watch;
    if let Some(work) = works.get_mut(last) {
        work.actions.extend(after.iter().map(statement));
    }
    if let Some(work) = works.get_mut(first) {
        work.actions.splice(0..0, before.iter().map(statement));
    }
}

/// What a table is.
pub(super) async fn present(
    db: &mut Db<'_>,
    dialect: &dyn Dialect,
    table: &QualifiedName,
) -> Result<Present, DatabaseError> {
    let rows = db.fetch_all(&dialect.present(table)).await?;
    Ok(told(&rows))
}

/// Rows of a catalog, as a dialect reads them.
pub(super) fn told(rows: &[Row]) -> Present {
    let value = |value: &Value| match value {
        Value::Null => None,
        Value::Text(text) => Some(text.clone()),
        Value::Bool(_) | Value::Integer(_) | Value::Real(_) | Value::Bytes(_) => Some(value.to_string()),
    };
    let rows = rows.iter().map(|row| row.values().iter().map(value).collect());
    Present { rows: rows.collect() }
}
