//! What a database answers when it cannot, and what a data step may fail with.
//!
//! A driver's error becomes a [`DatabaseError`] at the driver's own file: message, code, detail and hint as the
//! server gave them. The driver's own rendering is never shown, so nothing that it might add (a URL, a
//! statement) can reach a terminal.

use std::error::Error;
use std::fmt;
use std::time::Duration;

/// What kind of failure a [`DatabaseError`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseErrorKind {
    /// The database could not be reached, refused the login, or the connection was lost.
    Connection,
    /// A lock was not to be had in time.
    Busy,
    /// The statement itself failed.
    Statement,
}

/// A database's answer to what it could not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseError {
    /// What kind of failure it is.
    pub kind: DatabaseErrorKind,
    /// SQLSTATE on PostgreSQL, the extended result code on SQLite, the number and SQLSTATE on MySQL: `1062/23000`.
    pub code: Option<String>,
    /// The message as the database gave it.
    pub message: String,
    /// PostgreSQL's detail line.
    pub detail: Option<String>,
    /// PostgreSQL's hint line.
    pub hint: Option<String>,
    /// Where in the text that was sent the error lies, in characters from 1, when the server says so.
    pub position: Option<usize>,
}

impl DatabaseError {
    /// A failure of the connection, told in our words.
    pub(crate) fn connection(message: impl Into<String>) -> Self {
        Self::plain(DatabaseErrorKind::Connection, message)
    }

    pub(crate) fn plain(kind: DatabaseErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            code: None,
            message: message.into(),
            detail: None,
            hint: None,
            position: None,
        }
    }

    /// An error while connecting is about the connection, whatever the server calls it.
    #[cfg(any(feature = "mysql", feature = "postgres"))]
    pub(super) fn while_opening(error: &sqlx::Error) -> Self {
        Self {
            kind: DatabaseErrorKind::Connection,
            ..Self::from_sqlx(error)
        }
    }

    /// Everything that sqlx can fail with besides an answer of the server, which each driver reads itself.
    pub(crate) fn from_sqlx(error: &sqlx::Error) -> Self {
        #[cfg(feature = "postgres")]
        if let Some(error) = super::postgres::server_error(error) {
            return error;
        }
        #[cfg(feature = "mysql")]
        if let Some(error) = super::mysql::server_error(error) {
            return error;
        }
        #[cfg(feature = "sqlite")]
        if let Some(error) = super::sqlite::database_error(error) {
            return error;
        }
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "sqlx's enum is non-exhaustive; what is not about the connection is about the statement"
        )]
        match error {
            sqlx::Error::Io(error) => Self::connection(error.to_string()),
            sqlx::Error::Tls(error) => Self::connection(format!("TLS: {error}")),
            sqlx::Error::Protocol(message) => Self::connection(message.clone()),
            sqlx::Error::Configuration(error) => Self::connection(error.to_string()),
            sqlx::Error::PoolTimedOut => {
                Self::plain(DatabaseErrorKind::Busy, "the pool had no free connection in time")
            }
            sqlx::Error::PoolClosed => Self::connection("the pool is closed"),
            sqlx::Error::WorkerCrashed => Self::connection("the connection's worker thread is gone"),
            other => Self::plain(DatabaseErrorKind::Statement, other.to_string()),
        }
    }
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(code) = &self.code {
            write!(f, " (code {code})")?;
        }
        if let Some(detail) = &self.detail {
            write!(f, "; {detail}")?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "; {hint}")?;
        }
        Ok(())
    }
}

impl Error for DatabaseError {}

/// Why a database could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The URL has no scheme that names a database.
    #[error("{}: use `sqlite://`, `postgres://`, `mysql://`", unknown(scheme))]
    UnknownScheme {
        /// What stands before the first `:`; never the rest, which may hold a password.
        scheme: String,
    },
    /// The URL names a database whose driver is not compiled in.
    #[error("the driver for `{feature}` is not compiled in: enable the feature `{feature}`")]
    NoDriver {
        /// The feature of this crate that brings the driver.
        feature: &'static str,
    },
    /// The URL cannot be read.
    #[error("the database URL cannot be read: {reason}")]
    InvalidUrl {
        /// Why, without the URL itself.
        reason: String,
    },
    /// No server answers there, or it says that it is starting or stopping. That may pass.
    #[error("the database does not answer{}: {error}", after(*.waited))]
    NotReady {
        /// What the last attempt met.
        error: DatabaseError,
        /// How long it was waited for; zero where nobody asked for that.
        waited: Duration,
    },
    /// The database did not let us in.
    #[error("cannot open the database: {0}")]
    Database(#[from] DatabaseError),
}

impl OpenError {
    /// What a server, or the way to it, answered; `passes` knows the codes of a server that starts or stops.
    #[cfg(any(feature = "mysql", feature = "postgres"))]
    pub(super) fn of_server(error: &sqlx::Error, passes: fn(&str) -> bool) -> Self {
        let answer = DatabaseError::while_opening(error);
        if matches!(error, sqlx::Error::Io(_)) || answer.code.as_deref().is_some_and(passes) {
            return Self::NotReady {
                error: answer,
                waited: Duration::ZERO,
            };
        }
        Self::Database(answer)
    }
}

/// How long it was waited for, in whole seconds.
fn after(waited: Duration) -> String {
    if waited.is_zero() {
        return String::new();
    }
    format!(" after {:.0} s", waited.as_secs_f32())
}

fn unknown(scheme: &str) -> String {
    match scheme {
        "" => "the database URL has no scheme".into(),
        scheme => format!("the database URL starts with `{scheme}`, which is no database known here"),
    }
}

/// What a data step, or a migration's own code, failed with: any error, taken by `?`.
///
/// It is deliberately no `std::error::Error` itself, so that every error type converts into it.
///
/// ```
/// use migrate_core::StepError;
///
/// fn parse(text: &str) -> Result<i32, StepError> {
///     Ok(text.parse()?)
/// }
/// assert_eq!(parse("x").unwrap_err().to_string(), "invalid digit found in string");
/// ```
pub struct StepError(Box<dyn Error + Send + Sync + 'static>);

impl StepError {
    /// The error itself.
    #[must_use]
    pub fn get_ref(&self) -> &(dyn Error + Send + Sync + 'static) {
        &*self.0
    }

    /// The database's answer, when that is what the step failed with.
    #[must_use]
    pub fn database_error(&self) -> Option<DatabaseError> {
        if let Some(error) = self.0.downcast_ref::<DatabaseError>() {
            return Some(error.clone());
        }
        self.0.downcast_ref::<sqlx::Error>().map(DatabaseError::from_sqlx)
    }
}

impl<E: Into<Box<dyn Error + Send + Sync + 'static>>> From<E> for StepError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl fmt::Display for StepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(error) = self.database_error() {
            return fmt::Display::fmt(&error, f);
        }
        write!(f, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(error) = source {
            write!(f, ": {error}")?;
            source = error.source();
        }
        Ok(())
    }
}

impl fmt::Debug for StepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
