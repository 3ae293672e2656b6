//! The schema model: tables, columns, types, constraints and indexes as plain, comparable data.
//!
//! Operations, dialects and whatever reads a database share this one model. It knows no operation, no
//! connection and no SQL dialect; text of one database stands in it only where an author wrote it ([`sql`]).

mod column;
mod constraint;
mod expression;
mod index;
mod name;
pub mod naming;
mod table;
pub mod types;

pub use column::Column;
pub use constraint::{Action, Check, Constraint, Deferrable, ForeignKey, PrimaryKey, Unique};
pub use expression::{Expression, Sql, now, sql};
pub use index::{Index, IndexElement};
pub use name::{QualifiedName, qualified};
pub use table::Table;
pub use types::{Enumeration, Type};
