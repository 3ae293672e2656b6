//! Standard SQL for operations: what dialects share. A dialect calls these where its database speaks the
//! standard, and writes its own where it does not.

mod backfill;
mod constraint;
mod index;
mod object;
mod row;
mod table;

pub(crate) use backfill::{Walk, backfill};
pub(crate) use constraint::{column_constraint, constraint, refuse_rare};
pub(crate) use index::{ElementParts, drop_index, index_element, index_elements};
pub(crate) use object::{create_view, events, timing};
pub(crate) use row::{bulk_insert, delete_rows, execute};
pub(crate) use table::{
    add_constraint, alter_table, check_alter_column, check_autoincrement, create_table,
    default_and_nullability, drop_column, drop_constraint, drop_table, options, rename_column, rename_table,
};
