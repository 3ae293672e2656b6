//! The simulation: what a schema is after an operation, and whether the operation is possible at all.
//!
//! It knows what every database does and, where they differ, does as the strictest of them. What SQL that an author
//! wrote does is not known here, nor what a data step does.

mod column;
mod follow;
mod object;
mod table;

pub(super) use column::change;

use crate::operation::{Backfill, BulkInsert, DeleteRows, Operation};
use crate::schema::{Element, Metadata, QualifiedName};

/// Why an operation is impossible.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Impossible {
    /// There is one already.
    #[error("the {0} exists already")]
    Exists(Element),
    /// Nothing describes it: it does not exist, or an author's own SQL made it.
    #[error("there is no {0}")]
    Unknown(Element),
    /// A table has one primary key.
    #[error("the table `{table}` has a primary key already: `{name}`")]
    SecondPrimaryKey {
        /// The table.
        table: QualifiedName,
        /// Its primary key.
        name: String,
    },
    /// A column of a primary key never holds `NULL`.
    #[error("the column `{table}.{column}` cannot hold NULL: it is of the primary key")]
    NullInKey {
        /// The table.
        table: QualifiedName,
        /// The column.
        column: String,
    },
    /// Something else needs it.
    #[error("the {element} is needed by the {by}")]
    InUse {
        /// What cannot go.
        element: Element,
        /// What needs it.
        by: Element,
    },
}

impl Metadata {
    /// Does what an operation does: after it, this is what the database holds.
    ///
    /// What takes a name that is taken changes nothing. Otherwise as much is done as can be described, so that whoever
    /// is lenient (SQL made things that nothing describes) ignores the error and goes on with the best that is known.
    /// An author's own SQL, data steps and rows change nothing here.
    ///
    /// ```
    /// use migrate_core::operation::Impossible;
    /// use migrate_core::prelude::*;
    /// use migrate_core::schema::{Element, Metadata};
    ///
    /// let mut op = Op::new();
    /// op.create_table("users", |t| {
    ///     t.column("id", integer()).primary_key();
    /// });
    /// op.rename_table("users", "people");
    /// op.drop_column("people", "name");
    ///
    /// let mut metadata = Metadata::default();
    /// let done: Vec<_> = op.finish().iter().map(|recorded| metadata.apply(&recorded.operation)).collect();
    /// let name = Element::Column("people".into(), "name".into());
    /// assert_eq!(done, [Ok(()), Ok(()), Err(Impossible::Unknown(name))]);
    /// assert!(metadata.tables.contains_key(&"people".into()));
    /// ```
    ///
    /// # Errors
    /// [`Impossible`], the first reason of several.
    pub fn apply(&mut self, operation: &Operation) -> Result<(), Impossible> {
        match operation {
            Operation::CreateSchema(create) => object::create_schema(self, create),
            Operation::DropSchema(drop) => object::drop_schema(self, drop),
            Operation::CreateTable(create) => table::create(self, create),
            Operation::DropTable(drop) => table::drop(self, drop),
            Operation::RenameTable(rename) => table::rename(self, rename),
            Operation::CommentTable(comment) => table::comment(self, comment),
            Operation::AddColumn(add) => column::add(self, add),
            Operation::DropColumn(drop) => column::drop(self, drop),
            Operation::AlterColumn(alter) => column::alter(self, alter),
            Operation::CreateIndex(create) => table::create_index(self, create),
            Operation::RenameIndex(rename) => table::rename_index(self, rename),
            Operation::DropIndex(drop) => table::drop_index(self, drop),
            Operation::AddConstraint(add) => table::add_constraint(self, &add.table, &add.constraint),
            Operation::ValidateConstraint(validate) => {
                table::constraint(self, &validate.table, &validate.name).map(|_| ())
            }
            Operation::RenameConstraint(rename) => table::rename_constraint(self, rename),
            Operation::DropConstraint(drop) => table::drop_constraint(self, drop),
            Operation::CreateEnum(create) => object::create_enum(self, create),
            Operation::AddEnumValue(add) => object::add_enum_value(self, add),
            Operation::RenameEnumValue(rename) => object::rename_enum_value(self, rename),
            Operation::DropEnum(drop) => object::drop_enum(self, drop),
            Operation::CreateSequence(create) => object::create_sequence(self, create),
            Operation::AlterSequence(alter) => object::alter_sequence(self, alter),
            Operation::DropSequence(drop) => object::drop_sequence(self, drop),
            Operation::CreateView(create) => object::create_view(self, create),
            Operation::DropView(drop) => object::drop_view(self, drop),
            Operation::CreateTrigger(create) => object::create_trigger(self, create),
            Operation::DropTrigger(drop) => object::drop_trigger(self, drop),
            Operation::CreateFunction(create) => object::create_function(self, create),
            Operation::DropFunction(drop) => object::drop_function(self, drop),
            Operation::CreateExtension(create) => object::create_extension(self, create),
            Operation::DropExtension(drop) => object::drop_extension(self, drop),
            Operation::BulkInsert(BulkInsert { table, columns, .. })
            | Operation::DeleteRows(DeleteRows { table, columns, .. }) => {
                table::has_columns(self, table, columns)
            }
            Operation::Backfill(Backfill { table, set, by, .. }) => {
                let columns = set.iter().map(|(column, _)| column).chain(by);
                table::has_columns(self, table, &columns.cloned().collect::<Vec<_>>())
            }
            Operation::Execute(_) | Operation::Run(_) => Ok(()),
        }
    }
}

/// Nothing went, because it was not there: whether that is as it should be.
fn was_not_there(element: Element, if_exists: bool) -> Result<(), Impossible> {
    if if_exists {
        Ok(())
    } else {
        Err(Impossible::Unknown(element))
    }
}

/// The name is taken: whether that is as it should be.
fn is_there(element: Element, if_not_exists: bool) -> Result<(), Impossible> {
    if if_not_exists {
        Ok(())
    } else {
        Err(Impossible::Exists(element))
    }
}
