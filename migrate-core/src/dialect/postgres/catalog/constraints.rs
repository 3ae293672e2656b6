//! Constraints, those of them included that have an index of their own.

use std::collections::BTreeMap;

use super::indexes::Elements;
use super::{name, row, tables};
use crate::dialect::{Present, Unreadable};
use crate::schema::{
    Action, Check, Constraint, Deferrable, Exclude, ForeignKey, PrimaryKey, QualifiedName, Table, Unique,
};

/// `NOT NULL`, which newer versions keep as a constraint too, is a column's. What a foreign key to a partitioned table is
/// for each partition has a parent.
pub(super) const CONSTRAINTS: &str = "SELECT r.schema, r.name, c.conname::text, c.contype::text, (
        SELECT array_agg(attname::text ORDER BY k.place)
        FROM unnest(c.conkey) WITH ORDINALITY AS k (number, place)
        JOIN pg_catalog.pg_attribute ON attrelid = c.conrelid AND attnum = k.number
    )::text,
    NULLIF(n.nspname, (SELECT current_schema()))::text, f.relname::text, (
        SELECT array_agg(attname::text ORDER BY k.place)
        FROM unnest(c.confkey) WITH ORDINALITY AS k (number, place)
        JOIN pg_catalog.pg_attribute ON attrelid = c.confrelid AND attnum = k.number
    )::text,
    c.confdeltype::text, c.confupdtype::text, (c.confmatchtype = 'f')::text,
    c.condeferrable::text, c.condeferred::text, pg_catalog.pg_get_expr(c.conbin, c.conrelid),
    CASE c.contype WHEN 'u' THEN to_jsonb(i) ->> 'indnullsnotdistinct' END, amname::text, pg_catalog.pg_get_expr(i.indpred, i.indrelid)
FROM pg_catalog.pg_constraint AS c JOIN relation AS r ON r.oid = c.conrelid
LEFT JOIN pg_catalog.pg_class AS f ON f.oid = c.confrelid
LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = f.relnamespace
LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = c.conindid AND c.contype IN ('p', 'u', 'x')
LEFT JOIN pg_catalog.pg_class AS ic ON ic.oid = i.indexrelid
LEFT JOIN pg_catalog.pg_am AS am ON am.oid = ic.relam
WHERE c.contype IN ('p', 'u', 'f', 'c', 'x') AND c.conparentid = 0 AND r.relkind IN ('r', 'p')
ORDER BY r.schema, r.name, c.conname";

pub(super) fn constraints(
    tables: &mut BTreeMap<QualifiedName, Table>,
    elements: &Elements,
    present: &Present,
) -> Result<(), Unreadable> {
    for row in row::rows(present) {
        let [
            schema,
            table,
            of,
            kind,
            columns,
            to_schema,
            to,
            to_columns,
            on_delete,
            on_update,
            match_full,
            can_wait,
            waits,
            condition,
            nulls,
            method,
            predicate,
        ] = row?;
        let table = tables::of(tables, &name(schema, table)?)?;
        let of = row::required(of, "a constraint's name")?.to_owned();
        let columns = row::list(columns, "the columns of a constraint")?;
        let waits = row::flag(waits, "whether a constraint is deferred")?;
        let deferrable = row::flag(can_wait, "whether a constraint is deferrable")?.then_some(if waits {
            Deferrable::InitiallyDeferred
        } else {
            Deferrable::InitiallyImmediate
        });
        table.constraints.push(match kind {
            Some("p") => Constraint::PrimaryKey(PrimaryKey {
                name: of,
                columns,
                deferrable,
            }),
            Some("u") => Constraint::Unique(Unique {
                name: of,
                columns,
                nulls_not_distinct: row::flag(nulls, "whether NULL is distinct")?,
                deferrable,
            }),
            Some("f") => Constraint::ForeignKey(ForeignKey {
                name: of,
                columns,
                referent: name(to_schema, to)?,
                referent_columns: row::list(to_columns, "the columns of a foreign key")?,
                on_delete: action(on_delete)?,
                on_update: action(on_update)?,
                match_full: row::flag(match_full, "how a foreign key matches")?,
                deferrable,
            }),
            Some("c") => Constraint::Check(Check {
                name: of,
                condition: row::required(condition, "a check's condition")?.to_owned(),
            }),
            Some("x") => Constraint::Exclude(Exclude {
                elements: elements.compared(&table.name, &of)?,
                name: of,
                method: method.map(str::to_owned),
                predicate: predicate.map(str::to_owned),
                deferrable,
            }),
            other => return Err(row::unreadable("the kind of a constraint", other)),
        });
    }
    Ok(())
}

/// An error when the constraint is checked is the default.
fn action(value: Option<&str>) -> Result<Option<Action>, Unreadable> {
    Ok(match value {
        Some("a") => None,
        Some("r") => Some(Action::Restrict),
        Some("c") => Some(Action::Cascade),
        Some("n") => Some(Action::SetNull),
        Some("d") => Some(Action::SetDefault),
        other => return Err(row::unreadable("what a foreign key does", other)),
    })
}
