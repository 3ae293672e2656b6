//! [`Database`]: what a caller hands over to be migrated, and how it becomes a live connection.
#![cfg_attr(
    all(any(feature = "mysql", feature = "postgres"), not(feature = "sqlite")),
    expect(
        dead_code,
        unused_variables,
        reason = "only SQLite makes a file, and waits by itself"
    )
)]

use std::fmt;
use std::time::Duration;

use futures_util::future::BoxFuture;

use super::{DatabaseError, Db, Hold, OpenError};

/// A database to work on: a URL, a connection that the caller has, or a pool.
///
/// Every method of the migrator takes `impl Into<Database>`, so these are passed as they are: `"sqlite://app.db"`,
/// `&url`, `&mut connection`, `&pool`. A connection of the caller's must not be inside a transaction. One that is
/// taken out of a PostgreSQL or MySQL pool is closed afterwards, so that no session state returns to the pool. When the
/// call's future is dropped before its end, so must be a connection that was lent to it: what it was doing is open.
pub struct Database<'c>(Source<'c>);

enum Source<'c> {
    Url(String),
    Held(Box<dyn Hold + 'c>),
    Pool(BoxFuture<'c, Result<Box<dyn Hold + 'c>, DatabaseError>>),
}

/// How a URL is opened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OpenOptions {
    /// Whether a SQLite file that does not exist is made.
    pub(crate) create: bool,
    /// How long a connection waits for another's lock where the driver does the waiting.
    pub(crate) busy_timeout: Duration,
}

/// What became of a database that was to be opened.
pub(crate) enum Opened<'c> {
    /// It is open.
    Live(Open<'c>),
    /// There is no such file, and none was to be made.
    Missing(Database<'c>),
}

/// A live connection, and whose it is.
pub(crate) struct Open<'c> {
    hold: Box<dyn Hold + 'c>,
    /// Whether the connection is ours alone, so that its session settings may be changed.
    own: bool,
}

impl Open<'_> {
    pub(crate) fn db(&mut self) -> Db<'_> {
        let db = self.hold.db();
        if self.own { db.owned() } else { db }
    }

    pub(crate) async fn close(self) {
        self.hold.close().await;
    }
}

/// It stays open: for several calls on one connection.
impl Hold for &mut Open<'_> {
    fn db(&mut self) -> Db<'_> {
        (**self).db()
    }

    fn close<'a>(self: Box<Self>) -> BoxFuture<'a, ()>
    where
        Self: 'a,
    {
        Box::pin(std::future::ready(()))
    }
}

impl<'c> Database<'c> {
    /// What is open already, for one more call.
    pub(crate) fn again(open: &'c mut Open<'_>) -> Self {
        Self::held(open)
    }

    pub(crate) fn held(hold: impl Hold + 'c) -> Self {
        Self(Source::Held(Box::new(hold)))
    }

    pub(crate) fn pool(acquire: BoxFuture<'c, Result<Box<dyn Hold + 'c>, DatabaseError>>) -> Self {
        Self(Source::Pool(acquire))
    }

    /// Its URL; what is open already has none to ask for.
    pub(crate) fn url(&self) -> Option<&str> {
        match &self.0 {
            Source::Url(url) => Some(url),
            Source::Held(_) | Source::Pool(_) => None,
        }
    }

    /// The scheme of its URL; what is open already has none to ask for.
    pub(crate) fn scheme(&self) -> &str {
        self.url().map_or("", scheme_of)
    }

    /// A live connection, or the same database again when its URL names a SQLite file that does not exist and
    /// none is to be made.
    pub(crate) async fn open(self, options: OpenOptions) -> Result<Opened<'c>, OpenError> {
        match self.0 {
            Source::Held(hold) => Ok(Opened::Live(Open { hold, own: false })),
            Source::Pool(acquire) => Ok(Opened::Live(Open {
                hold: acquire.await?,
                own: false,
            })),
            Source::Url(url) => Ok(match open_url(&url, options).await? {
                Some(hold) => Opened::Live(Open { hold, own: true }),
                None => Opened::Missing(Self(Source::Url(url))),
            }),
        }
    }
}

/// The scheme of a URL. `SQLAlchemy`'s `postgresql+asyncpg://` names a Python driver too, which is nothing to us.
pub(crate) fn scheme_of(url: &str) -> &str {
    let written = url.split_once(':').map_or("", |(scheme, _)| scheme);
    written.split_once('+').map_or(written, |(scheme, _)| scheme)
}

/// The URL of another database on the same server. What stands behind `?` stays.
pub(crate) fn beside(url: &str, name: &str) -> String {
    let (place, options) = url
        .split_once('?')
        .map_or((url, None), |(place, options)| (place, Some(options)));
    let server = place.find("://").map_or(0, |scheme| scheme + 3);
    let path = place[server..]
        .find('/')
        .map_or(place.len(), |slash| server + slash);
    let options = options.map_or_else(String::new, |options| format!("?{options}"));
    format!("{}/{name}{options}", &place[..path])
}

async fn open_url(url: &str, options: OpenOptions) -> Result<Option<Box<dyn Hold + 'static>>, OpenError> {
    let scheme = scheme_of(url);
    let rest = url.split_once(':').map_or("", |(_, rest)| rest);
    let url = format!("{scheme}:{rest}");
    match scheme {
        #[cfg(feature = "postgres")]
        "postgres" | "postgresql" => {
            let connection = super::postgres::open(&url).await?;
            Ok(Some(Box::new(connection)))
        }
        #[cfg(feature = "mysql")]
        "mysql" | "mariadb" => {
            let connection = super::mysql::open(&url).await?;
            Ok(Some(Box::new(connection)))
        }
        #[cfg(feature = "sqlite")]
        "sqlite" => Ok(super::sqlite::open(&url, options)
            .await?
            .map(|connection| -> Box<dyn Hold> { Box::new(connection) })),
        #[cfg(not(feature = "postgres"))]
        "postgres" | "postgresql" => Err(OpenError::NoDriver { feature: "postgres" }),
        #[cfg(not(feature = "mysql"))]
        "mysql" | "mariadb" => Err(OpenError::NoDriver { feature: "mysql" }),
        #[cfg(not(feature = "sqlite"))]
        "sqlite" => Err(OpenError::NoDriver { feature: "sqlite" }),
        other => Err(OpenError::UnknownScheme {
            scheme: other.chars().take(40).collect(),
        }),
    }
}

impl From<&str> for Database<'_> {
    fn from(url: &str) -> Self {
        Self(Source::Url(url.into()))
    }
}

impl From<String> for Database<'_> {
    fn from(url: String) -> Self {
        Self(Source::Url(url))
    }
}

impl From<&String> for Database<'_> {
    fn from(url: &String) -> Self {
        Self(Source::Url(url.clone()))
    }
}

impl fmt::Debug for Database<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A URL holds a password: it is never shown.
        f.write_str(match &self.0 {
            Source::Url(_) => "Database(url)",
            Source::Held(_) => "Database(connection)",
            Source::Pool(_) => "Database(pool)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_database_of_the_same_server_has_its_login_and_its_options() {
        let urls = [
            "db://me:p%2Fw@host:5/app?tls=off&path=/x",
            "db://host",
            "db:///app?host=/tmp",
            "db://[::1]:5/",
        ];
        let others = urls.map(|url| beside(url, "other"));
        let expected = [
            "db://me:p%2Fw@host:5/other?tls=off&path=/x",
            "db://host/other",
            "db:///other?host=/tmp",
            "db://[::1]:5/other",
        ];
        assert_eq!(others, expected);
    }
}
