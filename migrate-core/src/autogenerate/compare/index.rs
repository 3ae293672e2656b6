//! Indexes.

use crate::autogenerate::changes::{Changes, Phase};
use crate::operation::{CreateIndex, DropIndex, Operation};
use crate::schema::{Index, Metadata, QualifiedName};

/// The indexes of a table that is there on both sides.
pub(super) fn indexes(present: &Metadata, wanted: &Metadata, table: &QualifiedName, changes: &mut Changes) {
    for index in gone(present, wanted, table) {
        let drop = DropIndex {
            name: index.name.clone(),
            table: table.clone(),
            if_exists: false,
            concurrently: false,
        };
        changes.push(Phase::DropIndexes, Operation::DropIndex(drop));
    }
    for index in gone(wanted, present, table) {
        changes.push(Phase::Indexes, create(index));
    }
}

/// The indexes that one side has and the other has not, or not so.
pub(super) fn gone<'m>(
    one: &'m Metadata,
    other: &'m Metadata,
    table: &'m QualifiedName,
) -> impl Iterator<Item = &'m Index> {
    one.indexes_of(table).map(AsRef::as_ref).filter(move |index| {
        let same = other.indexes.get(&(table.clone(), index.name.clone()));
        same.map(AsRef::as_ref) != Some(index)
    })
}

pub(super) fn create(index: &Index) -> Operation {
    Operation::CreateIndex(CreateIndex {
        index: index.clone(),
        if_not_exists: false,
        concurrently: false,
    })
}
