//! Opens a call's database, and waits for its server where that was asked for.
//!
//! Only what may pass is waited for: a server that does not answer, or says that it is starting. A wrong password or a
//! database that is not there fails at once.

use std::time::{Duration, Instant};

use super::Migrator;
use crate::connection::{Database, DatabaseError, OpenError, OpenOptions, Opened};
use crate::runtime::Event;

/// Between two attempts: short at first, and never longer than this.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// How long one attempt may take: what swallows the first message of a connection may take a later one.
const LONGEST_ATTEMPT: Duration = Duration::from_secs(10);

impl Migrator {
    /// A live connection, or the same database again when it is a SQLite file that is not there; `create` makes it.
    pub(crate) async fn open<'c>(
        &self,
        database: impl Into<Database<'c>>,
        create: bool,
    ) -> Result<Opened<'c>, OpenError> {
        let database = database.into();
        let options = OpenOptions {
            create,
            busy_timeout: self.settings.lock_timeout,
        };
        let patience = self.settings.wait;
        let Some(url) = database.url().filter(|_| !patience.is_zero()).map(str::to_owned) else {
            return database.open(options).await;
        };
        let started = Instant::now();
        let mut pause = FIRST_PAUSE;
        let mut told = false;
        loop {
            let left = patience.saturating_sub(started.elapsed());
            let attempt = Database::from(url.as_str()).open(options);
            let error = match tokio::time::timeout(left.min(LONGEST_ATTEMPT), attempt).await {
                Ok(Err(OpenError::NotReady { error, .. })) => error,
                Ok(opened) => return opened,
                Err(_elapsed) => DatabaseError::connection("there was no answer in time"),
            };
            let waited = started.elapsed();
            if waited >= patience {
                return Err(OpenError::NotReady { error, waited });
            }
            if !told {
                self.settings.observer.event(&Event::DatabaseWaiting { error });
                told = true;
            }
            tokio::time::sleep(pause.min(patience.saturating_sub(waited))).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}
