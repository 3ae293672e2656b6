//! The tables as this application sees them, which `check` and `revision --autogenerate` compare with the database.

use migrate_core::Table;
use sqlx::types::chrono::{DateTime, Utc};
use sqlx::types::{JsonValue, Uuid};

/// An account, and how its holder signs in.
#[derive(Debug, Table)]
#[table(name = "users", index(["email"]).unique())]
pub struct User {
    /// Its key.
    #[column(primary_key, autoincrement)]
    pub id: i64,
    /// The address to write to.
    #[column(length = 255)]
    pub email: String,
    /// Nothing for who was only written to.
    #[column(length = 255)]
    pub password_hash: Option<String>,
    /// What a client shows in place of the password.
    pub token: Option<Uuid>,
    /// When the row was made.
    #[column(server_default = now())]
    pub created_at: DateTime<Utc>,
}

/// What one wrote to another.
#[derive(Debug, Table)]
#[table(name = "messages")]
pub struct Message {
    /// Its key.
    #[column(primary_key, autoincrement)]
    pub id: i64,
    /// Who wrote it.
    #[column(references = User::id, on_delete = Cascade, index)]
    pub sender_id: i64,
    /// To whom.
    #[column(references = User::id, on_delete = Cascade, index)]
    pub recipient_id: i64,
    /// What it says.
    #[column(length = 4000)]
    pub body: String,
    /// What a model was asked with, where one wrote it.
    pub parameters: Option<JsonValue>,
    /// When the row was made.
    #[column(server_default = now())]
    pub created_at: DateTime<Utc>,
}
