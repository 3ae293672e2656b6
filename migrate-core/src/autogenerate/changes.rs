//! [`Changes`]: what was found, in the order in which a database takes it.

use std::collections::{BTreeMap, BTreeSet};

use crate::dialect::Rules;
use crate::model::Rename;
use crate::operation::{AlterColumn, Operation, Setting};
use crate::schema::{Column, Element, Expression, Metadata, QualifiedName};

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// The operations, in order.
    pub operations: Vec<Operation>,
    /// What is different, and no operation can change.
    pub open: Vec<Open>,
    /// What the operations start from, in the words of what is wanted where both say the same.
    pub before: Metadata,
    /// What goes and what comes that may be one thing under two names, of which nobody said so.
    pub likely: Vec<Rename>,
}

/// A difference that only an author can bring to an end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Open {
    /// No database drops a value of an enum type, or gives it another place.
    #[error(
        "the enum type `{name}` has the values {present:?}, and {wanted:?} are wanted: no value is dropped or moved; make another type, and change the columns over to it"
    )]
    EnumValues {
        /// The type.
        name: QualifiedName,
        /// The values that it has.
        present: Vec<String>,
        /// The values that it is to have.
        wanted: Vec<String>,
    },
    /// What can only be made anew, which is somebody else's decision.
    #[error("the {0} is another one, and there is no way to alter it")]
    Altered(Element),
}

/// When something is done. What stands in the way goes before what comes; what holds rows goes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    Schemas,
    Extensions,
    DropTriggers,
    DropViews,
    DropForeignKeys,
    StopNumbering,
    DropConstraints,
    DropIndexes,
    Types,
    Sequences,
    Functions,
    Tables,
    Columns,
    AlterColumns,
    Constraints,
    Indexes,
    StartNumbering,
    OwnedSequences,
    Defaults,
    ForeignKeys,
    Comments,
    DropColumns,
    DropTables,
    DropSequences,
    DropTypes,
    Views,
    Triggers,
    DropFunctions,
    DropExtensions,
}

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// What the database demands of the way.
    pub(super) rules: Rules,
    phases: BTreeMap<(Phase, Option<QualifiedName>, Phase), Vec<Operation>>,
    open: Vec<Open>,
    /// The new columns that own a new sequence.
    owners: BTreeSet<(QualifiedName, String)>,
}

impl Changes {
    pub(super) fn new(rules: Rules) -> Self {
        Self {
            rules,
            ..Self::default()
        }
    }

    /// One more, after what was found for this phase before. What is added to a table and altered in it stands together:
    /// a column may number the rows only where it becomes the key, and some databases make the table anew each time.
    pub(super) fn push(&mut self, phase: Phase, operation: Operation) {
        let together = [
            Phase::Columns,
            Phase::AlterColumns,
            Phase::Constraints,
            Phase::Indexes,
            Phase::StartNumbering,
        ];
        let where_it_is_one = [
            Phase::DropForeignKeys,
            Phase::DropConstraints,
            Phase::DropIndexes,
            Phase::ForeignKeys,
            Phase::DropColumns,
        ];
        let is_one = self.rules.alterations_are_one && where_it_is_one.contains(&phase);
        let place = if together.contains(&phase) || is_one {
            (Phase::Columns, operation.altered_table().cloned(), phase)
        } else {
            (phase, None, phase)
        };
        self.phases.entry(place).or_default().push(operation);
    }

    /// This column, which is new, owns a new sequence, which comes after it.
    pub(super) fn owns(&mut self, table: &QualifiedName, column: &str) {
        self.owners.insert((table.clone(), column.to_owned()));
    }

    /// A new column as it comes. The default of one that owns a new sequence may ask this, and follows it.
    pub(super) fn column(&mut self, table: &QualifiedName, column: &Column) -> Column {
        let mut column = column.clone();
        let owner = (table.clone(), column.name.clone());
        if self.owners.contains(&owner)
            && let Some(default) = column
                .server_default
                .take_if(|of| matches!(of, Expression::Sql(_)))
        {
            let set = AlterColumn {
                server_default: Some(Setting::Set(default)),
                ..AlterColumn::new(table, &column.name)
            };
            self.push(Phase::Defaults, Operation::AlterColumn(set));
        }
        column
    }

    pub(super) fn open(&mut self, open: Open) {
        self.open.push(open);
    }

    pub(super) fn finish(self, before: &Metadata) -> Comparison {
        Comparison {
            operations: self.phases.into_values().flatten().collect(),
            open: self.open,
            before: before.clone(),
            likely: Vec::new(),
        }
    }
}
