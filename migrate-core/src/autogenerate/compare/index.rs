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

/// Whether an index or key that begins with these columns goes from a table that stays, and no other of that kind is
/// there all the time.
pub(super) fn is_lost(
    present: &Metadata,
    wanted: &Metadata,
    table: &QualifiedName,
    columns: &[String],
) -> bool {
    let (Some(before), Some(after)) = (present.tables.get(table), wanted.tables.get(table)) else {
        return false;
    };
    let keys = before.constraints.iter().filter_map(|constraint| {
        let begins = constraint.key_columns()?.starts_with(columns);
        begins.then(|| after.constraint(constraint.name()) == Some(constraint))
    });
    let indexes = present.indexes_of(table).filter_map(|index| {
        let mut elements = index.elements.iter().map(|element| element.column());
        let begins = columns
            .iter()
            .all(|column| elements.next() == Some(Some(column.as_str())));
        let same = wanted.indexes.get(&(table.clone(), index.name.clone()));
        begins.then(|| same == Some(index))
    });
    let stay: Vec<bool> = keys.chain(indexes).collect();
    !stay.is_empty() && !stay.contains(&true)
}

pub(super) fn create(index: &Index) -> Operation {
    Operation::CreateIndex(CreateIndex {
        index: index.clone(),
        if_not_exists: false,
        concurrently: false,
    })
}
