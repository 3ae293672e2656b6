//! The handles that directives return: each refines what its directive has already recorded.
//!
//! A handle may be dropped at any point; nothing is left to finish.

mod backfill;
mod column;
mod constraint;
mod counting;
mod index;
mod object;
mod row;
mod table;

pub use backfill::BackfillHandle;
pub use column::{AlterColumnHandle, ColumnHandle, IfNotExists};
pub use constraint::{
    CheckHandle, Columns, DropConstraintHandle, ExcludeHandle, ForeignKeyHandle, NotValid, PrimaryKeyHandle,
    RenameConstraintHandle, UniqueHandle,
};
pub use counting::{AlterSequenceHandle, CountingHandle, SequenceHandle};
pub use index::{CreateIndexHandle, DropIndexHandle};
pub use object::{
    AddEnumValueHandle, CreateExtensionHandle, CreateHandle, DropCascadeHandle, DropHandle, DropViewHandle,
    TriggerHandle, ViewHandle,
};
pub use row::{ExecuteHandle, RunHandle};
pub use table::{CreateTableHandle, NewTable};

/// Appends to a list and gives the payload of the variant just appended. That it is that variant is plain
/// from the macro's own text, which is why it may say `unreachable`.
macro_rules! append {
    ($list:expr, $enumeration:ident::$variant:ident($payload:expr)) => {{
        let list: &mut Vec<$enumeration> = $list;
        list.push($enumeration::$variant($payload));
        match list.last_mut() {
            Some($enumeration::$variant(payload)) => payload,
            _ => unreachable!("the list ends in what was just appended"),
        }
    }};
}
pub(crate) use append;
