//! Models: an application's own structs, as a description of the database that it wants.
//!
//! `#[derive(Table)]` makes a struct a [`Model`]: what it says is recorded by the same directives that a migration uses,
//! so that there is one way to describe a table. [`Models`] puts them together. Nothing here asks a database.

mod filter;
mod registry;
mod rename;
mod types;

pub use filter::Filter;
pub use registry::{ModelError, ModelSet, Models};
pub use rename::{Rename, RenameError};
pub use types::{ColumnType, ElementType};

use crate::operation::Op;
use crate::schema::QualifiedName;

/// A struct that describes a table. Made by `#[derive(Table)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a model",
    label = "it has no `#[derive(Table)]`",
    note = "a foreign key can also be given by names: `references = \"orgs.id\"`"
)]
pub trait Model {
    /// Its fields and the columns that they are, in order.
    const COLUMNS: &'static [(&'static str, &'static str)];

    /// The table.
    fn table() -> QualifiedName;

    /// Describes the table and its indexes.
    fn describe(op: &mut Op);

    /// What the table and its columns were called before, as far as the struct says so.
    #[must_use]
    fn renames() -> Vec<Rename> {
        Vec::new()
    }
}

/// The column of a model's field. Without such a field it is the field's name; the macro has seen to it that there is one.
#[must_use]
pub fn column_of<M: Model>(field: &str) -> &str {
    let column = M::COLUMNS.iter().find(|(name, _)| *name == field);
    column.map_or(field, |(_, column)| column)
}
