//! Reading what a database holds: its dialect's queries, all of them in one message, and what their answers say.
//!
//! Nothing is written, and nothing is compared.

use crate::connection::{DatabaseError, Db};
use crate::dialect::{Dialect, Present, Reading, Scope, Unreadable, Unsupported};
use crate::runtime::alteration::told;

/// Why a database could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReflectError {
    /// It is not known how, or it has no such scope.
    #[error(transparent)]
    Unsupported(#[from] Unsupported),
    /// It refused, or went away.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Its answer is not what was asked for.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

/// What it holds, by as many queries however much that is.
pub(crate) async fn reflect(
    db: &mut Db<'_>,
    dialect: &dyn Dialect,
    scope: &Scope,
) -> Result<Reading, ReflectError> {
    let queries = dialect.catalog(scope)?;
    let answers = db.fetch_each(&queries.join(";\n")).await?;
    let answers: Vec<Present> = answers.iter().map(|rows| told(rows)).collect();
    Ok(dialect.read(&answers)?)
}
