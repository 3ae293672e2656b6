//! The schema model: tables, columns, types, constraints and indexes as plain, comparable data.
//!
//! Operations, dialects and whatever reads a database share this one model. It knows no operation, no
//! connection and no SQL dialect; text of one database stands in it only where an author wrote it ([`sql`]).

mod backend;
mod column;
mod constraint;
mod element;
mod expression;
mod function;
mod home;
mod index;
mod mention;
mod metadata;
mod name;
pub mod naming;
mod sequence;
mod table;
mod trigger;
pub mod types;
mod view;

pub use backend::Backend;
pub use column::{Column, Generated};
pub use constraint::{
    Action, Check, Constraint, ConstraintKind, Deferrable, Exclude, ForeignKey, PrimaryKey, Unique,
};
pub use element::Element;
pub use expression::{Expression, Sql, now, sql};
pub use function::{Extension, Function};
pub use index::{Index, IndexElement, IndexKey, Nulls, Order, key};
pub use mention::{mentions, with_name};
pub use metadata::Metadata;
pub use name::{QualifiedName, qualified};
pub use sequence::{Counting, Identity, Sequence};
pub use table::Table;
pub use trigger::{Event, Timing, Trigger};
pub use types::{Enumeration, Type};
pub use view::View;
