//! PostgreSQL's connection: the only file that names sqlx's PostgreSQL driver.

use futures_util::future::BoxFuture;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgDatabaseError, PgErrorPosition, PgQueryResult, PgRow};
use sqlx::{
    ConnectOptions, Connection, PgConnection, PgPool, Postgres, Row as _, SqlSafeStr, TypeInfo, ValueRef,
};

use super::driver::{self, Driver, Failure, Hold, OpenTransaction};
use super::{Database, DatabaseError, DatabaseErrorKind, Db, OpenError, Row, Value};

pub(super) async fn open(url: &str) -> Result<PgConnection, OpenError> {
    let options: PgConnectOptions = url.parse().map_err(|error: sqlx::Error| OpenError::InvalidUrl {
        reason: DatabaseError::from_sqlx(&error).message,
    })?;
    let connection = options.disable_statement_logging().connect().await;
    connection.map_err(|error| OpenError::of_server(&error, comes_or_goes))
}

/// The codes of a server that stops, that has crashed, or that starts.
fn comes_or_goes(code: &str) -> bool {
    matches!(code, "57P01" | "57P02" | "57P03")
}

/// The server's own answer, when the error is one of this driver's.
pub(super) fn server_error(error: &sqlx::Error) -> Option<DatabaseError> {
    let error = error.as_database_error()?.try_downcast_ref::<PgDatabaseError>()?;
    let code = error.code();
    // https://www.postgresql.org/docs/current/errcodes-appendix.html: class 08 is a connection exception, 28 an
    // invalid authorisation, 57P01 to 57P03 a server that goes or comes, 55P03 a lock not available.
    let kind = match code {
        "55P03" => DatabaseErrorKind::Busy,
        _ if comes_or_goes(code) => DatabaseErrorKind::Connection,
        _ if code.starts_with("08") || code.starts_with("28") => DatabaseErrorKind::Connection,
        _ => DatabaseErrorKind::Statement,
    };
    Some(DatabaseError {
        kind,
        code: Some(code.to_owned()),
        message: error.message().to_owned(),
        detail: error.detail().map(str::to_owned),
        hint: error.hint().map(str::to_owned),
        position: match error.position() {
            Some(PgErrorPosition::Original(position)) => Some(position),
            Some(PgErrorPosition::Internal { .. }) | None => None,
        },
    })
}

impl Driver for PgConnection {
    fn scheme(&self) -> &'static str {
        "postgres"
    }

    fn send<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<Vec<u64>, Failure>> {
        Box::pin(driver::send::<Postgres>(self, sql, PgQueryResult::rows_affected))
    }

    fn fetch<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<Vec<Row>, DatabaseError>> {
        Box::pin(driver::fetch::<Postgres>(self, sql, read_value))
    }

    fn fetch_each<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<Vec<Vec<Row>>, DatabaseError>> {
        Box::pin(driver::fetch_each::<Postgres>(self, sql, read_value))
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

/// A value in the text form in which an unprepared statement's answer comes.
fn read_value(row: &PgRow, index: usize) -> Result<Value, DatabaseError> {
    let raw = row
        .try_get_raw(index)
        .map_err(|error| DatabaseError::from_sqlx(&error))?;
    if raw.is_null() {
        return Ok(Value::Null);
    }
    let kind = raw.type_info().name().to_owned();
    let text = raw.as_str().map_err(|error| {
        DatabaseError::plain(
            DatabaseErrorKind::Statement,
            format!("a value that is no text: {error}"),
        )
    })?;
    let value = match kind.as_str() {
        "BOOL" => Some(Value::Bool(text == "t")),
        "INT2" | "INT4" | "INT8" | "OID" => text.parse().ok().map(Value::Integer),
        "FLOAT4" | "FLOAT8" => text.parse().ok().map(Value::Real),
        "BYTEA" => bytes(text).map(Value::Bytes),
        _ => None,
    };
    Ok(value.unwrap_or_else(|| Value::Text(text.to_owned())))
}

/// `bytea` in its hex form, `\x00ff`.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("\\x")?.as_bytes();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

impl Hold for PgConnection {
    fn db(&mut self) -> Db<'_> {
        Db::new(self)
    }

    fn close<'a>(self: Box<Self>) -> BoxFuture<'a, ()>
    where
        Self: 'a,
    {
        // A goodbye that does not arrive changes nothing: what was to be known is known.
        Box::pin(async move { drop(Connection::close(*self).await) })
    }
}

/// A pool's connection is closed at the end: a lock or a transaction that a cut-off run might have left dies
/// with its session.
impl Hold for PoolConnection<Postgres> {
    fn db(&mut self) -> Db<'_> {
        Db::new(&mut **self)
    }

    fn close<'a>(self: Box<Self>) -> BoxFuture<'a, ()>
    where
        Self: 'a,
    {
        Box::pin(async move { drop((*self).close().await) })
    }
}

impl<'c> From<&'c mut PgConnection> for Database<'c> {
    fn from(connection: &'c mut PgConnection) -> Self {
        Self::held(connection)
    }
}

impl<'c> From<&'c mut PoolConnection<Postgres>> for Database<'c> {
    fn from(connection: &'c mut PoolConnection<Postgres>) -> Self {
        Self::held(&mut **connection)
    }
}

impl From<&PgPool> for Database<'_> {
    fn from(pool: &PgPool) -> Self {
        let acquire = pool.acquire();
        Self::pool(Box::pin(async move {
            let mut connection = acquire
                .await
                .map_err(|error| DatabaseError::while_opening(&error))?;
            connection.close_on_drop();
            Ok(Box::new(connection) as Box<dyn Hold>)
        }))
    }
}

impl Db<'_> {
    /// sqlx's own connection, when the database is PostgreSQL.
    pub fn as_postgres(&mut self) -> Option<&mut PgConnection> {
        self.native()
    }
}
