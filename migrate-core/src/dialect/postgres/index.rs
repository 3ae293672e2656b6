//! PostgreSQL's indexes.

use crate::dialect::ddl::ElementParts;
use crate::dialect::postgres::Postgres;
use crate::dialect::sql::Writer;
use crate::dialect::{Commit, Dialect, Probe, Statement, Unsupported, ddl};
use crate::operation::{CreateIndex, DropIndex, RenameIndex};
use crate::schema::QualifiedName;

const PARTS: ElementParts = ElementParts {
    collation: true,
    operator_class: true,
    nulls: true,
    length: false,
};

pub(super) fn create_index(dialect: &Postgres, create: &CreateIndex) -> Result<Statement, Unsupported> {
    let index = &create.index;
    let mut writer = Writer::new(dialect);
    writer
        .raw("CREATE ")
        .raw_if(index.unique, "UNIQUE ")
        .raw("INDEX ")
        .raw_if(create.concurrently, "CONCURRENTLY ")
        .raw_if(create.if_not_exists, "IF NOT EXISTS ")
        .name(&index.name)
        .raw(" ON ")
        .qualified(&index.table);
    if let Some(method) = &index.method {
        writer.raw(" USING ").name(method);
    }
    writer.raw(" ");
    ddl::index_elements(&mut writer, &index.elements, &PARTS, |writer, column| {
        writer.name(column);
    });
    if !index.include.is_empty() {
        writer.raw(" INCLUDE ").names(&index.include);
    }
    writer.raw_if(index.nulls_not_distinct, " NULLS NOT DISTINCT");
    ddl::options(&mut writer, &index.options);
    if let Some(predicate) = &index.predicate {
        writer.raw(" WHERE ").parenthesised(predicate);
    }
    let statement = writer.finish()?;
    if !create.concurrently {
        return Ok(statement);
    }
    let clean = Writer::new(dialect)
        .raw("DROP INDEX CONCURRENTLY IF EXISTS ")
        .qualified(&index.table.sibling(&index.name))
        .finish()?;
    let state =
        "WHEN pg_catalog.bool_and(i.indisvalid) THEN 'done' WHEN count(*) > 0 THEN 'leftover' ELSE 'absent'";
    Ok(Statement {
        commit: Commit::Alone,
        probe: Some(Probe {
            query: probe(dialect, &index.table, &index.name, state)?,
            clean: Some(clean.sql),
        }),
        ..statement
    })
}

/// The index stands in its table's schema.
pub(super) fn rename_index(dialect: &Postgres, rename: &RenameIndex) -> Result<Statement, Unsupported> {
    Writer::new(dialect)
        .raw("ALTER INDEX ")
        .qualified(&rename.table.sibling(&rename.name))
        .raw(" RENAME TO ")
        .name(&rename.to)
        .finish()
}

pub(super) fn drop_index(dialect: &Postgres, drop: &DropIndex) -> Result<Statement, Unsupported> {
    let statement = Writer::new(dialect)
        .raw("DROP INDEX ")
        .raw_if(drop.concurrently, "CONCURRENTLY ")
        .raw_if(drop.if_exists, "IF EXISTS ")
        .qualified(&drop.table.sibling(&drop.name))
        .finish()?;
    if !drop.concurrently {
        return Ok(statement);
    }
    // One that was broken off leaves an invalid index, which is dropped like any other.
    let state = "WHEN count(*) = 0 THEN 'done' ELSE 'absent'";
    Ok(Statement {
        commit: Commit::Alone,
        probe: Some(Probe {
            query: probe(dialect, &drop.table, &drop.name, state)?,
            clean: None,
        }),
        ..statement
    })
}

/// Asks about the index of this name on this table. An index whose concurrent build failed, or was broken off, stays and
/// is invalid: <https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY>.
fn probe(dialect: &Postgres, table: &QualifiedName, index: &str, state: &str) -> Result<String, Unsupported> {
    let table = Writer::new(dialect).qualified(table).finish()?;
    Ok(format!(
        "SELECT CASE {state} END FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid \
         WHERE c.relname = {} AND i.indrelid = pg_catalog.to_regclass({})",
        dialect.literal(index),
        dialect.literal(&table.sql)
    ))
}
