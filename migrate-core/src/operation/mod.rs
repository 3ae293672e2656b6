//! The operation model: what a migration asks for, as plain values.
//!
//! [`Op`] records operations; dialects turn them into SQL. Nothing here writes SQL or touches a database.

mod apply;
mod arguments;
mod backfill;
mod column;
mod constraint;
mod data;
mod enumeration;
mod function;
mod index;
mod name;
mod namespace;
mod op;
mod place;
mod refine;
mod reverse;
mod sequence;
mod step;
mod table;
mod trigger;
mod view;

use std::fmt;

pub use apply::Impossible;
pub use arguments::Arguments;
pub use backfill::Backfill;
pub use column::{AddColumn, AlterColumn, DropColumn, Setting};
pub use constraint::{AddConstraint, DropConstraint, RenameConstraint, ValidateConstraint};
pub use data::{BulkInsert, DeleteRows, Execute, InsertRow, Run};
pub use enumeration::{AddEnumValue, CreateEnum, DropEnum, EnumPosition, RenameEnumValue};
pub use function::{CreateExtension, CreateFunction, DropExtension, DropFunction};
pub use index::{CreateIndex, DropIndex, RenameIndex};
pub use name::NameOrDefault;
pub use namespace::{CreateSchema, DropSchema};
pub use op::{Batch, Op};
pub use place::{Place, Recorded};
pub use refine::{
    AddEnumValueHandle, AlterColumnHandle, AlterSequenceHandle, BackfillHandle, CheckHandle, ColumnHandle,
    Columns, CountingHandle, CreateExtensionHandle, CreateHandle, CreateIndexHandle, CreateTableHandle,
    DropCascadeHandle, DropConstraintHandle, DropHandle, DropIndexHandle, DropViewHandle, ExcludeHandle,
    ExecuteHandle, ForeignKeyHandle, IfNotExists, NewTable, NotValid, PrimaryKeyHandle,
    RenameConstraintHandle, RunHandle, SequenceHandle, TriggerHandle, UniqueHandle, ViewHandle,
};
pub use reverse::{Irreversible, NoWayBack, reverse};
pub use sequence::{AlterSequence, CreateSequence, DropSequence};
pub use step::{DataStep, StepFn};
pub use table::{CommentTable, CreateTable, DropTable, RenameTable};
pub use trigger::{CreateTrigger, DropTrigger};
pub use view::{CreateView, DropView};

use crate::schema::{Enumeration, QualifiedName, Type};

/// One thing that a migration does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Operation {
    /// A new schema, which tables live in.
    CreateSchema(CreateSchema),
    /// A schema goes.
    DropSchema(DropSchema),
    /// A new table, with its columns and constraints.
    CreateTable(CreateTable),
    /// A table goes, with its rows.
    DropTable(DropTable),
    /// A table gets another name in the same schema.
    RenameTable(RenameTable),
    /// A table's comment is set or removed.
    CommentTable(CommentTable),
    /// A table gets one more column.
    AddColumn(AddColumn),
    /// A column goes, with its values.
    DropColumn(DropColumn),
    /// A column changes in one or more respects.
    AlterColumn(AlterColumn),
    /// A new index.
    CreateIndex(CreateIndex),
    /// An index gets another name.
    RenameIndex(RenameIndex),
    /// An index goes.
    DropIndex(DropIndex),
    /// An existing table gets a constraint.
    AddConstraint(AddConstraint),
    /// The rows of a table are checked against a constraint that left them unchecked.
    ValidateConstraint(ValidateConstraint),
    /// A constraint of a table gets another name.
    RenameConstraint(RenameConstraint),
    /// A table loses a constraint.
    DropConstraint(DropConstraint),
    /// A new named enum type.
    CreateEnum(CreateEnum),
    /// A named enum type gets one more value.
    AddEnumValue(AddEnumValue),
    /// A value of a named enum type gets another name.
    RenameEnumValue(RenameEnumValue),
    /// A named enum type goes.
    DropEnum(DropEnum),
    /// A new sequence.
    CreateSequence(CreateSequence),
    /// A sequence counts otherwise.
    AlterSequence(AlterSequence),
    /// A sequence goes.
    DropSequence(DropSequence),
    /// A view, new or in the place of another.
    CreateView(CreateView),
    /// A view goes.
    DropView(DropView),
    /// A trigger, new or in the place of another.
    CreateTrigger(CreateTrigger),
    /// A trigger goes.
    DropTrigger(DropTrigger),
    /// A stored function, new or in the place of another.
    CreateFunction(CreateFunction),
    /// A stored function goes.
    DropFunction(DropFunction),
    /// A new extension.
    CreateExtension(CreateExtension),
    /// An extension goes.
    DropExtension(DropExtension),
    /// SQL as its author wrote it.
    Execute(Execute),
    /// Rows for a table.
    BulkInsert(BulkInsert),
    /// Rows of a table go, each told by its key. What undoes [`BulkInsert`](Self::BulkInsert); no directive records it.
    DeleteRows(DeleteRows),
    /// Columns of a large table are filled in batches.
    Backfill(Backfill),
    /// A data step.
    Run(Run),
}

