//! fill users.display_name from name or email
//!
//! Revision ID: 003
//! Revises: 002
//! Create Date: 2026-01-15 10:00:00 UTC

use migrate_core::prelude::*;
use migrate_core::sqlx;

#[migration(revision = "003", down_revision = "002")]
pub fn upgrade(op: &mut Op) {
    // A script has no Rust: who has no name is shown there by the whole address.
    op.run("fill display names", fill_display_names)
        .sql("UPDATE users SET display_name = coalesce(name, email) WHERE display_name IS NULL");
}

pub fn downgrade(op: &mut Op) {
    op.execute("UPDATE users SET display_name = NULL");
}

async fn fill_display_names(db: &mut Db<'_>) -> Result {
    let nameless = "SELECT email, name FROM users WHERE display_name IS NULL ORDER BY email";
    for user in db.fetch_all(nameless).await? {
        let (email, name): (String, Option<String>) = (user.get("email")?, user.get("name")?);
        let display_name = name.unwrap_or_else(|| name_of(&email));
        // The connection is each database's own, and so is how a parameter is written.
        let fill = "UPDATE users SET display_name = $1 WHERE email = $2";
        if let Some(db) = db.as_postgres() {
            sqlx::query(fill)
                .bind(display_name)
                .bind(email)
                .execute(db)
                .await?;
        } else if let Some(db) = db.as_sqlite() {
            sqlx::query(fill)
                .bind(display_name)
                .bind(email)
                .execute(db)
                .await?;
        } else if let Some(db) = db.as_mysql() {
            sqlx::query("UPDATE users SET display_name = ? WHERE email = ?")
                .bind(display_name)
                .bind(email)
                .execute(db)
                .await?;
        }
    }
    Ok(())
}

/// `ada.lovelace+work@example.com` is "Ada Lovelace".
fn name_of(email: &str) -> String {
    let mailbox = email.split(['@', '+']).next().unwrap_or(email);
    let words = mailbox.split(['.', '_', '-']).filter(|word| !word.is_empty());
    let capitalized = words.map(|word| {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect::<String>()
    });
    capitalized.collect::<Vec<_>>().join(" ")
}
