//! Enum types come with the first column that has them: every database takes them so, also one that has no such types.

use std::collections::BTreeSet;

use crate::operation::Operation;
use crate::schema::{QualifiedName, Type};

/// The operations, in which a new enum type is not made by itself when a column brings it. Those that are `there` are
/// brought by none.
pub(super) fn brought(mut operations: Vec<Operation>, there: &BTreeSet<QualifiedName>) -> Vec<Operation> {
    let mut there = there.clone();
    let mut brought: BTreeSet<QualifiedName> = BTreeSet::new();
    for operation in &mut operations {
        for ty in types(operation) {
            if let Some(enumeration) = ty.enumeration_mut() {
                enumeration.existing = !there.insert(enumeration.name.clone());
                if !enumeration.existing {
                    brought.insert(enumeration.name.clone());
                }
            }
        }
    }
    operations.retain(|operation| {
        !matches!(operation, Operation::CreateEnum(create) if brought.contains(&create.enumeration.name))
    });
    operations
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