/// What it does and to what, for people: `add_column users.email`.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CreateSchema(create) => write!(f, "create_schema {}", create.name),
            Self::DropSchema(drop) => write!(f, "drop_schema {}", drop.name),
            Self::CreateTable(create) => write!(f, "create_table {}", create.table.name),
            Self::DropTable(drop) => write!(f, "drop_table {}", drop.table),
            Self::RenameTable(rename) => write!(f, "rename_table {} to {}", rename.table, rename.to),
            Self::CommentTable(CommentTable { table, comment }) => match comment {
                Some(_) => write!(f, "create_table_comment {table}"),
                None => write!(f, "drop_table_comment {table}"),
            },
            Self::AddColumn(add) => write!(f, "add_column {}.{}", add.table, add.column.name),
            Self::DropColumn(drop) => write!(f, "drop_column {}.{}", drop.table, drop.column),
            Self::AlterColumn(alter) => write!(f, "alter_column {}.{}", alter.table, alter.column),
            Self::CreateIndex(create) => {
                write!(f, "create_index {} on {}", create.index.name, create.index.table)
            }
            Self::RenameIndex(RenameIndex { name, table, to }) => {
                write!(f, "rename_index {name} on {table} to {to}")
            }
            Self::DropIndex(drop) => write!(f, "drop_index {} on {}", drop.name, drop.table),
            Self::AddConstraint(add) => {
                write!(f, "create constraint {} on {}", add.constraint.name(), add.table)
            }
            Self::RenameConstraint(RenameConstraint { table, name, to, .. }) => {
                write!(f, "rename_constraint {name} on {table} to {to}")
            }
            Self::DropConstraint(drop) => write!(f, "drop_constraint {} on {}", drop.name, drop.table),
            Self::ValidateConstraint(validate) => {
                write!(f, "validate_constraint {} on {}", validate.name, validate.table)
            }
            Self::CreateEnum(create) => write!(f, "create_enum {}", create.enumeration.name),
            Self::AddEnumValue(add) => write!(f, "add_enum_value {} to {}", add.value, add.name),
            Self::RenameEnumValue(rename) => {
                write!(
                    f,
                    "rename_enum_value {} of {} to {}",
                    rename.value, rename.name, rename.to
                )
            }
            Self::DropEnum(drop) => write!(f, "drop_enum {}", drop.name),
            Self::CreateSequence(create) => write!(f, "create_sequence {}", create.sequence.name),
            Self::AlterSequence(alter) => write!(f, "alter_sequence {}", alter.name),
            Self::DropSequence(drop) => write!(f, "drop_sequence {}", drop.name),
            Self::CreateView(create) => {
                let verb = if create.replace { "replace" } else { "create" };
                write!(f, "{verb}_view {}", create.view.name)
            }
            Self::DropView(drop) => write!(f, "drop_view {}", drop.name),
            Self::CreateTrigger(CreateTrigger { trigger, replace }) => {
                let verb = if *replace { "replace" } else { "create" };
                write!(f, "{verb}_trigger {} on {}", trigger.name, trigger.table)
            }
            Self::DropTrigger(drop) => write!(f, "drop_trigger {} on {}", drop.name, drop.table),
            Self::CreateFunction(create) => {
                let verb = if create.replace { "replace" } else { "create" };
                write!(f, "{verb}_function {}", create.function.name)
            }
            Self::DropFunction(drop) => write!(f, "drop_function {}", drop.name),
            Self::CreateExtension(create) => write!(f, "create_extension {}", create.extension.name),
            Self::DropExtension(drop) => write!(f, "drop_extension {}", drop.name),
            Self::Execute(_) => f.write_str("execute"),
            Self::BulkInsert(insert) => write!(f, "bulk_insert {}", insert.table),
            Self::DeleteRows(delete) => write!(f, "delete_rows {}", delete.table),
            Self::Backfill(backfill) => write!(f, "backfill {backfill}"),
            Self::Run(run) => write!(f, "run {}", run.name),
        }
    }
}

