//! What a database looks like, in lines that a test can compare: two databases with the same lines are the same to
//! whoever uses them.
//!
//! A line is one thing that a migration can make or change: a column, a constraint, a function, a row. None of them
//! depends on the name of the database or on the numbers that it gives to things.

mod mysql;
mod postgres;
mod sqlite;

use crate::TestDatabase;

impl TestDatabase {
    /// Whether it is on the PostgreSQL server.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.url().starts_with("postgres")
    }

    /// Whether it is on the MariaDB server.
    #[must_use]
    pub fn is_mysql(&self) -> bool {
        self.url().starts_with("mysql")
    }

    /// A name as an identifier.
    #[must_use]
    pub fn quoted(&self, name: &str) -> String {
        if self.is_mysql() {
            format!("`{}`", name.replace('`', "``"))
        } else {
            format!("\"{}\"", name.replace('"', "\"\""))
        }
    }

    /// The names of its tables, sorted.
    pub async fn tables(&self) -> Vec<String> {
        self.rows(if self.is_postgres() {
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename COLLATE \"C\""
        } else if self.is_mysql() {
            "SELECT table_name FROM information_schema.tables \
             WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY BINARY table_name"
        } else {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
        })
        .await
    }

    /// Everything that a migration could have changed, sorted.
    pub async fn fingerprint(&self) -> Vec<String> {
        let mut lines = if self.is_postgres() {
            postgres::lines(self).await
        } else if self.is_mysql() {
            mysql::lines(self).await
        } else {
            sqlite::lines(self).await
        };
        for line in &mut lines {
            line.truncate(line.trim_end().len());
        }
        lines.sort();
        lines
    }
}
