//! The way back from rows, an author's own SQL and data steps.

use std::sync::Arc;

use super::NoWayBack;
use crate::operation::{Backfill, BulkInsert, DeleteRows, Execute, Operation, Recorded, Run};
use crate::schema::{Backend, Expression, Metadata, QualifiedName};

/// The text that was given; a value goes with it when it is named there.
pub(super) fn execute(execute: &Execute) -> Result<Vec<Operation>, NoWayBack> {
    let Some(sql) = &execute.reverse else {
        return Err(NoWayBack::Execute);
    };
    if sql.trim().is_empty() {
        return Ok(Vec::new());
    }
    let named = |name: &str| {
        let marker = format!(":{name}");
        let mut rests = sql.split(&marker).skip(1);
        rests.any(|rest| !rest.starts_with(|next: char| next == '_' || next.is_alphanumeric()))
    };
    let values = execute.values.iter().filter(|(name, _)| named(name));
    Ok(vec![Operation::Execute(Execute {
        sql: sql.clone(),
        values: values.cloned().collect(),
        reverse: Some(execute.sql.clone()),
    })])
}

/// The text that was given; without one there is nothing to undo where all that it fills was made by what stands before
/// it in the migration, and goes with that.
pub(super) fn backfill(
    backfill: &Backfill,
    only: &[Backend],
    earlier: &[Recorded],
) -> Result<Vec<Operation>, NoWayBack> {
    if let Some(sql) = &backfill.reverse {
        return execute(&Execute {
            sql: String::new(),
            values: Vec::new(),
            reverse: Some(sql.clone()),
        });
    }
    let goes = |(column, _): &(String, Expression)| is_made(&backfill.table, column, only, earlier);
    if backfill.set.iter().all(goes) {
        Ok(Vec::new())
    } else {
        Err(NoWayBack::Backfill)
    }
}

/// Whether one of these made a column, at least for these databases; it may have had other names since.
fn is_made(table: &QualifiedName, column: &str, only: &[Backend], earlier: &[Recorded]) -> bool {
    let (mut table, mut column) = (table.clone(), column.to_owned());
    for recorded in earlier.iter().rev() {
        let covers = recorded.only.is_empty()
            || !only.is_empty() && only.iter().all(|backend| recorded.only.contains(backend));
        if let Operation::RenameTable(rename) = &recorded.operation
            && rename.table.sibling(&rename.to) == table
        {
            table = rename.table.clone();
        } else if let Operation::AlterColumn(alter) = &recorded.operation
            && alter.table == table
            && alter.rename.as_ref() == Some(&column)
        {
            column.clone_from(&alter.column);
        } else if let Operation::AddColumn(add) = &recorded.operation
            && add.table == table
            && add.column.name == column
        {
            return covers;
        } else if let Operation::CreateTable(create) = &recorded.operation
            && create.table.name == table
        {
            return covers && create.table.column(&column).is_some();
        }
    }
    false
}

/// The step that was given. It has no SQL form, so a script stops at it.
pub(super) fn run(run: &Run) -> Result<Vec<Operation>, NoWayBack> {
    let Some(step) = &run.reverse else {
        return Err(NoWayBack::Run);
    };
    Ok(vec![Operation::Run(Run {
        name: run.name.clone(),
        step: Arc::clone(step),
        script: None,
        reverse: Some(Arc::clone(&run.step)),
    })])
}

/// The same rows go, told by their primary key.
pub(super) fn bulk_insert(insert: &BulkInsert, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    let table = before.tables.get(&insert.table);
    let Some(key) = table.and_then(|table| table.primary_key()) else {
        return Err(NoWayBack::NoKey {
            table: insert.table.clone(),
        });
    };
    let mut positions = Vec::with_capacity(key.columns.len());
    for column in &key.columns {
        let position = insert.columns.iter().position(|name| name == column);
        let Some(position) = position.filter(|at| insert.rows.iter().all(|row| is_given(row, *at))) else {
            return Err(NoWayBack::KeyNotGiven {
                column: column.clone(),
            });
        };
        positions.push(position);
    }
    let rows = insert.rows.iter().map(|row| {
        let values = positions.iter().filter_map(|at| row.get(*at).cloned());
        values.collect()
    });
    Ok(vec![Operation::DeleteRows(DeleteRows {
        table: insert.table.clone(),
        columns: key.columns.clone(),
        rows: rows.collect(),
    })])
}

/// Whether a value is the same when it is written again.
fn is_given(row: &[Expression], at: usize) -> bool {
    row.get(at).is_some_and(|value| match value {
        Expression::Bool(_)
        | Expression::Integer(_)
        | Expression::Double(_)
        | Expression::Text(_)
        | Expression::Bytes(_) => true,
        Expression::Null | Expression::Now | Expression::Sql(_) => false,
    })
}
