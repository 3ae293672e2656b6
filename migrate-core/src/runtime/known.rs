//! [`Known`]: what operations make of a database that nobody asks.
//!
//! What an author's own SQL made is known where it is understood, and nothing is held against a migration for using what is
//! not known. Of a table that such SQL may have changed nothing is sure any more. A data step has none to look into; one that alters tables is not
//! suspected of it.

use std::collections::BTreeSet;
use std::fmt;

use crate::dialect::{Dialect, Present};
use crate::operation::{Impossible, Operation, Place, Recorded};
use crate::schema::{Metadata, QualifiedName, mentions};

/// What is known so far.
#[derive(Debug, Default, Clone)]
pub(crate) struct Known {
    /// What the operations say.
    metadata: Metadata,
    /// The tables that an author's own SQL may have changed since.
    doubted: BTreeSet<QualifiedName>,
    /// The statements of an author's own that nobody here understands.
    unread: Vec<Unread>,
    /// The enum types that came with a column, and not by a directive of their own.
    brought: BTreeSet<QualifiedName>,
}

/// A statement of an author's own that may change tables, and is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The directive that has it.
    pub place: Place,
    /// The statement.
    pub sql: String,
}

/// For people, with the beginning of the statement.
impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LENGTH: usize = 60;
        let words: Vec<&str> = self.sql.split_whitespace().collect();
        let line = words.join(" ");
        let beginning: String = line.chars().take(LENGTH).collect();
        let more = if beginning.len() < line.len() { " .." } else { "" };
        write!(
            f,
            "{}: SQL by hand that is not understood, and is left out of what the migrations come to: `{beginning}{more}`",
            self.place
        )
    }
}

impl Known {
    /// Does what an operation does.
    pub(crate) fn follow(&mut self, dialect: &dyn Dialect, recorded: &Recorded) {
        // What is impossible was possible for the database: its SQL made what is not described here.
        drop(self.apply(&recorded.operation));
        if let Operation::Execute(execute) = &recorded.operation {
            self.read(dialect, &execute.sql, recorded.place);
        }
        if let Operation::Run(run) = &recorded.operation {
            self.read(dialect, run.script.as_deref().unwrap_or_default(), recorded.place);
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

    /// The columns of a table's primary key, where that is sure: `Some(None)` says that it has none.
    pub(crate) fn key_of(&self, table: &QualifiedName) -> Option<Option<&[String]>> {
        let described = self.metadata.tables.get(table)?;
        let key = described.primary_key().map(|key| key.columns.as_slice());
        (!self.doubted.contains(table)).then_some(key)
    }

    /// What the operations say, sure or not.
    pub(crate) fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// What SQL by hand is not understood, in the order of the migrations.
    pub(crate) fn unread(&self) -> &[Unread] {
        &self.unread
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

    /// Does what a text does, as far as that is understood, and doubts the tables that it may change: what a database makes
    /// of them is more than operations say.
    fn read(&mut self, dialect: &dyn Dialect, sql: &str, place: Place) {
        let statements = dialect.split(sql).unwrap_or_else(|| vec![sql]);
        let statements = statements
            .into_iter()
            .filter(|statement| !statement.trim().is_empty());
        for statement in statements.filter(|statement| !dialect.is_about_rows(statement)) {
            if self.understand(dialect, statement).is_none() {
                let sql = statement.trim().to_owned();
                self.unread.push(Unread { place, sql });
            }
            let tables = self.metadata.tables.keys();
            let mentioned = tables.filter(|table| mentions(statement, &table.name));
            self.doubted.extend(mentioned.cloned());
        }
    }

    /// Does all that a statement does, or nothing.
    fn understand(&mut self, dialect: &dyn Dialect, statement: &str) -> Option<()> {
        let operations = dialect.understood(statement, &self.metadata)?;
        let mut metadata = self.metadata.clone();
        for operation in &operations {
            metadata.apply(operation).ok()?;
        }
        self.metadata = metadata;
        for operation in &operations {
            if let Operation::CreateTable(create) = operation {
                self.doubted.insert(create.table.name.clone());
            } else if let Operation::RenameTable(rename) = operation {
                self.doubted.insert(rename.table.sibling(&rename.to));
            }
            self.doubted.extend(operation.altered_table().cloned());
        }
        Some(())
    }
}
