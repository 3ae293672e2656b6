//! What a driver must do for the layers above: send text, fetch rows, open a transaction.
//!
//! A driver knows nothing about migrations, the version table or dialects.

use std::any::Any;
use std::sync::Arc;

use futures_util::TryStreamExt;
use futures_util::future::BoxFuture;
use sqlx::{AssertSqlSafe, Column, Connection, Either, Executor, SqlStr};

use super::{DatabaseError, Db, Row, Value};

/// A message that failed, and how many of its statements were completed before that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) completed: usize,
    pub(crate) error: DatabaseError,
}

/// A live connection of one database.
pub(crate) trait Driver: Any + Send {
    /// The scheme by which a dialect is found.
    fn scheme(&self) -> &'static str;

    /// Sends text, several statements in one message, and gives the row count of each.
    fn send<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<Vec<u64>, Failure>>;

    /// Sends one statement and gives the rows of its answer.
    fn fetch<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<Vec<Row>, DatabaseError>>;

    /// Sends several statements in one message and gives the rows of each one's answer.
    fn fetch_each<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<Vec<Vec<Row>>, DatabaseError>>;

    /// Opens a transaction by this statement, in such a way that a `begin` on the native connection inside it
    /// is a savepoint.
    fn begin<'a>(
        &'a mut self,
        statement: &'static str,
    ) -> BoxFuture<'a, Result<Box<dyn OpenTransaction<'a> + 'a>, DatabaseError>>;

    /// Whether the driver knows of a transaction that is open.
    fn in_transaction(&self) -> bool;
}

/// A transaction that a driver opened. Dropped, it is rolled back.
pub(crate) trait OpenTransaction<'a>: Send {
    fn db(&mut self) -> Db<'_>;
    fn commit(self: Box<Self>) -> BoxFuture<'a, Result<(), DatabaseError>>;
    fn rollback(self: Box<Self>) -> BoxFuture<'a, Result<(), DatabaseError>>;
}

/// Whatever holds a connection: itself, a reference to it, a pool's guard.
pub(crate) trait Hold: Send {
    fn db(&mut self) -> Db<'_>;

    /// Ends the use of the connection: one of our own says goodbye to the server, a caller's is given back.
    fn close<'a>(self: Box<Self>) -> BoxFuture<'a, ()>
    where
        Self: 'a;
}

/// A reference to a caller's connection: given back as it is.
impl<C: Driver> Hold for &mut C {
    fn db(&mut self) -> Db<'_> {
        Db::new(&mut **self)
    }

    fn close<'a>(self: Box<Self>) -> BoxFuture<'a, ()>
    where
        Self: 'a,
    {
        Box::pin(std::future::ready(()))
    }
}

impl<'a, DB> OpenTransaction<'a> for sqlx::Transaction<'a, DB>
where
    DB: sqlx::Database,
    DB::Connection: Driver,
{
    fn db(&mut self) -> Db<'_> {
        Db::new(&mut **self)
    }

    fn commit(self: Box<Self>) -> BoxFuture<'a, Result<(), DatabaseError>> {
        Box::pin(async move {
            (*self)
                .commit()
                .await
                .map_err(|error| DatabaseError::from_sqlx(&error))
        })
    }

    fn rollback(self: Box<Self>) -> BoxFuture<'a, Result<(), DatabaseError>> {
        Box::pin(async move {
            (*self)
                .rollback()
                .await
                .map_err(|error| DatabaseError::from_sqlx(&error))
        })
    }
}

/// [`Driver::send`] for any of sqlx's databases; `count` reads the row count of one result.
pub(super) async fn send<DB>(
    connection: &mut DB::Connection,
    sql: &str,
    count: fn(&DB::QueryResult) -> u64,
) -> Result<Vec<u64>, Failure>
where
    DB: sqlx::Database,
    for<'e> &'e mut DB::Connection: Executor<'e, Database = DB>,
{
    let mut counts = Vec::new();
    let mut answers = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_many(connection);
    loop {
        match answers.try_next().await {
            Ok(Some(Either::Left(done))) => counts.push(count(&done)),
            Ok(Some(Either::Right(_row))) => {}
            Ok(None) => return Ok(counts),
            Err(error) => {
                let error = DatabaseError::from_sqlx(&error);
                return Err(Failure {
                    completed: counts.len(),
                    error,
                });
            }
        }
    }
}

/// [`Driver::fetch`] for any of sqlx's databases; `value` reads one value of a row.
pub(super) async fn fetch<DB>(
    connection: &mut DB::Connection,
    sql: &str,
    value: fn(&DB::Row, usize) -> Result<Value, DatabaseError>,
) -> Result<Vec<Row>, DatabaseError>
where
    DB: sqlx::Database,
    for<'e> &'e mut DB::Connection: Executor<'e, Database = DB>,
{
    let rows = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(connection).await;
    let rows = rows.map_err(|error| DatabaseError::from_sqlx(&error))?;
    read::<DB>(&rows, value)
}

/// [`Driver::fetch_each`] for any of sqlx's databases; `value` reads one value of a row.
pub(super) async fn fetch_each<DB>(
    connection: &mut DB::Connection,
    sql: &str,
    value: fn(&DB::Row, usize) -> Result<Value, DatabaseError>,
) -> Result<Vec<Vec<Row>>, DatabaseError>
where
    DB: sqlx::Database,
    for<'e> &'e mut DB::Connection: Executor<'e, Database = DB>,
{
    let (mut all, mut rows) = (Vec::new(), Vec::new());
    let mut answers = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_many(connection);
    while let Some(answer) = answers
        .try_next()
        .await
        .map_err(|error| DatabaseError::from_sqlx(&error))?
    {
        match answer {
            Either::Right(row) => rows.push(row),
            Either::Left(_done) => all.push(read::<DB>(&std::mem::take(&mut rows), value)?),
        }
    }
    Ok(all)
}

/// The rows of one answer.
fn read<DB: sqlx::Database>(
    rows: &[DB::Row],
    value: fn(&DB::Row, usize) -> Result<Value, DatabaseError>,
) -> Result<Vec<Row>, DatabaseError> {
    let Some(first) = rows.first() else {
        return Ok(Vec::new());
    };
    let columns = sqlx::Row::columns(first)
        .iter()
        .map(|column| column.name().to_owned());
    let columns: Arc<[String]> = columns.collect();
    rows.iter()
        .map(|row| {
            let values = (0..columns.len())
                .map(|index| value(row, index))
                .collect::<Result<_, _>>()?;
            Ok(Row::new(Arc::clone(&columns), values))
        })
        .collect()
}

/// [`Driver::begin`] for any of sqlx's databases.
pub(super) async fn begin<'a, C>(
    connection: &'a mut C,
    statement: SqlStr,
) -> Result<Box<dyn OpenTransaction<'a> + 'a>, DatabaseError>
where
    C: Connection + Driver,
    C::Database: sqlx::Database<Connection = C>,
{
    let transaction = connection.begin_with(statement).await;
    let transaction = transaction.map_err(|error| DatabaseError::from_sqlx(&error))?;
    Ok(Box::new(transaction))
}
