//! [`Mailbox`]: what the commands ask the database, in SQL that SQLite, PostgreSQL and MySQL share.
//!
//! It creates no table: the schema is the migrations' business.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};

/// An open connection to the application's database.
#[derive(Debug)]
pub struct Mailbox {
    db: AnyConnection,
}

/// A message as its recipient sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The address of who wrote it.
    pub sender: String,
    /// What it says.
    pub body: String,
}

impl Mailbox {
    /// Connects.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn open(url: &str) -> sqlx::Result<Self> {
        sqlx::any::install_default_drivers();
        let db = AnyConnection::connect(url).await?;
        Ok(Self { db })
    }

    /// Writes to somebody. Who is not known yet gets an account.
    ///
    /// # Errors
    /// When the database refuses it.
    pub async fn send(&mut self, sender: &str, recipient: &str, body: &str) -> sqlx::Result<()> {
        let sender = self.account(sender).await?;
        let recipient = self.account(recipient).await?;
        let insert = self.sql("INSERT INTO messages (sender_id, recipient_id, body) VALUES (?, ?, ?)");
        let insert = sqlx::query(insert).bind(sender).bind(recipient).bind(body);
        insert.execute(&mut self.db).await?;
        Ok(())
    }

    /// What somebody was sent, oldest first.
    ///
    /// # Errors
    /// When the database refuses it.
    pub async fn inbox(&mut self, email: &str) -> sqlx::Result<Vec<Letter>> {
        let letters = self.sql(
            "SELECT sender.email AS sender, messages.body AS body FROM messages \
             JOIN users sender ON sender.id = messages.sender_id \
             JOIN users recipient ON recipient.id = messages.recipient_id \
             WHERE recipient.email = ? ORDER BY messages.id",
        );
        let read = |row: AnyRow| {
            let (sender, body) = (row.try_get("sender")?, row.try_get("body")?);
            Ok(Letter { sender, body })
        };
        let letters = sqlx::query(letters).bind(email).try_map(read);
        letters.fetch_all(&mut self.db).await
    }

    async fn account(&mut self, email: &str) -> sqlx::Result<i64> {
        let find = "SELECT id FROM users WHERE email = ?";
        let known = sqlx::query_scalar(self.sql(find)).bind(email);
        if let Some(id) = known.fetch_optional(&mut self.db).await? {
            return Ok(id);
        }
        let insert = sqlx::query(self.sql("INSERT INTO users (email) VALUES (?)")).bind(email);
        insert.execute(&mut self.db).await?;
        let made = sqlx::query_scalar(self.sql(find)).bind(email);
        made.fetch_one(&mut self.db).await
    }

    /// SQL of ours, with its parameters as this database writes them: PostgreSQL numbers them.
    fn sql(&self, text: &str) -> AssertSqlSafe<String> {
        if self.db.backend_name() != "PostgreSQL" {
            return AssertSqlSafe(text.to_owned());
        }
        let mut pieces = text.split('?');
        let first = pieces.next().unwrap_or_default().to_owned();
        let numbered = pieces
            .zip(1..)
            .fold(first, |sql, (piece, number)| format!("{sql}${number}{piece}"));
        AssertSqlSafe(numbered)
    }
}
