//! The tables as this application sees them, which `check` and `revision --autogenerate` compare with the database.

use migrate_core::Table;
use sqlx::types::JsonValue;
use sqlx::types::chrono::{DateTime, Utc};

/// Somebody who keeps notes.
#[derive(Debug, Table)]
#[table(name = "users", index(["email"]).unique())]
pub struct User {
    /// Its key.
    #[column(primary_key, autoincrement)]
    pub id: i64,
    /// The address to sign in with.
    #[column(length = 255)]
    pub email: String,
    /// The name that one is called by.
    #[column(length = 100)]
    pub first_name: String,
    /// The name of the family.
    #[column(length = 100)]
    pub last_name: String,
    /// How the notes are shown.
    pub preferences: Option<JsonValue>,
    /// When the row was made.
    #[column(server_default = now())]
    pub created_at: DateTime<Utc>,
}

/// What somebody wants to remember.
#[derive(Debug, Table)]
#[table(name = "notes")]
pub struct Note {
    /// Its key.
    #[column(primary_key, autoincrement)]
    pub id: i64,
    /// Whose it is.
    #[column(references = User::id, on_delete = Cascade, index)]
    pub user_id: i64,
    /// In short.
    #[column(length = 500)]
    pub title: String,
    /// In full.
    pub content: Option<String>,
    /// When the row was made.
    #[column(server_default = now())]
    pub created_at: DateTime<Utc>,
}
