//! The connection of MySQL and MariaDB: the only file that names sqlx's driver for them.
//!
//! sqlx changes what SQL means as it connects: `||`, storage engines, the time zone. That is undone here. What a
//! session of a migration is set to is its dialect's business.

use futures_util::future::BoxFuture;
use sqlx::mysql::{MySqlConnectOptions, MySqlDatabaseError, MySqlQueryResult, MySqlRow};
use sqlx::pool::PoolConnection;
use sqlx::{
    ConnectOptions, Connection, MySql, MySqlConnection, MySqlPool, Row as _, SqlSafeStr, Type, TypeInfo,
    ValueRef,
};

use super::driver::{self, Driver, Failure, Hold, OpenTransaction};
use super::{Database, DatabaseError, DatabaseErrorKind, Db, OpenError, Row, Value};

pub(super) async fn open(url: &str) -> Result<MySqlConnection, OpenError> {
    let options: MySqlConnectOptions = url.parse().map_err(|error: sqlx::Error| OpenError::InvalidUrl {
        reason: DatabaseError::from_sqlx(&error).message,
    })?;
    let options = options
        .charset("utf8mb4")
        .pipes_as_concat(false)
        .no_engine_substitution(false)
        .disable_statement_logging();
    let names_time_zone = url.contains("timezone=") || url.contains("time-zone=");
    let options = if names_time_zone {
        options
    } else {
        options.timezone(None)
    };
    let connection = options.connect().await;
    // 1053: the server stops.
    connection.map_err(|error| OpenError::of_server(&error, |code| code.starts_with("1053/")))
}

/// The server's own answer, when the error is one of this driver's.
pub(super) fn server_error(error: &sqlx::Error) -> Option<DatabaseError> {
    let error = error
        .as_database_error()?
        .try_downcast_ref::<MySqlDatabaseError>()?;
    // https://mariadb.com/kb/en/mariadb-error-code-reference/
    let kind = match error.number() {
        // A lock not had in time, a deadlock, a lock not to be waited for.
        1205 | 1213 | 3572 => DatabaseErrorKind::Busy,
        // Too many connections; access denied; a server that goes; a connection that was killed, aborted or timed out.
        1040 | 1044 | 1045 | 1053 | 1152 | 1184 | 1927 | 2006 | 2013 | 4031 => DatabaseErrorKind::Connection,
        _ => DatabaseErrorKind::Statement,
    };
    let code = match error.code() {
        Some(state) => format!("{}/{state}", error.number()),
        None => error.number().to_string(),
    };
    Some(DatabaseError {
        kind,
        code: Some(code),
        message: error.message().to_owned(),
        detail: None,
        hint: None,
        position: None,
    })
}

impl Driver for MySqlConnection {
    fn scheme(&self) -> &'static str {
        "mysql"
    }

    fn send<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<Vec<u64>, Failure>> {
        Box::pin(driver::send::<MySql>(self, sql, MySqlQueryResult::rows_affected))
    }

    fn fetch<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<Vec<Row>, DatabaseError>> {
        Box::pin(driver::fetch::<MySql>(self, sql, read_value))
    }

    fn fetch_each<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<Vec<Vec<Row>>, DatabaseError>> {
        Box::pin(driver::fetch_each::<MySql>(self, sql, read_value))
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

/// A value in the text form in which an unprepared statement's answer comes. There are no booleans: a `BOOLEAN` is an
/// integer of one byte. Whether it is text, its character set says, not its type.
fn read_value(row: &MySqlRow, index: usize) -> Result<Value, DatabaseError> {
    let failed = |error: &sqlx::Error| DatabaseError::from_sqlx(error);
    let raw = row.try_get_raw(index).map_err(|error| failed(&error))?;
    if raw.is_null() {
        return Ok(Value::Null);
    }
    let info = raw.type_info().into_owned();
    let bytes: Vec<u8> = row.try_get_unchecked(index).map_err(|error| failed(&error))?;
    let name = info.name();
    let binary = ["BLOB", "BINARY", "BIT", "GEOMETRY"]
        .iter()
        .any(|kind| name.contains(kind));
    if binary && !<str as Type<MySql>>::compatible(&info) {
        return Ok(Value::Bytes(bytes));
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Ok(Value::Bytes(error.into_bytes())),
    };
    let value = match name {
        "FLOAT" | "DOUBLE" => text.parse().ok().map(Value::Real),
        "BOOLEAN" | "YEAR" => text.parse().ok().map(Value::Integer),
        _ if name.contains("INT") => text.parse().ok().map(Value::Integer),
        _ => None,
    };
    Ok(value.unwrap_or(Value::Text(text)))
}

impl Hold for MySqlConnection {
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
impl Hold for PoolConnection<MySql> {
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

impl<'c> From<&'c mut MySqlConnection> for Database<'c> {
    fn from(connection: &'c mut MySqlConnection) -> Self {
        Self::held(connection)
    }
}

impl<'c> From<&'c mut PoolConnection<MySql>> for Database<'c> {
    fn from(connection: &'c mut PoolConnection<MySql>) -> Self {
        Self::held(&mut **connection)
    }
}

impl From<&MySqlPool> for Database<'_> {
    fn from(pool: &MySqlPool) -> Self {
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
    /// sqlx's own connection, when the database is MySQL or MariaDB.
    pub fn as_mysql(&mut self) -> Option<&mut MySqlConnection> {
        self.native()
    }
}
