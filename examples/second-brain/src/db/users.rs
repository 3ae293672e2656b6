//! Who keeps notes, in SQL that SQLite, PostgreSQL and MySQL share.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Connection, Row};

/// Connects to the database.
///
/// # Errors
/// When it cannot be reached.
pub async fn connect(url: &str) -> sqlx::Result<AnyConnection> {
    sqlx::any::install_default_drivers();
    AnyConnection::connect(url).await
}

/// Adds somebody.
///
/// # Errors
/// When the database refuses it, as it does a second one with that address.
pub async fn add(db: &mut AnyConnection, email: &str, first_name: &str, last_name: &str) -> sqlx::Result<()> {
    // PostgreSQL numbers its parameters.
    let insert = match db.backend_name() {
        "PostgreSQL" => "INSERT INTO users (email, first_name, last_name) VALUES ($1, $2, $3)",
        _ => "INSERT INTO users (email, first_name, last_name) VALUES (?, ?, ?)",
    };
    let insert = sqlx::query(insert).bind(email).bind(first_name).bind(last_name);
    insert.execute(db).await?;
    Ok(())
}

/// Everybody, each as `name <address>`.
///
/// # Errors
/// When the database refuses it.
pub async fn all(db: &mut AnyConnection) -> sqlx::Result<Vec<String>> {
    let names = "SELECT first_name || ' ' || last_name AS name, email FROM users ORDER BY email";
    let line = |row: AnyRow| {
        let (name, email): (String, String) = (row.try_get("name")?, row.try_get("email")?);
        Ok(format!("{name} <{email}>"))
    };
    sqlx::query(names).try_map(line).fetch_all(db).await
}
