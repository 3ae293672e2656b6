//! Sending statements to a server, and reading what it holds, whichever it is.

use migrate_core::dialect::Scope;
use migrate_core::schema::Metadata;
use migrate_core::sqlx::{AssertSqlSafe, Connection, Executor, raw_sql};
use migrate_tests::migrations::{migration, migrator};

/// What is there, as the `Migrator` reads it.
pub(crate) async fn read(url: &str) -> Metadata {
    let migrator = migrator(vec![migration("a", &[], |_| Ok(()), |_| Ok(()))]);
    migrator.reflect(url, &Scope::Current).await.unwrap().metadata
}

/// Sends statements one by one.
pub(crate) async fn send<C>(connection: &mut C, statements: &[String]) -> Result<(), String>
where
    C: Connection,
    for<'c> &'c mut C: Executor<'c, Database = C::Database>,
{
    for statement in statements {
        let sent = raw_sql(AssertSqlSafe(statement.as_str()))
            .execute(&mut *connection)
            .await;
        sent.map_err(|error| format!("{statement}\n{error}"))?;
    }
    Ok(())
}
