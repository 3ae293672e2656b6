//! [`Store`]: what the service asks its database, on SQLite and PostgreSQL alike.
//!
//! It creates no table: the schema is the migrations' business.

use migrate_core::Migrator;
use serde::Serialize;
use sqlx::any::{AnyPoolOptions, AnyRow};
use sqlx::{AnyPool, AssertSqlSafe, Row};
use uuid::Uuid;

/// A pool of connections to the application's database.
#[derive(Debug, Clone)]
pub struct Store {
    pool: AnyPool,
    url: String,
}

/// Who uses the application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct User {
    /// Its key.
    pub id: String,
    /// The address that it signs in with.
    pub email: String,
    /// Its name as shown to others.
    pub display_name: Option<String>,
}

/// What a user wants to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Objective {
    /// Its key.
    pub id: String,
    /// What is to be done.
    pub title: String,
    /// Who has to act next.
    pub status: String,
}

/// Why the database did not do it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is such a row already.
    #[error("it exists already")]
    Exists,
    /// The row that it belongs to does not exist.
    #[error("there is no such user")]
    NoUser,
    /// The database failed.
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
    /// The database's revision could not be read.
    #[error(transparent)]
    Revision(#[from] migrate_core::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error() {
            Some(refusal) if refusal.is_unique_violation() => Self::Exists,
            Some(refusal) if refusal.is_foreign_key_violation() => Self::NoUser,
            _ => Self::Database(error),
        }
    }
}

impl Store {
    /// Opens the pool.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let pool = AnyPoolOptions::new().max_connections(10).connect(url).await?;
        Ok(Self {
            pool,
            url: url.to_owned(),
        })
    }

    /// The revisions that the database is at.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn revisions(&self, migrator: &Migrator) -> Result<Vec<String>, StoreError> {
        Ok(migrator.rows(&self.url).await?)
    }

    /// Adds a user.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when another has this address.
    pub async fn add_user(&self, email: &str, display_name: Option<&str>) -> Result<User, StoreError> {
        let user = User {
            id: Uuid::new_v4().to_string(),
            email: email.to_owned(),
            display_name: display_name.map(str::to_owned),
        };
        let insert = format!(
            "INSERT INTO users (id, email, name, display_name) VALUES ({}, $2, $3, $4)",
            self.key("$1")
        );
        let insert = sqlx::query(AssertSqlSafe(insert))
            .bind(&user.id)
            .bind(&user.email);
        insert
            .bind(display_name)
            .bind(display_name)
            .execute(&self.pool)
            .await?;
        Ok(user)
    }

    /// All users, by address.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn users(&self) -> Result<Vec<User>, StoreError> {
        let users = "SELECT CAST(id AS VARCHAR(36)) AS id, email, display_name FROM users ORDER BY email";
        let read = |row: AnyRow| {
            Ok(User {
                id: row.try_get("id")?,
                email: row.try_get("email")?,
                display_name: row.try_get("display_name")?,
            })
        };
        Ok(sqlx::query(users).try_map(read).fetch_all(&self.pool).await?)
    }

    /// Gives a user something to be done.
    ///
    /// # Errors
    /// [`StoreError::NoUser`] when there is no such user.
    pub async fn add_objective(&self, user: Uuid, title: &str) -> Result<Objective, StoreError> {
        let id = Uuid::new_v4().to_string();
        let insert = format!(
            "INSERT INTO objectives (id, user_id, title) VALUES ({}, {}, $3)",
            self.key("$1"),
            self.key("$2")
        );
        let insert = sqlx::query(AssertSqlSafe(insert))
            .bind(&id)
            .bind(user.to_string());
        insert.bind(title).execute(&self.pool).await?;
        Ok(Objective {
            id,
            title: title.to_owned(),
            status: "waiting_on_you".to_owned(),
        })
    }

    /// What a user wants to be done, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn objectives(&self, user: Uuid) -> Result<Vec<Objective>, StoreError> {
        let objectives = format!(
            "SELECT CAST(id AS VARCHAR(36)) AS id, title, CAST(status AS VARCHAR(20)) AS status FROM objectives \
             WHERE user_id = {} ORDER BY created_at, title",
            self.key("$1")
        );
        let read = |row: AnyRow| {
            Ok(Objective {
                id: row.try_get("id")?,
                title: row.try_get("title")?,
                status: row.try_get("status")?,
            })
        };
        let objectives = sqlx::query(AssertSqlSafe(objectives)).bind(user.to_string());
        Ok(objectives.try_map(read).fetch_all(&self.pool).await?)
    }

    /// Deletes the magic links that sign nobody in any more, and says how many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_expired_links(&self) -> Result<u64, StoreError> {
        // SQLite keeps times as text, which compares as times only in one form.
        let expired = if self.is_sqlite() {
            "DELETE FROM magic_links WHERE datetime(expires_at) < datetime('now')"
        } else {
            "DELETE FROM magic_links WHERE expires_at < now()"
        };
        Ok(sqlx::query(expired).execute(&self.pool).await?.rows_affected())
    }

    /// A bound text as a key: PostgreSQL has a type for UUIDs, SQLite keeps their text.
    fn key(&self, bound: &str) -> String {
        if self.is_sqlite() {
            bound.to_owned()
        } else {
            format!("{bound}::uuid")
        }
    }

    fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }
}
