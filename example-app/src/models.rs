//! The tables as this application sees them, which `migrate check` compares with the database.
//!
//! Nothing here is about how rows are read and written; `store` does that.

use migrate_core::{Enumeration, Table};
use sqlx::types::JsonValue;
use sqlx::types::chrono::{DateTime, Utc};
use uuid::Uuid;

/// How much the assistant may do on its own.
#[derive(Debug, sqlx::Type, Enumeration)]
#[sqlx(type_name = "autonomy_level", rename_all = "snake_case")]
pub enum AutonomyLevel {
    /// It asks before everything.
    Low,
    /// It asks before what is risky.
    Medium,
    /// It acts.
    High,
}

/// Somebody whose mail is read.
#[derive(Debug, sqlx::FromRow, Table)]
#[table(name = "users", index(["email"]).unique())]
pub struct User {
    /// Its key.
    #[column(primary_key)]
    pub id: Uuid,
    /// The address to sign in with.
    #[column(length = 255)]
    pub email: String,
    /// As the user wrote it.
    #[column(length = 255)]
    pub name: Option<String>,
    /// Nothing without a password.
    #[column(length = 255, comment = "null for who signs in by magic links only")]
    pub password_hash: Option<String>,
    /// How much the assistant may do.
    #[column(server_default = "medium")]
    pub autonomy_level: AutonomyLevel,
    /// What the mail is fetched with.
    #[column(ty = json(), comment = "OAuth credentials, encrypted")]
    pub gmail_credentials: Option<JsonValue>,
    /// Whether the account is open.
    #[column(server_default = true)]
    pub is_active: bool,
    /// When the row was made.
    #[column(server_default = now())]
    pub created_at: DateTime<Utc>,
    /// When it was changed last.
    #[column(server_default = now())]
    pub updated_at: DateTime<Utc>,
    /// The name for others.
    #[column(length = 255, comment = "as shown to others")]
    pub display_name: Option<String>,
}

/// A link that signs its holder in once.
#[derive(Debug, sqlx::FromRow, Table)]
#[table(name = "magic_links", index(["token"]).unique())]
pub struct MagicLink {
    /// Its key.
    #[column(primary_key)]
    pub id: Uuid,
    /// Whom it signs in.
    #[column(references = User::id, on_delete = Cascade, index, comment = "null for a new signup")]
    pub user_id: Option<Uuid>,
    /// Where it was sent.
    #[column(length = 255)]
    pub email: String,
    /// What makes it one's own.
    #[column(length = 255)]
    pub token: String,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
    /// When it was used.
    pub used_at: Option<DateTime<Utc>>,
    /// When the row was made.
    #[column(server_default = now())]
    pub created_at: DateTime<Utc>,
    /// When it was changed last.
    #[column(server_default = now())]
    pub updated_at: DateTime<Utc>,
}

/// Where an objective stands.
#[derive(Debug, sqlx::Type, Enumeration)]
#[sqlx(type_name = "objective_status", rename_all = "snake_case")]
pub enum ObjectiveStatus {
    /// The user has to do something.
    WaitingOnYou,
    /// Somebody else has.
    WaitingOnOthers,
    /// It is done.
    Handled,
    /// It is done later.
    Scheduled,
    /// Nobody wants to hear of it.
    Muted,
}

/// What a user wants done.
#[derive(Debug, sqlx::FromRow, Table)]
#[table(name = "objectives")]
pub struct Objective {
    /// Its key.
    #[column(primary_key)]
    pub id: Uuid,
    /// Who wants it.
    #[column(references = User::id, on_delete = Cascade, index)]
    pub user_id: Uuid,
    /// In short.
    #[column(length = 500)]
    pub title: String,
    /// In full.
    pub description: Option<String>,
    /// Where it stands.
    #[column(server_default = "waiting_on_you")]
    pub status: ObjectiveStatus,
    /// When the row was made.
    #[column(server_default = now())]
    pub created_at: DateTime<Utc>,
    /// When it was changed last.
    #[column(server_default = now())]
    pub updated_at: DateTime<Utc>,
}

