//! PostgreSQL's indexes.

use crate::dialect::ddl::ElementParts;
use crate::dialect::postgres::Postgres;
use crate::dialect::sql::Writer;
use crate::dialect::{Commit, Statement, Unsupported, ddl};
use crate::operation::{CreateIndex, DropIndex};

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
    Ok(committed(writer.finish()?, create.concurrently))
}

pub(super) fn drop_index(dialect: &Postgres, drop: &DropIndex) -> Result<Statement, Unsupported> {
    let statement = Writer::new(dialect)
        .raw("DROP INDEX ")
        .raw_if(drop.concurrently, "CONCURRENTLY ")
        .raw_if(drop.if_exists, "IF EXISTS ")
        .qualified(&drop.table.sibling(&drop.name))
        .finish()?;
    Ok(committed(statement, drop.concurrently))
}

/// What is done concurrently refuses a transaction.
fn committed(statement: Statement, concurrently: bool) -> Statement {
    let commit = if concurrently {
        Commit::Alone
    } else {
        Commit::Together
    };
    Statement { commit, ..statement }
}
