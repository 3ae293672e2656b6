//! A test's own database: in memory, or made on a server and dropped again.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::thread;

use futures_util::FutureExt;

use super::Failure;
use crate::connection::{Database, Open, OpenError, Opened, beside, scheme_of};
use crate::dialect::{self, Dialect};
use crate::error::Error;
use crate::migrator::Migrator;

/// A database that is empty at first.
pub(super) struct Place {
    dialect: &'static dyn Dialect,
    open: Open<'static>,
}

impl Place {
    /// The one connection to it, for a call.
    pub(super) fn database(&mut self) -> Database<'_> {
        Database::again(&mut self.open)
    }

    pub(super) fn dialect(&self) -> &'static dyn Dialect {
        self.dialect
    }
}

/// Has something done on an empty database of its own, and drops that also when it panics. It has a thread of its own, for
/// whoever calls this may be asynchronous already.
pub(super) fn on_empty<T: Send>(
    migrator: &Migrator,
    url: &str,
    work: impl AsyncFnOnce(&mut Place) -> Result<T, Failure> + Send,
) -> Result<T, Failure> {
    let run = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Failure::Runtime(error.to_string()))?;
        runtime.block_on(made(migrator, url, work))
    };
    thread::scope(|scope| {
        scope
            .spawn(run)
            .join()
            .unwrap_or_else(|panic| resume_unwind(panic))
    })
}

async fn made<T>(
    migrator: &Migrator,
    url: &str,
    work: impl AsyncFnOnce(&mut Place) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let scheme = scheme_of(url);
    let dialect = dialect::for_scheme(scheme).ok_or_else(|| OpenError::UnknownScheme {
        scheme: scheme.into(),
    });
    let dialect = dialect.map_err(Error::from)?;
    let name = name();
    let Some([create, drop]) = dialect.own_database(&name) else {
        if dialect.session().twin != Some(url) {
            return Err(Failure::NoServer);
        }
        return used(migrator, url, dialect, work).await;
    };
    let mut server = opened(migrator, url).await?;
    server.db().execute(&create).await.map_err(Failure::NotMade)?;
    let used = AssertUnwindSafe(used(migrator, &beside(url, &name), dialect, work))
        .catch_unwind()
        .await;
    let dropped = server.db().execute(&drop).await;
    server.close().await;
    match used {
        Ok(Ok(value)) => dropped.map(|_| value).map_err(|error| Error::from(error).into()),
        Ok(Err(failure)) => Err(failure),
        Err(panic) => resume_unwind(panic),
    }
}

async fn used<T>(
    migrator: &Migrator,
    url: &str,
    dialect: &'static dyn Dialect,
    work: impl AsyncFnOnce(&mut Place) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let open = opened(migrator, url).await?;
    let mut place = Place { dialect, open };
    let worked = work(&mut place).await;
    place.open.close().await;
    worked
}

async fn opened(migrator: &Migrator, url: &str) -> Result<Open<'static>, Failure> {
    match migrator.open(url.to_owned(), true).await.map_err(Error::from)? {
        Opened::Live(open) => Ok(open),
        Opened::Missing(_) => Err(Failure::NoServer),
    }
}

/// A name that no other test has, of this process or of any other.
fn name() -> String {
    format!("migrate_test_{:016x}", RandomState::new().build_hasher().finish())
}
