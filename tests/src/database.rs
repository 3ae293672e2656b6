//! [`TestDatabase`]: a database of a test's own, empty at first and gone afterwards.
//!
//! It is read and written through sqlx alone, never through the crates under test.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use migrate_core::sqlx::{
    AssertSqlSafe, Connection, Database, Executor, PgConnection, Postgres, Row, Sqlite, SqliteConnection,
    ValueRef, raw_sql,
};
use tempfile::TempDir;

/// The variable in which `cargo xtask test` names its server.
const POSTGRES: &str = "MIGRATE_TEST_POSTGRES";

/// A database of a test's own, empty at first and gone when the value is dropped.
#[derive(Debug)]
pub struct TestDatabase {
    url: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Sqlite { folder: TempDir },
    Postgres { server: String, name: String },
}

impl TestDatabase {
    /// A SQLite file that does not exist yet, in a temporary folder.
    #[must_use]
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let url = format!("sqlite://{}", folder.path().join("test.db").display());
        Self {
            url,
            place: Place::Sqlite { folder },
        }
    }

    /// A new database on the server of `cargo xtask test`.
    ///
    /// # Panics
    /// When there is no such server: a test that needs one does not pass without it.
    pub async fn postgres() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let server = std::env::var(POSTGRES)
            .unwrap_or_else(|_| panic!("{POSTGRES} names no server: run the tests by `cargo xtask test`"));
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        // Leftovers of an earlier process with this number.
        postgres_execute(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        postgres_execute(&server, &format!("CREATE DATABASE {name}")).await;
        let (address, _) = server
            .rsplit_once('/')
            .expect("the server's URL names a database");
        Self {
            url: format!("{address}/{name}"),
            place: Place::Postgres { server, name },
        }
    }

    /// The URL of the database, password included.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The file of a SQLite database.
    #[must_use]
    pub fn file(&self) -> Option<PathBuf> {
        match &self.place {
            Place::Sqlite { folder } => Some(folder.path().join("test.db")),
            Place::Postgres { .. } => None,
        }
    }

    /// Runs SQL, several statements if need be.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn execute(&self, sql: &str) {
        match &self.place {
            Place::Sqlite { .. } => {
                let mut connection = self.connect_sqlite().await;
                raw_sql(AssertSqlSafe(sql))
                    .execute(&mut connection)
                    .await
                    .unwrap();
                connection.close().await.unwrap();
            }
            Place::Postgres { .. } => postgres_execute(&self.url, sql).await,
        }
    }

    /// The rows of a query, each value as text, NULL as `NULL`, separated by ` | `.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn rows(&self, sql: &str) -> Vec<String> {
        match &self.place {
            Place::Sqlite { .. } => {
                let mut connection = self.connect_sqlite().await;
                let rows = fetch::<Sqlite>(&mut connection, sql, |row, index| {
                    row.try_get_unchecked(index).unwrap()
                });
                let rows = rows.await;
                connection.close().await.unwrap();
                rows
            }
            Place::Postgres { .. } => {
                let mut connection = PgConnection::connect(&self.url).await.unwrap();
                let rows = fetch::<Postgres>(&mut connection, sql, |row, index| {
                    let value = row.try_get_raw(index).unwrap();
                    (!value.is_null()).then(|| value.as_str().unwrap().to_owned())
                });
                let rows = rows.await;
                connection.close().await.unwrap();
                rows
            }
        }
    }

    async fn connect_sqlite(&self) -> SqliteConnection {
        let url = format!("{}?mode=rwc", self.url);
        SqliteConnection::connect(&url).await.unwrap()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Place::Postgres { server, name } = &self.place else {
            return;
        };
        let drop_it = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        // A test's own runtime cannot be entered twice, so the last statement has one for itself.
        let last = std::thread::scope(|scope| {
            scope
                .spawn(|| {
                    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                    runtime.unwrap().block_on(postgres_execute(server, &drop_it));
                })
                .join()
        });
        // A test that fails because its server is gone has said so already.
        drop(last);
    }
}

async fn postgres_execute(url: &str, sql: &str) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    raw_sql(AssertSqlSafe(sql))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

async fn fetch<DB>(
    connection: &mut DB::Connection,
    sql: &str,
    value: fn(&DB::Row, usize) -> Option<String>,
) -> Vec<String>
where
    DB: Database,
    for<'e> &'e mut DB::Connection: Executor<'e, Database = DB>,
{
    let rows = raw_sql(AssertSqlSafe(sql)).fetch_all(connection).await.unwrap();
    rows.iter()
        .map(|row| {
            let values = (0..row.len()).map(|index| value(row, index).unwrap_or_else(|| "NULL".to_owned()));
            values.collect::<Vec<_>>().join(" | ")
        })
        .collect()
}
