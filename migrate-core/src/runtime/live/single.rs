//! The whole run in one transaction. What refuses one was refused before.

use super::send::{commit_error, opening, send, still_as_planned};
use crate::connection::Transaction;
use crate::runtime::message::Envelope;
use crate::runtime::{ApplyError, Journal, Target, VersionTable, Work};

/// Commits the whole run at once.
pub(crate) struct Single<'t> {
    transaction: Transaction<'t>,
    table: VersionTable,
    exists: bool,
    begun: bool,
    journal: &'t mut Journal,
}

impl<'t> Single<'t> {
    pub(crate) fn new(
        transaction: Transaction<'t>,
        table: VersionTable,
        exists: bool,
        journal: &'t mut Journal,
    ) -> Self {
        Self {
            transaction,
            table,
            exists,
            begun: false,
            journal,
        }
    }
}

impl Target for Single<'_> {
    async fn apply(&mut self, work: &Work) -> Result<(), ApplyError> {
        let session = self.table.dialect().session();
        let mut db = self.transaction.db();
        if session.reads_heads_under_begin && !self.begun {
            self.exists = still_as_planned(&mut db, &mut self.table, work).await?;
        }
        let opening = if self.begun {
            Vec::new()
        } else {
            opening(&self.table, self.exists)
        };
        // With something half done only a stamp comes here.
        let notes = self.journal.cleared();
        send(
            &mut db,
            &self.table,
            work,
            &Envelope {
                opening: &opening,
                notes: &notes,
                closing: None,
            },
        )
        .await?;
        (self.begun, self.exists) = (true, true);
        Ok(())
    }

    async fn finish(self) -> Result<(), ApplyError> {
        self.transaction.commit().await.map_err(commit_error)?;
        self.journal.committed(None);
        Ok(())
    }
}

impl std::fmt::Debug for Single<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Single")
            .field("begun", &self.begun)
            .finish_non_exhaustive()
    }
}
