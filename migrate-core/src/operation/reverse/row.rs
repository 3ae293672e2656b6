//! The way back from rows, an author's own SQL and data steps.

use std::sync::Arc;

use super::NoWayBack;
use crate::operation::{BulkInsert, DeleteRows, Execute, Operation, Run};
use crate::schema::{Expression, Metadata};

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
