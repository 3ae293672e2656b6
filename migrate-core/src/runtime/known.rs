//! [`Known`]: what operations make of a database that nobody asks.
//!
//! What only an author's own SQL made is not known, and nothing is held against a migration for using it. Of a table that
//! such SQL may have changed nothing is sure any more. A data step has none to look into; one that alters tables is not
//! suspected of it.

use std::collections::BTreeSet;

use crate::dialect::{Dialect, Present};
use crate::operation::{Impossible, Operation, Recorded};
use crate::schema::{Metadata, QualifiedName, mentions};

/// What is known so far.
#[derive(Debug, Default, Clone)]
pub(crate) struct Known {
    /// What the operations say.
    metadata: Metadata,
    /// The tables that an author's own SQL may have changed since.
    doubted: BTreeSet<QualifiedName>,
    /// The enum types that came with a column, and not by a directive of their own.
    brought: BTreeSet<QualifiedName>,
}

impl Known {
    /// Does what an operation does.
    pub(crate) fn follow(&mut self, dialect: &dyn Dialect, operation: &Operation) {
        // What is impossible was possible for the database: its SQL made what is not described here.
        drop(self.apply(operation));
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
        let before = self.metadata.tables.get(table);
        let presumed = before.and_then(|before| dialect.presumed(before, &self.metadata));
        let mut known = !self.doubted.contains(table);
        for recorded in operations {
            let applied = self.apply(&recorded.operation);
            known &= !matches!(applied, Err(Impossible::Unknown(_)));
        }
        presumed.filter(|_| known)
    }

    /// What the operations say, sure or not.
    pub(crate) fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// The tables that are not sure.
    pub(crate) fn doubted(&self) -> impl Iterator<Item = &QualifiedName> {
        self.doubted.iter()
    }

    /// What is sure: without the tables that an author's own SQL may have changed.
    pub(crate) fn sure(&self) -> Metadata {
        let mut metadata = self.metadata.clone();
        metadata.tables.retain(|table, _| !self.doubted.contains(table));
        metadata
    }

    /// The enum types that the columns of a table have, doubted or not.
    pub(crate) fn enums_of(&self, table: &QualifiedName) -> Vec<QualifiedName> {
        let columns = self
            .metadata
            .tables
            .get(table)
            .into_iter()
            .flat_map(|table| &table.columns);
        let enums = columns.filter_map(|column| column.ty.enumeration());
        enums.map(|enumeration| enumeration.name.clone()).collect()
    }

    /// Whether any column brought an enum type.
    pub(crate) fn has_brought_enums(&self) -> bool {
        !self.brought.is_empty()
    }

    /// Whether a column brought an enum type, and none has it any more.
    pub(crate) fn is_orphan(&self, name: &QualifiedName) -> bool {
        self.brought.contains(name)
            && self.metadata.enumerations.contains_key(name)
            && self.metadata.column_of_enum(name).is_none()
    }

    fn apply(&mut self, operation: &Operation) -> Result<(), Impossible> {
        for enumeration in operation.brought_enums() {
            if !self.metadata.enumerations.contains_key(&enumeration.name) {
                self.brought.insert(enumeration.name.clone());
            }
        }
        if let Operation::CreateEnum(create) = operation {
            let name = &create.enumeration.name;
            if create.if_not_exists {
                // It is the way back of one that went with its last column.
                self.brought.insert(name.clone());
            } else if !self.metadata.enumerations.contains_key(name) {
                self.brought.remove(name);
            }
        }
        if let Operation::DropTable(drop) = operation {
            self.doubted.remove(&drop.table);
        }
        if let Operation::RenameTable(rename) = operation
            && self.doubted.remove(&rename.table)
        {
            self.doubted.insert(rename.table.sibling(&rename.to));
        }
        self.metadata.apply(operation)
    }

    /// Doubts the tables that a text may change.
    fn doubt(&mut self, dialect: &dyn Dialect, sql: &str) {
        let statements = dialect.split(sql).unwrap_or_else(|| vec![sql]);
        for statement in statements {
            if !dialect.is_about_rows(statement) {
                let tables = self.metadata.tables.keys();
                let mentioned = tables.filter(|table| mentions(statement, &table.name));
                self.doubted.extend(mentioned.cloned());
            }
        }
    }
}
