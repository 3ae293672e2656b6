//! The way back: from operations to those that undo them.
//!
//! What an operation took away or changed is looked up in what was there before it. Where that does not say enough, or
//! where a database has no way back, the answer is a refusal; nothing is guessed.

mod column;
mod object;
mod refusal;
mod row;
mod table;

pub use refusal::{Irreversible, NoWayBack};

use std::collections::BTreeSet;

use crate::operation::{Operation, Recorded};
use crate::schema::{Element, Metadata, QualifiedName};

/// The operations that undo these, the last of them first. Each stands at the place of the one that it undoes, is for
/// the same databases and in the same transaction.
///
/// `before` is what the database holds before the first of them.
///
/// ```
/// use migrate_core::operation::reverse;
/// use migrate_core::prelude::*;
/// use migrate_core::schema::Metadata;
///
/// let mut op = Op::new();
/// op.create_table("users", |t| {
///     t.column("id", integer()).primary_key();
///     t.column("plan", enumeration("plan", ["free", "pro"]));
/// });
/// op.create_index("ix_users_plan", "users", ["plan"]);
/// let back = reverse(&op.finish(), &Metadata::default()).unwrap();
/// let back: Vec<String> = back.iter().map(|recorded| recorded.operation.to_string()).collect();
/// assert_eq!(back, ["drop_table users", "drop_enum plan"]);
/// ```
///
/// # Errors
/// [`Irreversible`], one for each operation that nothing undoes.
pub fn reverse(operations: &[Recorded], before: &Metadata) -> Result<Vec<Recorded>, Vec<Irreversible>> {
    let mut state = before.clone();
    let mut steps = Vec::with_capacity(operations.len());
    let mut refused = Vec::new();
    for (position, recorded) in operations.iter().enumerate() {
        let earlier = operations.get(..position).unwrap_or_default();
        match inverse(recorded, earlier, &state) {
            Ok(inverse) => steps.push(inverse.into_iter().map(|operation| Recorded {
                operation,
                ..recorded.clone()
            })),
            Err(reason) => refused.push(Irreversible {
                operation: Box::new(recorded.operation.clone()),
                place: recorded.place,
                reason,
            }),
        }
        // What is impossible fails on its way there, before there is anything to undo.
        drop(state.apply(&recorded.operation));
    }
    if refused.is_empty() {
        Ok(without_indexes_of_dropped(
            steps.into_iter().rev().flatten().collect(),
        ))
    } else {
        Err(refused)
    }
}

/// The same without the dropping of indexes whose table is dropped after it. A database may need an index for as long as
/// the table has a foreign key.
fn without_indexes_of_dropped(operations: Vec<Recorded>) -> Vec<Recorded> {
    let mut dropped: BTreeSet<QualifiedName> = BTreeSet::new();
    let mut kept: Vec<Recorded> = Vec::with_capacity(operations.len());
    for recorded in operations.into_iter().rev() {
        if let Operation::DropTable(drop) = &recorded.operation
            && recorded.only.is_empty()
        {
            dropped.insert(drop.table.clone());
        } else if let Operation::RenameTable(rename) = &recorded.operation {
            if dropped.remove(&rename.table.sibling(&rename.to)) {
                dropped.insert(rename.table.clone());
            }
        } else if let Operation::CreateTable(create) = &recorded.operation {
            dropped.remove(&create.table.name);
        } else if let Operation::DropIndex(drop) = &recorded.operation
            && dropped.contains(&drop.table)
        {
            continue;
        }
        kept.push(recorded);
    }
    kept.reverse();
    kept
}

/// What undoes one operation, which stands after these `earlier` ones, in order. There may be nothing to do.
fn inverse(
    recorded: &Recorded,
    earlier: &[Recorded],
    before: &Metadata,
) -> Result<Vec<Operation>, NoWayBack> {
    match &recorded.operation {
        Operation::CreateSchema(create) => object::create_schema(create),
        Operation::DropSchema(drop) => object::drop_schema(drop, before),
        Operation::CreateTable(create) => table::create(create, before),
        Operation::DropTable(drop) => table::drop(drop, before),
        Operation::RenameTable(rename) => Ok(table::rename(rename)),
        Operation::CommentTable(comment) => table::comment(comment, before),
        Operation::AddColumn(add) => column::add(add, before),
        Operation::DropColumn(drop) => column::drop(drop, before),
        Operation::AlterColumn(alter) => column::alter(alter, before),
        Operation::CreateIndex(create) => table::create_index(create),
        Operation::RenameIndex(rename) => Ok(table::rename_index(rename)),
        Operation::DropIndex(drop) => table::drop_index(drop, before),
        Operation::AddConstraint(add) => Ok(table::add_constraint(add, before)),
        // A constraint that was checked may stay so.
        Operation::ValidateConstraint(_) => Ok(Vec::new()),
        Operation::RenameConstraint(rename) => Ok(table::rename_constraint(rename)),
        Operation::DropConstraint(drop) => table::drop_constraint(drop, before),
        Operation::CreateEnum(create) => Ok(vec![object::create_enum(create)]),
        Operation::AddEnumValue(_) => Err(NoWayBack::EnumValue),
        Operation::RenameEnumValue(rename) => Ok(object::rename_enum_value(rename)),
        Operation::DropEnum(drop) => object::drop_enum(drop, before),
        Operation::CreateSequence(create) => object::create_sequence(create),
        Operation::AlterSequence(alter) => object::alter_sequence(alter, before),
        Operation::DropSequence(drop) => object::drop_sequence(drop, before),
        Operation::CreateView(create) => object::create_view(create, before),
        Operation::DropView(drop) => object::drop_view(drop, before),
        Operation::CreateTrigger(create) => object::create_trigger(create, before),
        Operation::DropTrigger(drop) => object::drop_trigger(drop, before),
        Operation::CreateFunction(create) => object::create_function(create, before),
        Operation::DropFunction(drop) => object::drop_function(drop, before),
        Operation::CreateExtension(create) => object::create_extension(create),
        Operation::DropExtension(drop) => object::drop_extension(drop, before),
        Operation::Execute(execute) => row::execute(execute),
        Operation::BulkInsert(insert) => row::bulk_insert(insert, before),
        Operation::DeleteRows(_) => Err(NoWayBack::DeletedRows),
        Operation::Backfill(backfill) => row::backfill(backfill, &recorded.only, earlier),
        Operation::Run(run) => row::run(run),
    }
}

/// Refuses what may have been there, or gone, before.
fn certain(uncertain: bool, clause: &'static str) -> Result<(), NoWayBack> {
    if uncertain {
        Err(NoWayBack::Uncertain { clause })
    } else {
        Ok(())
    }
}

/// Refuses what takes along things that nothing need describe.
fn alone(cascade: bool) -> Result<(), NoWayBack> {
    if cascade { Err(NoWayBack::Cascade) } else { Ok(()) }
}

/// What was there, which has to be described.
fn known<T>(found: Option<T>, element: impl FnOnce() -> Element) -> Result<T, NoWayBack> {
    found.ok_or_else(|| NoWayBack::Unknown(element()))
}
