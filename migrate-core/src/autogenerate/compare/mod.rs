//! The comparison, a file for each kind of thing.

mod column;
mod constraint;
mod index;
mod numbering;
mod object;
mod order;
mod table;

pub(super) use object::objects;
pub(super) use table::tables;
