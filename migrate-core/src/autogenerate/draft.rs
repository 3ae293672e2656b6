//! The body of a migration: what a comparison found, as the Rust of both directions.

use crate::autogenerate::fillable::fillable;
use crate::autogenerate::{Comparison, render};
use crate::model::Rename;
use crate::operation::{AlterColumn, Irreversible, Op, Operation, Recorded, reverse};

/// The statements of `upgrade` and `downgrade`, with comments where a person has to look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// What stands in `fn upgrade(op: &mut Op)`.
    pub upgrade: Vec<String>,
    /// What stands in `fn downgrade(op: &mut Op)`.
    pub downgrade: Vec<String>,
}

/// The migration that does what was found, and its way back.
///
/// ```
/// use migrate_core::autogenerate::{compare, draft};
/// use migrate_core::prelude::*;
/// use migrate_core::schema::Metadata;
///
/// let described = |record: fn(&mut Op)| {
///     let (mut op, mut metadata) = (Op::new(), Metadata::default());
///     record(&mut op);
///     for recorded in op.finish() {
///         metadata.apply(&recorded.operation).unwrap();
///     }
///     metadata
/// };
/// let present = described(|op| {
///     op.create_table("users", |t| {
///         t.column("name", varchar(40));
///     });
/// });
/// let wanted = described(|op| {
///     op.create_table("users", |t| {
///         t.column("email", varchar(255));
///     });
/// });
/// let draft = draft(&compare(&present, &wanted));
/// assert_eq!(
///     draft.upgrade,
///     [
///         r#"op.add_column("users", "email", varchar(255));"#,
///         "// The values of the column are lost.",
///         r#"op.drop_column("users", "name");"#,
///     ]
/// );
/// assert_eq!(
///     draft.downgrade,
///     [
///         r#"op.add_column("users", "name", varchar(40));"#,
///         "// The values of the column are lost.",
///         r#"op.drop_column("users", "email");"#,
///     ]
/// );
/// ```
#[must_use]
pub fn draft(found: &Comparison) -> Draft {
    let open = found
        .open
        .iter()
        .map(|open| comment(&format!("Left to you: {open}.")));
    let (back, refused) = back(found);
    let refused = refused.iter().map(|irreversible| {
        let Irreversible {
            operation, reason, ..
        } = irreversible;
        comment(&format!("Not undone: `{operation}`, for {reason}."))
    });
    let upgrade = found.operations.iter().flat_map(|operation| {
        let likely = found.likely.iter().find(|rename| loses(operation, rename));
        let asked = likely.map(|rename| comment(&maybe(rename)));
        asked.into_iter().chain(statements(operation))
    });
    Draft {
        upgrade: upgrade.chain(open).collect(),
        downgrade: refused.chain(back.iter().flat_map(statements)).collect(),
    }
}

/// What undoes the operations that were found, as far as that is possible, and what cannot be undone.
#[must_use]
pub fn back(found: &Comparison) -> (Vec<Operation>, Vec<Irreversible>) {
    let mut op = Op::new();
    op.extend(found.operations.iter().cloned());
    let (all, present) = (op.finish(), &found.before);
    let undone = |recorded: Vec<Recorded>| {
        let operations: Vec<Operation> = recorded.into_iter().map(|one| one.operation).collect();
        fillable(without_what_goes_next(&operations))
    };
    match reverse(&all, present) {
        Ok(back) => (undone(back), Vec::new()),
        Err(refused) => {
            let possible = all.into_iter().filter(|one| {
                !refused
                    .iter()
                    .any(|irreversible| *irreversible.operation == one.operation)
            });
            let possible: Vec<Recorded> = possible.collect();
            (undone(reverse(&possible, present).unwrap_or_default()), refused)
        }
    }
}

/// The operations, without what changes a column that goes next.
fn without_what_goes_next(operations: &[Operation]) -> Vec<Operation> {
    let goes_next = |position: usize, alter: &AlterColumn| {
        let next = operations.get(position + 1);
        matches!(next, Some(Operation::DropColumn(drop)) if (&drop.table, &drop.column) == (&alter.table, &alter.column))
    };
    let kept = operations.iter().enumerate().filter(|(position, operation)| {
        !matches!(operation, Operation::AlterColumn(alter) if goes_next(*position, alter))
    });
    kept.map(|(_, operation)| operation.clone()).collect()
}

/// Whether an operation drops what may only have another name.
fn loses(operation: &Operation, rename: &Rename) -> bool {
    match (operation, rename) {
        (Operation::DropTable(drop), Rename::Table { from, .. }) => drop.table == *from,
        (Operation::DropColumn(drop), Rename::Column { table, from, .. }) => {
            (&drop.table, &drop.column) == (table, from)
        }
        _ => false,
    }
}

/// What is asked where something may only have another name.
fn maybe(rename: &Rename) -> String {
    format!(
        "Maybe `{}` is `{}` now: say so by `renamed_from` on the model, or by `--rename {rename}`, and nothing is lost.",
        rename.old(),
        rename.new_name(),
    )
}

/// What records an operation, after a warning where it loses what nothing brings back, or fails on some rows.
fn statements(operation: &Operation) -> Vec<String> {
    let warning = if matches!(operation, Operation::DropTable(_)) {
        Some("The rows of the table are lost.")
    } else if matches!(operation, Operation::DropColumn(_)) {
        Some("The values of the column are lost.")
    } else if matches!(operation, Operation::AlterColumn(alter) if alter.nullable == Some(false)) {
        Some("Rows in which it is NULL need a value before: `op.execute(\"UPDATE ..\");`")
    } else {
        None
    };
    let warning = warning.map(comment);
    warning.into_iter().chain(render(operation)).collect()
}

/// A comment of one line, whatever stands in the text.
pub(crate) fn comment(text: &str) -> String {
    format!(
        "// {}",
        text.escape_debug()
            .to_string()
            .replace("\\'", "'")
            .replace("\\\"", "\"")
    )
}
