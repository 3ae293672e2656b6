//! What works beside the service: it takes away magic links that have expired.
//!
//! It does not migrate: the service does. It waits until that is done, and looks for rows only then.

use std::time::Duration;

use migrate_core::{Error, Migrator};
use tokio::time::{Instant, sleep};

/// How often the database is asked while somebody else migrates it.
const POLL: Duration = Duration::from_millis(250);

/// Waits until the database is where the migrations of this program end, and says whether it was so in time.
///
/// # Errors
/// When the database does not answer in time; at once when waiting would not help: it has a revision that this program
/// does not know.
pub async fn migrated(migrator: Migrator, url: &str, within: Duration) -> Result<bool, Error> {
    let migrator = migrator.wait(within);
    let end = Instant::now() + within;
    while !migrator.current(url).await?.at_heads {
        if Instant::now() + POLL > end {
            return Ok(false);
        }
        sleep(POLL).await;
    }
    Ok(true)
}
