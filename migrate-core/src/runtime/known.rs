//! [`Known`]: what operations make of a database that nobody asks.
//!
//! What only an author's own SQL made is not known, and nothing is held against a migration for using it. A table that
//! such SQL may have changed is known no more. A data step has none to look into; one that alters tables is not
//! suspected of it.

use crate::dialect::{Dialect, Present};
use crate::operation::{Impossible, Operation, Recorded};
use crate::schema::{Metadata, QualifiedName, mentions};

/// What is known so far.
#[derive(Debug, Default, Clone)]
pub(crate) struct Known {
    pub(crate) metadata: Metadata,
}

impl Known {
    /// Does what an operation does.
    pub(crate) fn follow(&mut self, dialect: &dyn Dialect, operation: &Operation) {
        // What is impossible was possible for the database: its SQL made what is not described here.
        drop(self.metadata.apply(operation));
        if let Operation::Execute(execute) = operation {
            self.doubt(dialect, &execute.sql);
        }
        if let Operation::Run(run) = operation {
            self.doubt(dialect, run.script.as_deref().unwrap_or_default());
        }
    }

    /// Alters a table, and tells what it was before, when all that is altered was known.
    pub(crate) fn alter(
        &mut self,
        dialect: &dyn Dialect,
        table: &QualifiedName,
        operations: &[Recorded],
    ) -> Option<Present> {
        let before = self.metadata.tables.get(table).cloned();
        let mut known = true;
        for recorded in operations {
            let applied = self.metadata.apply(&recorded.operation);
            known &= !matches!(applied, Err(Impossible::Unknown(_)));
        }
        before
            .filter(|_| known)
            .and_then(|table| dialect.presumed(&table))
    }

    /// Forgets the tables that a text may change.
    fn doubt(&mut self, dialect: &dyn Dialect, sql: &str) {
        let statements = dialect.split(sql).unwrap_or_else(|| vec![sql]);
        for statement in statements {
            if !dialect.is_about_rows(statement) {
                let tables = &mut self.metadata.tables;
                tables.retain(|table, _| !mentions(statement, &table.name));
            }
        }
    }
}
