//! In which order tables come and go, so that each foreign key has something to point to.

use std::collections::BTreeSet;

use crate::schema::{Constraint, QualifiedName, Table};

/// The tables in an order in which each stands after those that its foreign keys point to, as far as there is one. Where
/// they point in a circle, the first by name is next.
pub(super) fn by_foreign_keys<'t>(tables: impl IntoIterator<Item = &'t Table>) -> Vec<&'t Table> {
    let mut left: Vec<&Table> = tables.into_iter().collect();
    left.sort_by(|one, other| one.name.cmp(&other.name));
    let mut names: BTreeSet<&QualifiedName> = left.iter().map(|table| &table.name).collect();
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let next = left.iter().position(|table| waits_for(table, &names).is_none());
        let table = left.remove(next.unwrap_or_default());
        names.remove(&table.name);
        ordered.push(table);
    }
    ordered
}

/// One of these tables, other than itself, that it points to.
fn waits_for<'t>(table: &'t Table, names: &BTreeSet<&QualifiedName>) -> Option<&'t QualifiedName> {
    let keys = table.constraints.iter().filter_map(Constraint::foreign_key);
    keys.map(|key| &key.referent)
        .find(|referent| **referent != table.name && names.contains(referent))
}
