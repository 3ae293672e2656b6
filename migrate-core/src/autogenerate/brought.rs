//! Enum types come with the first column that has them: every database takes them so, also one that has no such types.

use std::collections::BTreeSet;

use crate::operation::Operation;
use crate::schema::{QualifiedName, Type};

/// The operations, in which a new enum type is not made by itself when a column brings it. Those that are `there` are
/// brought by none.
pub(super) fn brought(operations: &[Operation], there: &BTreeSet<QualifiedName>) -> Vec<Operation> {
    let mut there = there.clone();
    let mut out = Vec::with_capacity(operations.len());
    for (position, operation) in operations.iter().enumerate() {
        let later = operations.get(position + 1..).unwrap_or_default();
        if let Operation::CreateEnum(create) = operation
            && later
                .iter()
                .any(|other| has_enum(other, &create.enumeration.name))
        {
            continue;
        }
        let mut operation = operation.clone();
        for ty in types(&mut operation) {
            if let Some(enumeration) = ty.enumeration_mut() {
                enumeration.existing = !there.insert(enumeration.name.clone());
            }
        }
        out.push(operation);
    }
    out
}

/// Whether an operation gives a column this enum type.
fn has_enum(operation: &Operation, name: &QualifiedName) -> bool {
    let mut operation = operation.clone();
    types(&mut operation).iter().any(|ty| {
        let enumeration = ty.enumeration();
        enumeration.is_some_and(|enumeration| enumeration.name == *name)
    })
}

/// The types of the columns that an operation makes or alters.
fn types(operation: &mut Operation) -> Vec<&mut Type> {
    if let Operation::CreateTable(create) = operation {
        create
            .table
            .columns
            .iter_mut()
            .map(|column| &mut column.ty)
            .collect()
    } else if let Operation::AddColumn(add) = operation {
        vec![&mut add.column.ty]
    } else if let Operation::AlterColumn(alter) = operation {
        alter.ty.iter_mut().collect()
    } else {
        Vec::new()
    }
}
