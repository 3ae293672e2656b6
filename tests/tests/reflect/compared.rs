//! What is there beside what is wanted, and how to get from one to the other without a migrator.

use migrate_core::dialect::{Dialect, Way};
use migrate_core::operation::Operation;
use migrate_core::schema::Metadata;

/// Both are the same, or it is shown where they begin to differ.
pub(crate) fn same(there: &Metadata, wanted: &Metadata) {
    if there == wanted {
        return;
    }
    let (there, wanted) = (format!("{there:#?}"), format!("{wanted:#?}"));
    let (there, wanted): (Vec<&str>, Vec<&str>) = (there.lines().collect(), wanted.lines().collect());
    let at = there
        .iter()
        .zip(&wanted)
        .take_while(|(one, other)| one == other)
        .count();
    let around = |lines: &[&str]| lines[at.saturating_sub(12)..lines.len().min(at + 12)].join("\n");
    panic!("there is\n{}\nand wanted is\n{}", around(&there), around(&wanted));
}

/// The statements of operations, each on what those before it made.
pub(crate) fn statements(dialect: &dyn Dialect, from: &Metadata, operations: &[Operation]) -> Vec<String> {
    let mut metadata = from.clone();
    let mut statements = Vec::new();
    for operation in operations {
        let compiled = match (dialect.way(operation), operation.altered_table()) {
            (Way::WithPresent | Way::Last, Some(table)) => {
                let present = dialect.presumed(&metadata.tables[table], &metadata).unwrap();
                dialect.alter(table, &[operation], &present)
            }
            _ => dialect.compile(operation),
        };
        statements.extend(compiled.unwrap().into_iter().map(|statement| statement.sql));
        metadata.apply(operation).unwrap();
    }
    statements
}

/// What of the one the other has not, or not so.
pub(crate) fn wrong(one: &Metadata, other: &Metadata) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, table) in &one.tables {
        let found = &other.tables[name];
        for constraint in &table.constraints {
            let there = found.constraint(constraint.name());
            if there != Some(constraint) {
                wrong.push(format!("{constraint:?}\n is {there:?}"));
            }
        }
        for column in &table.columns {
            let there = found.column(&column.name);
            if there != Some(column) {
                wrong.push(format!("{column:?}\n is {there:?}"));
            }
        }
    }
    for (name, index) in &one.indexes {
        let there = other.indexes.get(name);
        if there != Some(index) {
            wrong.push(format!("{index:?}\n is {there:?}"));
        }
    }
    wrong
}
