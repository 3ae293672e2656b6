//! The database in memory that a script asks what a table is, and how it comes to where the script starts.

use migrate_graph::RevisionId;

use super::planning::{leading_to, works};
use super::{Migrator, TransactionMode};
use crate::connection::{Db, Open, OpenError, Opened};
use crate::dialect::Dialect;
use crate::error::{Error, ScriptError};
use crate::history::History;
use crate::runtime::{Action, Twin, Work};

impl Migrator {
    /// A database in memory, when a step takes what a table is.
    pub(super) async fn twin(
        &self,
        dialect: &dyn Dialect,
        works: &[Work],
    ) -> Option<Result<Open<'static>, OpenError>> {
        let mut actions = works.iter().flat_map(|work| &work.actions);
        let url = dialect.session().twin?;
        actions.find(|action| matches!(action, Action::Alter(_)))?;
        match self.open(url, true).await {
            Ok(Opened::Live(open)) => Some(Ok(open)),
            Ok(Opened::Missing(_)) => None,
            Err(error) => Some(Err(error)),
        }
    }

    /// The same after all that leads to these rows.
    pub(super) async fn replayed<'c>(
        &self,
        db: Db<'c>,
        dialect: &'static dyn Dialect,
        history: &History,
        rows: &[String],
    ) -> Result<Twin<'c>, Error> {
        let failed = |revision: Option<&RevisionId>, cause| ScriptError {
            revision: revision.map(ToString::to_string),
            cause,
        };
        let twin = Twin::new(db, dialect).await;
        let mut twin = twin.map_err(|error| failed(None, error.into()))?;
        for plan in leading_to(&history.map, rows)? {
            for work in works(
                plan,
                dialect,
                history,
                &self.settings.arguments,
                TransactionMode::PerMigration,
            )? {
                let done = twin.replay(&work).await;
                done.map_err(|cause| failed(work.step.revision.as_ref(), cause))?;
            }
        }
        Ok(twin)
    }
}
