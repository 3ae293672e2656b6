//! What a run met that was there before any migration: a table of a database that was made by other means.

use migrate_graph::Direction;

use crate::connection::Db;
use crate::dialect::{Dialect, Scope};
use crate::operation::{Arguments, Operation};
use crate::runtime::{ApplyError, Work, record, reflect};
use crate::schema::QualifiedName;

/// The table that a failed statement was to make, when it is there already in a database to which no migration was applied.
///
/// The database is asked, for not every database's code says why it refused.
pub(super) async fn existing(
    db: &mut Db<'_>,
    dialect: &dyn Dialect,
    work: &Work,
    cause: &ApplyError,
    arguments: &Arguments,
) -> Option<QualifiedName> {
    if work.step.direction != Direction::Upgrade || !work.rows_before.is_empty() {
        return None;
    }
    let table = made(dialect, work, cause.statement()?, arguments)?;
    let scope = match &table.schema {
        None => Scope::Current,
        Some(schema) => Scope::Schemas(vec![schema.clone()]),
    };
    let reading = reflect(db, dialect, &scope).await.ok()?;
    let mut held = reading.metadata.tables.keys().chain(reading.undescribed.keys());
    // In the scope that was asked for; some databases know a name however it is written.
    held.any(|there| there.name.eq_ignore_ascii_case(&table.name))
        .then_some(table)
}

/// The table that a statement of a migration makes.
fn made(dialect: &dyn Dialect, work: &Work, statement: &str, arguments: &Arguments) -> Option<QualifiedName> {
    let migration = work.migration?;
    let recorded = record(migration, migration.upgrade, arguments).ok()?;
    recorded.into_iter().find_map(|recorded| {
        let Operation::CreateTable(create) = recorded.operation else {
            return None;
        };
        let name = create.table.name.clone();
        let statements = dialect.compile(&Operation::CreateTable(create)).ok()?;
        statements.iter().any(|one| one.sql == statement).then_some(name)
    })
}
