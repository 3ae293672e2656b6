//! [`TestDatabase`]: a database of a test's own, empty at first and gone afterwards.
//!
//! It is read and written through sqlx alone, never through the crates under test.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use migrate_core::sqlx::{
    AssertSqlSafe, Connection, Database, Executor, MySql, MySqlConnection, PgConnection, Postgres, Row,
    Sqlite, SqliteConnection, ValueRef, raw_sql,
};
use tempfile::TempDir;

/// The variables in which `cargo xtask test` names its servers.
const POSTGRES: &str = "MIGRATE_TEST_POSTGRES";
const MYSQL: &str = "MIGRATE_TEST_MYSQL";

/// Drops what every database does not have, and makes the schema anew that every database has.
const POSTGRES_CLEAR: &str = "
DO $$
DECLARE name text;
BEGIN
    FOR name IN SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' LOOP
        EXECUTE format('DROP EXTENSION %I CASCADE', name);
    END LOOP;
    FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', name);
    END LOOP;
    CREATE SCHEMA public;
END
$$";

/// A database of a test's own, empty at first and gone when the value is dropped.
#[derive(Debug)]
pub struct TestDatabase {
    url: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Sqlite {
        folder: TempDir,
    },
    Server {
        kind: Kind,
        server: String,
        name: String,
    },
}

/// What is different from server to server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Postgres,
    MySql,
}

impl Kind {
    fn create(self, name: &str) -> String {
        match self {
            Self::Postgres => format!("CREATE DATABASE {name}"),
            // The server's default may be another.
            Self::MySql => format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"),
        }
    }

    fn drop(self, name: &str) -> String {
        match self {
            Self::Postgres => format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            // Another's statement may still run in it.
            Self::MySql => format!("SET lock_wait_timeout = 5; DROP DATABASE IF EXISTS {name}"),
        }
    }

    async fn execute(self, url: &str, sql: &str) {
        match self {
            Self::Postgres => execute::<Postgres>(PgConnection::connect(url).await.unwrap(), sql).await,
            Self::MySql => execute::<MySql>(MySqlConnection::connect(url).await.unwrap(), sql).await,
        }
    }
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
        Self::on(Kind::Postgres, POSTGRES).await
    }

    /// A new database on the MariaDB server of `cargo xtask test`.
    ///
    /// # Panics
    /// When there is no such server: a test that needs one does not pass without it.
    pub async fn mysql() -> Self {
        Self::on(Kind::MySql, MYSQL).await
    }

    async fn on(kind: Kind, variable: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let server = std::env::var(variable)
            .unwrap_or_else(|_| panic!("{variable} names no server: run the tests by `cargo xtask test`"));
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        // Leftovers of an earlier process with this number.
        kind.execute(&server, &kind.drop(&name)).await;
        kind.execute(&server, &kind.create(&name)).await;
        let (address, _) = server.rsplit_once('/').expect("the server's URL has a path");
        Self {
            url: format!("{address}/{name}"),
            place: Place::Server { kind, server, name },
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
            Place::Server { .. } => None,
        }
    }

    /// Runs SQL, several statements if need be.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn execute(&self, sql: &str) {
        match &self.place {
            Place::Sqlite { .. } => {
                let connection = self.connect_sqlite().await;
                execute::<Sqlite>(connection, sql).await;
            }
            Place::Server { kind, .. } => kind.execute(&self.url, sql).await,
        }
    }

    /// The rows of a query, each value as text, NULL as `NULL`, separated by ` | `.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn rows(&self, sql: &str) -> Vec<String> {
        let rows = self.values(sql).await.into_iter().map(|row| {
            let values = row
                .into_iter()
                .map(|value| value.unwrap_or_else(|| "NULL".to_owned()));
            values.collect::<Vec<_>>().join(" | ")
        });
        rows.collect()
    }

    /// The rows of a query, each value as text.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn values(&self, sql: &str) -> Vec<Vec<Option<String>>> {
        match &self.place {
            Place::Sqlite { .. } => {
                let connection = self.connect_sqlite().await;
                fetch::<Sqlite>(connection, sql, |row, index| {
                    row.try_get_unchecked(index).unwrap()
                })
                .await
            }
            Place::Server {
                kind: Kind::Postgres, ..
            } => {
                let connection = PgConnection::connect(&self.url).await.unwrap();
                fetch::<Postgres>(connection, sql, |row, index| {
                    let value = row.try_get_raw(index).unwrap();
                    (!value.is_null()).then(|| value.as_str().unwrap().to_owned())
                })
                .await
            }
            Place::Server {
                kind: Kind::MySql, ..
            } => {
                let connection = MySqlConnection::connect(&self.url).await.unwrap();
                fetch::<MySql>(connection, sql, |row, index| {
                    let bytes: Option<Vec<u8>> = row.try_get_unchecked(index).unwrap();
                    bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
                })
                .await
            }
        }
    }

    /// Makes it empty again, which is quicker than another one.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn clear(&self) {
        match &self.place {
            Place::Sqlite { folder } => {
                // A file that was never made is empty too.
                drop(std::fs::remove_file(folder.path().join("test.db")));
            }
            Place::Server { kind, server, name } => match kind {
                Kind::Postgres => self.execute(POSTGRES_CLEAR).await,
                Kind::MySql => {
                    kind.execute(server, &kind.drop(name)).await;
                    kind.execute(server, &kind.create(name)).await;
                }
            },
        }
    }

    async fn connect_sqlite(&self) -> SqliteConnection {
        let url = format!("{}?mode=rwc", self.url);
        SqliteConnection::connect(&url).await.unwrap()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Place::Server { kind, server, name } = &self.place else {
            return;
        };
        let drop_it = kind.drop(name);
        // A test's own runtime cannot be entered twice, so the last statement has one for itself.
        let last = std::thread::scope(|scope| {
            scope
                .spawn(|| {
                    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                    runtime.unwrap().block_on(kind.execute(server, &drop_it));
                })
                .join()
        });
        // A test that fails because its server is gone has said so already.
        drop(last);
    }
}

async fn execute<DB>(mut connection: DB::Connection, sql: &str)
where
    DB: Database,
    for<'e> &'e mut DB::Connection: Executor<'e, Database = DB>,
{
    raw_sql(AssertSqlSafe(sql))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

async fn fetch<DB>(
    mut connection: DB::Connection,
    sql: &str,
    value: fn(&DB::Row, usize) -> Option<String>,
) -> Vec<Vec<Option<String>>>
where
    DB: Database,
    for<'e> &'e mut DB::Connection: Executor<'e, Database = DB>,
{
    let rows = raw_sql(AssertSqlSafe(sql)).fetch_all(&mut connection).await;
    let rows = rows.unwrap();
    connection.close().await.unwrap();
    rows.iter()
        .map(|row| (0..row.len()).map(|index| value(row, index)).collect())
        .collect()
}
