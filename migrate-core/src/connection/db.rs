//! [`Db`]: the connection as a data step and the runtime see it.

use std::any::Any;
use std::fmt;

use super::{DatabaseError, Driver, Failure, OpenTransaction, Row};

/// A live connection, inside the migration's transaction.
///
/// `execute` and `fetch_all` work on every database; [`as_postgres`](Self::as_postgres),
/// [`as_mysql`](Self::as_mysql) and [`as_sqlite`](Self::as_sqlite) give sqlx's own connection, for binds and native
/// types. A `begin` on it is a
/// savepoint of the migration's transaction; only the runtime ends that one.
///
/// ```
/// use migrate_core::prelude::*;
///
/// async fn normalise_names(db: &mut Db<'_>) -> Result {
///     for row in db.fetch_all("SELECT id, name FROM users").await? {
///         let (id, name): (i64, String) = (row.get("id")?, row.get("name")?);
///         if let Some(db) = db.as_sqlite() {
///             let update = "UPDATE users SET name = ? WHERE id = ?";
///             migrate_core::sqlx::query(update).bind(name.trim()).bind(id).execute(db).await?;
///         }
///     }
///     Ok(())
/// }
/// ```
pub struct Db<'c> {
    driver: &'c mut dyn Driver,
    lent: bool,
}

impl<'c> Db<'c> {
    pub(crate) fn new(driver: &'c mut dyn Driver) -> Self {
        Self { driver, lent: true }
    }

    /// The same connection, of which nobody has anything after the run.
    pub(crate) fn owned(self) -> Self {
        Self { lent: false, ..self }
    }

    /// Whether somebody goes on with the connection after the run.
    pub(crate) fn lent(&self) -> bool {
        self.lent
    }

    /// The same connection for a shorter while.
    pub(crate) fn reborrow(&mut self) -> Db<'_> {
        Db {
            driver: &mut *self.driver,
            lent: self.lent,
        }
    }

    /// Runs a statement and gives the number of rows that it changed.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn execute(&mut self, sql: &str) -> Result<u64, DatabaseError> {
        let counts = self.driver.send(sql).await.map_err(|failure| failure.error)?;
        Ok(counts.iter().sum())
    }

    /// Runs a statement and gives all rows of its answer.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn fetch_all(&mut self, sql: &str) -> Result<Vec<Row>, DatabaseError> {
        self.driver.fetch(sql).await
    }

    /// Sends statements, several in one message, and gives the rows of each one's answer.
    pub(crate) async fn fetch_each(&mut self, sql: &str) -> Result<Vec<Vec<Row>>, DatabaseError> {
        self.driver.fetch_each(sql).await
    }

    /// The scheme by which a dialect is found.
    pub(crate) fn scheme(&self) -> &'static str {
        self.driver.scheme()
    }

    /// Sends text, several statements in one message, and gives the row count of each.
    pub(crate) async fn send(&mut self, sql: &str) -> Result<Vec<u64>, Failure> {
        self.driver.send(sql).await
    }

    pub(crate) async fn begin(&mut self, statement: &'static str) -> Result<Transaction<'_>, DatabaseError> {
        self.driver.begin(statement).await
    }

    pub(crate) fn in_transaction(&self) -> bool {
        self.driver.in_transaction()
    }

    pub(crate) fn native<T: 'static>(&mut self) -> Option<&mut T> {
        let driver: &mut dyn Any = &mut *self.driver;
        driver.downcast_mut()
    }
}

/// A transaction that is open. Dropped, it is rolled back.
pub(crate) type Transaction<'a> = Box<dyn OpenTransaction<'a> + 'a>;

impl fmt::Debug for Db<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Db")
            .field("scheme", &self.scheme())
            .finish_non_exhaustive()
    }
}
