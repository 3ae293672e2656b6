//! [`Queue`]: the jobs, as the API and the worker see them.
//!
//! It makes no table: neither process migrates, the service `migrations` does before they start.

use std::collections::BTreeMap;

use sqlx::any::{AnyPoolOptions, AnyRow};
use sqlx::{AnyPool, Row};

/// The jobs of a database.
#[derive(Debug, Clone)]
pub struct Queue {
    pool: AnyPool,
}

impl Queue {
    /// Opens the database.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn open(url: &str) -> Result<Self, sqlx::Error> {
        sqlx::any::install_default_drivers();
        let pool = AnyPoolOptions::new().max_connections(5).connect(url).await?;
        Ok(Self { pool })
    }

    /// How many jobs there are in each status.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count(&self) -> Result<BTreeMap<String, i64>, sqlx::Error> {
        let count = "SELECT status, count(*) AS jobs FROM jobs GROUP BY status";
        let read = |row: AnyRow| Ok((row.try_get("status")?, row.try_get("jobs")?));
        let counted = sqlx::query(count).try_map(read).fetch_all(&self.pool).await?;
        Ok(counted.into_iter().collect())
    }

    /// Does what is queued, and says how much that was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn work(&self) -> Result<u64, sqlx::Error> {
        let work = "UPDATE jobs SET status = 'done', attempts = attempts + 1 WHERE status = 'queued'";
        Ok(sqlx::query(work).execute(&self.pool).await?.rows_affected())
    }
}
