//! What works beside the service: it takes away magic links that have expired.
//!
//! It does not migrate: the service does. It waits until that is done, and looks for rows only then.

use std::time::Duration;

use migrate_core::{Error, ErrorKind, Migrator};
use tokio::time::{Instant, sleep, timeout_at};

/// How often the database is asked while somebody else migrates it.
const POLL: Duration = Duration::from_millis(250);

/// Why the worker did not begin.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WaitError {
    /// Nobody migrated the database in time.
    #[error(
        "the database was not at head within {within:?}: the service migrates it when it starts; or run `migrate upgrade head`"
    )]
    NotMigrated {
        /// How long the worker waited.
        within: Duration,
    },
    /// The database could not be reached in time.
    #[error("the database could not be reached within {within:?}: {error}")]
    NotReached {
        /// How long the worker waited.
        within: Duration,
        /// What the last try said.
        error: Error,
    },
    /// The database has revisions that this program does not know, or it failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Waits until the database is where the migrations of this program end.
///
/// # Errors
/// When that is not so in time, and at once when waiting would not help.
pub async fn migrated(migrator: &Migrator, url: &str, within: Duration) -> Result<(), WaitError> {
    let end = Instant::now() + within;
    let mut last = WaitError::NotMigrated { within };
    loop {
        // A server that takes a connection and then says nothing counts as one that is not there.
        let Ok(current) = timeout_at(end, migrator.current(url)).await else {
            return Err(last);
        };
        match current {
            Ok(current) if current.at_heads => return Ok(()),
            Ok(_) => last = WaitError::NotMigrated { within },
            Err(error) if error.kind() == ErrorKind::Connection => {
                last = WaitError::NotReached { within, error };
            }
            Err(error) => return Err(error.into()),
        }
        if Instant::now() + POLL >= end {
            return Err(last);
        }
        sleep(POLL).await;
    }
}