/// What the assistant may do without asking.
#[derive(Debug, sqlx::FromRow, Table)]
#[table(name = "policies")]
pub struct Policy {
    /// Its key.
    #[column(primary_key)]
    pub id: Uuid,
    /// Whose it is.
    #[column(references = User::id, on_delete = Cascade, index)]
    pub user_id: Uuid,
    /// What it is called.
    #[column(length = 255)]
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// What it says.
    #[column(ty = json())]
    pub rules: JsonValue,
    /// Whether it holds.
    #[column(server_default = true)]
    pub is_active: bool,
    /// When the row was made.
    #[column(server_default = now())]
    pub created_at: DateTime<Utc>,
    /// When it was changed last.
    #[column(server_default = now())]
    pub updated_at: DateTime<Utc>,
}

/// A thread of mails about an objective.
#[derive(Debug, sqlx::FromRow, Table)]
#[table(name = "conversations")]
pub struct Conversation {
    /// Its key.
    #[column(primary_key)]
    pub id: Uuid,
    /// What it is about.
    #[column(references = Objective::id, on_delete = Cascade, index)]
    pub objective_id: Uuid,
    /// What Gmail calls it.
    #[column(length = 255, index)]
    pub gmail_thread_id: Option<String>,
    /// Its subject.
    #[column(length = 998)]
    pub subject: Option<String>,
    /// Who takes part.
    #[column(ty = json())]
    pub participants: JsonValue,
    /// When the row was made.
    #[column(server_default = now())]
    pub created_at: DateTime<Utc>,
    /// When it was changed last.
    #[column(server_default = now())]
    pub updated_at: DateTime<Utc>,
}

/// Which way a message goes.
#[derive(Debug, sqlx::Type, Enumeration)]
#[sqlx(type_name = "message_direction", rename_all = "snake_case")]
pub enum MessageDirection {
    /// To the user.
    Incoming,
    /// From the user.
    Outgoing,
}

/// A mail.
#[derive(Debug, sqlx::FromRow, Table)]
#[table(name = "messages", index(["gmail_message_id"]).unique())]
pub struct Message {
    /// Its key.
    #[column(primary_key)]
    pub id: Uuid,
    /// The thread that it is of.
    #[column(references = Conversation::id, on_delete = Cascade, index)]
    pub conversation_id: Uuid,
    /// What Gmail calls it.
    #[column(length = 255)]
    pub gmail_message_id: Option<String>,
    /// Which way it goes.
    pub direction: MessageDirection,
    /// Who wrote it.
    #[column(length = 320)]
    pub sender: String,
    /// Who got it.
    #[column(ty = json())]
    pub recipients: JsonValue,
    /// Its subject.
    #[column(length = 998)]
    pub subject: Option<String>,
    /// Its text.
    pub body_text: Option<String>,
    /// Its text with markup.
    pub body_html: Option<String>,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// When the row was made.
    #[column(server_default = now())]
    pub created_at: DateTime<Utc>,
    /// When it was changed last.
    #[column(server_default = now())]
    pub updated_at: DateTime<Utc>,
}

/// How much harm an action can do.
#[derive(Debug, sqlx::Type, Enumeration)]
#[sqlx(type_name = "risk_level", rename_all = "snake_case")]
pub enum RiskLevel {
    /// Much.
    High,
    /// Some.
    Medium,
    /// Little.
    Low,
}

/// What became of an action.
#[derive(Debug, sqlx::Type, Enumeration)]
#[sqlx(type_name = "action_status", rename_all = "snake_case")]
pub enum ActionStatus {
    /// Nobody has looked at it.
    Pending,
    /// It may be done.
    Approved,
    /// It may not.
    Rejected,
    /// It was changed first.
    Edited,
}

/// What the assistant proposes to do.
#[derive(Debug, sqlx::FromRow, Table)]
#[table(name = "agent_actions")]
pub struct AgentAction {
    /// Its key.
    #[column(primary_key)]
    pub id: Uuid,
    /// Where it is proposed.
    #[column(references = Conversation::id, on_delete = Cascade, index)]
    pub conversation_id: Uuid,
    /// What kind it is of.
    #[column(length = 100)]
    pub action_type: String,
    /// The proposal.
    pub proposed_content: Option<String>,
    /// How much harm it can do.
    pub risk_level: RiskLevel,
    /// What became of it.
    #[column(server_default = "pending")]
    pub status: ActionStatus,
    /// What the user says of it.
    pub user_feedback: Option<String>,
    /// What the user made of it.
    pub user_edit: Option<String>,
    /// When the row was made.
    #[column(server_default = now())]
    pub created_at: DateTime<Utc>,
    /// When it was changed last.
    #[column(server_default = now())]
    pub updated_at: DateTime<Utc>,
}
