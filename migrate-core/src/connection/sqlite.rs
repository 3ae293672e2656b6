//! SQLite's connection: the only file that names sqlx's SQLite driver.
//!
//! A connection opened here has foreign keys enforced, as sqlx does for applications. Waiting for another
//! process is SQLite's own busy handler.

use futures_util::future::BoxFuture;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteError, SqliteQueryResult, SqliteRow};
use sqlx::{
    ConnectOptions, Connection, Row as _, SqlSafeStr, Sqlite, SqliteConnection, SqlitePool, TypeInfo,
    ValueRef,
};

use super::driver::{self, Driver, Failure, Hold, OpenTransaction};
use super::{Database, DatabaseError, DatabaseErrorKind, Db, OpenError, OpenOptions, Row, Value};

/// Opens a database, or answers nothing when its file does not exist and none is to be made.
pub(super) async fn open(url: &str, options: OpenOptions) -> Result<Option<SqliteConnection>, OpenError> {
    let connect: SqliteConnectOptions = url.parse().map_err(|error: sqlx::Error| OpenError::InvalidUrl {
        reason: DatabaseError::from_sqlx(&error).message,
    })?;
    let connect = connect
        .busy_timeout(options.busy_timeout)
        .disable_statement_logging();
    let in_memory = url.contains(":memory:") || url.contains("mode=memory");
    let connect = if options.create {
        connect.create_if_missing(true)
    } else if !in_memory && !connect.get_filename().exists() {
        return Ok(None);
    } else {
        connect
    };
    let connection = connect.connect().await;
    connection
        .map(Some)
        .map_err(|error| OpenError::Database(opening(&error)))
}

/// An error while connecting is about the connection, unless somebody else holds the file.
fn opening(error: &sqlx::Error) -> DatabaseError {
    let error = DatabaseError::from_sqlx(error);
    match error.kind {
        DatabaseErrorKind::Busy => error,
        DatabaseErrorKind::Connection | DatabaseErrorKind::Statement => DatabaseError {
            kind: DatabaseErrorKind::Connection,
            ..error
        },
    }
}

/// SQLite's own answer, when the error is one of this driver's.
pub(super) fn database_error(error: &sqlx::Error) -> Option<DatabaseError> {
    let error = error.as_database_error()?;
    error.try_downcast_ref::<SqliteError>()?;
    let code = error.code().map(std::borrow::Cow::into_owned);
    // https://www.sqlite.org/rescode.html: the low byte of an extended code is the primary one; 5 is SQLITE_BUSY,
    // 6 SQLITE_LOCKED.
    let primary = code
        .as_deref()
        .and_then(|code| code.parse::<i32>().ok())
        .map(|code| code & 0xff);
    let kind = match primary {
        Some(5 | 6) => DatabaseErrorKind::Busy,
        _ => DatabaseErrorKind::Statement,
    };
    Some(DatabaseError {
        kind,
        code,
        message: error.message().to_owned(),
        detail: None,
        hint: None,
        position: None,
    })
}

impl Driver for SqliteConnection {
    fn scheme(&self) -> &'static str {
        "sqlite"
    }

    fn send<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<Vec<u64>, Failure>> {
        Box::pin(driver::send::<Sqlite>(
            self,
            sql,
            SqliteQueryResult::rows_affected,
        ))
    }

    fn fetch<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<Vec<Row>, DatabaseError>> {
        Box::pin(driver::fetch::<Sqlite>(self, sql, read_value))
    }

    fn fetch_each<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<Vec<Vec<Row>>, DatabaseError>> {
        Box::pin(driver::fetch_each::<Sqlite>(self, sql, read_value))
    }

    fn begin<'a>(
        &'a mut self,
        statement: &'static str,
    ) -> BoxFuture<'a, Result<Box<dyn OpenTransaction<'a> + 'a>, DatabaseError>> {
        Box::pin(driver::begin(self, statement.into_sql_str()))
    }

    fn in_transaction(&self) -> bool {
        self.is_in_transaction()
    }
}

/// A value by its storage class, not by the column's declared type: SQLite lets the two differ.
fn read_value(row: &SqliteRow, index: usize) -> Result<Value, DatabaseError> {
    let read = || {
        let raw = row.try_get_raw(index)?;
        if raw.is_null() {
            return Ok(Value::Null);
        }
        let class = raw.type_info().name().to_owned();
        match class.as_str() {
            "INTEGER" | "BOOLEAN" => row.try_get_unchecked(index).map(Value::Integer),
            "REAL" => row.try_get_unchecked(index).map(Value::Real),
            "BLOB" => row.try_get_unchecked(index).map(Value::Bytes),
            _ => row.try_get_unchecked(index).map(Value::Text),
        }
    };
    read().map_err(|error: sqlx::Error| DatabaseError::from_sqlx(&error))
}

impl Hold for SqliteConnection {
    fn db(&mut self) -> Db<'_> {
        Db::new(self)
    }

    fn close<'a>(self: Box<Self>) -> BoxFuture<'a, ()>
    where
        Self: 'a,
    {
        // A connection that does not close cleanly has still committed what it committed.
        Box::pin(async move { drop(Connection::close(*self).await) })
    }
}

/// A pool's connection goes back: it may be the only one to a database in memory, and there is no session state
/// to fear, for sqlx itself rolls back a transaction that was cut off.
impl Hold for PoolConnection<Sqlite> {
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

impl<'c> From<&'c mut SqliteConnection> for Database<'c> {
    fn from(connection: &'c mut SqliteConnection) -> Self {
        Self::held(connection)
    }
}

impl<'c> From<&'c mut PoolConnection<Sqlite>> for Database<'c> {
    fn from(connection: &'c mut PoolConnection<Sqlite>) -> Self {
        Self::held(&mut **connection)
    }
}

impl From<&SqlitePool> for Database<'_> {
    fn from(pool: &SqlitePool) -> Self {
        let acquire = pool.acquire();
        Self::pool(Box::pin(async move {
            let connection = acquire.await.map_err(|error| opening(&error))?;
            Ok(Box::new(connection) as Box<dyn Hold>)
        }))
    }
}

impl Db<'_> {
    /// sqlx's own connection, when the database is SQLite.
    pub fn as_sqlite(&mut self) -> Option<&mut SqliteConnection> {
        self.native()
    }
}
