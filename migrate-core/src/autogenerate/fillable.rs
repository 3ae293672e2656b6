//! A new column that takes no `NULL` and has no default: rows that are there would be refused, or get a value that nobody
//! chose. It comes as one that takes `NULL`, so that a migration can fill it, and takes none afterwards.

use crate::operation::{AddColumn, AlterColumn, Operation};
use crate::schema::{Column, Constraint, Expression};

/// The operations, in which each such column comes in two steps.
pub(super) fn fillable(operations: Vec<Operation>) -> Vec<Operation> {
    let mut out = Vec::with_capacity(operations.len());
    for mut operation in operations {
        let mut then = None;
        if let Operation::AddColumn(add) = &mut operation
            && needs_values(add)
        {
            add.column.nullable = true;
            then = Some(AlterColumn {
                nullable: Some(false),
                ..AlterColumn::new(&add.table, &add.column.name)
            });
        }
        out.push(operation);
        out.extend(then.map(Operation::AlterColumn));
    }
    out
}

fn needs_values(add: &AddColumn) -> bool {
    let Column {
        nullable,
        server_default,
        autoincrement,
        identity,
        generated,
        ..
    } = &add.column;
    let is_key = |constraint: &Constraint| matches!(constraint, Constraint::PrimaryKey(_));
    let has_value = !matches!(server_default, None | Some(Expression::Null));
    let numbered = *autoincrement || identity.is_some();
    !(*nullable || has_value || numbered || generated.is_some() || add.constraints.iter().any(is_key))
}
