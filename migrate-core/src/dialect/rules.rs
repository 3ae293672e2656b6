//! What a database demands of the way from one description of it to another.
//!
//! Data alone: who compares descriptions asks these, and no database's name.

/// What has to be there while something else changes. By default nothing has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rules {
    /// A foreign key stands on an index that begins with its columns, and on one that begins with those that it points
    /// to: neither goes while the foreign key is there.
    pub foreign_keys_need_indexes: bool,
    /// A column that numbers the rows is at every moment the first of a key.
    pub numbering_needs_key: bool,
    /// Alterations of one table that stand side by side are one, for which the table is made anew: nothing in it is in the
    /// way of anything else, and all of it is best done at once.
    pub alterations_are_one: bool,
}
