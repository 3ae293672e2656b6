//! What an alteration asks of a database: what a table is, and what the session has to be set to around its transaction.
//!
//! Which settings these are is the dialect's business, and so is what happens where they have no effect: the alteration
//! then fails by itself. Whatever else stands in the same transaction runs with these settings too. A run that is cut
//! off gives nothing back; on a connection that was lent to us they then stay as they are.

use crate::connection::{DatabaseError, Db, Value};
use crate::dialect::{Dialect, Present, Session};
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
    let alters = actions.any(|action| matches!(action, Action::Alter { .. }));
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

/// What a table is.
pub(super) async fn present(
    db: &mut Db<'_>,
    dialect: &dyn Dialect,
    table: &QualifiedName,
) -> Result<Present, DatabaseError> {
    let rows = db.fetch_all(&dialect.present(table)).await?;
    let value = |value: &Value| match value {
        Value::Null => None,
        Value::Text(text) => Some(text.clone()),
        Value::Bool(_) | Value::Integer(_) | Value::Real(_) | Value::Bytes(_) => Some(value.to_string()),
    };
    let rows = rows.iter().map(|row| row.values().iter().map(value).collect());
    Ok(Present { rows: rows.collect() })
}
