//! The operation model: what a migration asks for, as plain values.
//!
//! [`Op`] records operations; dialects turn them into SQL. Nothing here writes SQL or touches a database.

mod column;
mod constraint;
mod data;
mod index;
mod name;
mod op;
mod place;
mod refine;
mod step;
mod table;

use std::fmt;

pub use column::{AddColumn, AlterColumn, DropColumn, Setting};
pub use constraint::{AddConstraint, DropConstraint};
pub use data::{BulkInsert, Execute, InsertRow, Run};
pub use index::{CreateIndex, DropIndex};
pub use name::NameOrDefault;
pub use op::Op;
pub use place::{Place, Recorded};
pub use refine::{
    AlterColumnHandle, ColumnHandle, Columns, ConstraintHandle, CreateIndexHandle, CreateTableHandle,
    DropHandle, ForeignKeyHandle, NewTable, RunHandle,
};
pub use step::{DataStep, StepFn};
pub use table::{CommentTable, CreateTable, DropEnum, DropTable, RenameTable};

/// One thing that a migration does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Operation {
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
    /// An index goes.
    DropIndex(DropIndex),
    /// An existing table gets a constraint.
    AddConstraint(AddConstraint),
    /// A table loses a constraint.
    DropConstraint(DropConstraint),
    /// A named enum type goes.
    DropEnum(DropEnum),
    /// SQL as its author wrote it.
    Execute(Execute),
    /// Rows for a table.
    BulkInsert(BulkInsert),
    /// A data step.
    Run(Run),
}

/// What it does and to what, for people: `add_column users.email`.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
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
            Self::DropIndex(drop) => write!(f, "drop_index {} on {}", drop.name, drop.table),
            Self::AddConstraint(add) => {
                write!(f, "create constraint {} on {}", add.constraint.name(), add.table)
            }
            Self::DropConstraint(drop) => write!(f, "drop_constraint {} on {}", drop.name, drop.table),
            Self::DropEnum(drop) => write!(f, "drop_enum {}", drop.name),
            Self::Execute(_) => f.write_str("execute"),
            Self::BulkInsert(insert) => write!(f, "bulk_insert {}", insert.table),
            Self::Run(run) => write!(f, "run {}", run.name),
        }
    }
}