impl Operation {
    /// The enum types that its columns bring with them, each once.
    pub(crate) fn brought_enums(&self) -> Vec<&Enumeration> {
        let types: Vec<&Type> = if let Self::CreateTable(create) = self {
            create.table.columns.iter().map(|column| &column.ty).collect()
        } else if let Self::AddColumn(add) = self {
            vec![&add.column.ty]
        } else if let Self::AlterColumn(alter) = self {
            alter.ty.iter().collect()
        } else {
            Vec::new()
        };
        let mut brought: Vec<&Enumeration> = Vec::new();
        for enumeration in types.into_iter().filter_map(Type::enumeration) {
            if !enumeration.existing && !brought.iter().any(|other| other.name == enumeration.name) {
                brought.push(enumeration);
            }
        }
        brought
    }

    /// The table that it alters, when it is an alteration of one table.
    #[must_use]
    pub fn altered_table(&self) -> Option<&QualifiedName> {
        match self {
            Self::AddColumn(add) => Some(&add.table),
            Self::DropColumn(drop) => Some(&drop.table),
            Self::AlterColumn(alter) => Some(&alter.table),
            Self::AddConstraint(add) => Some(&add.table),
            Self::ValidateConstraint(validate) => Some(&validate.table),
            Self::RenameConstraint(rename) => Some(&rename.table),
            Self::DropConstraint(drop) => Some(&drop.table),
            Self::CreateIndex(create) => Some(&create.index.table),
            Self::RenameIndex(rename) => Some(&rename.table),
            Self::DropIndex(drop) => Some(&drop.table),
            Self::CommentTable(comment) => Some(&comment.table),
            Self::CreateSchema(_)
            | Self::DropSchema(_)
            | Self::CreateTable(_)
            | Self::DropTable(_)
            | Self::RenameTable(_)
            | Self::CreateEnum(_)
            | Self::AddEnumValue(_)
            | Self::RenameEnumValue(_)
            | Self::DropEnum(_)
            | Self::CreateSequence(_)
            | Self::AlterSequence(_)
            | Self::DropSequence(_)
            | Self::CreateView(_)
            | Self::DropView(_)
            | Self::CreateTrigger(_)
            | Self::DropTrigger(_)
            | Self::CreateFunction(_)
            | Self::DropFunction(_)
            | Self::CreateExtension(_)
            | Self::DropExtension(_)
            | Self::Execute(_)
            | Self::BulkInsert(_)
            | Self::DeleteRows(_)
            | Self::Backfill(_)
            | Self::Run(_) => None,
        }
    }
}
