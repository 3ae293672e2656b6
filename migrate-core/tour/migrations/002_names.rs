//! a name for every user
//!
//! Revision ID: 002
//! Revises: 001

use migrate_core::prelude::*;

#[migration(revision = "002", down_revision = "001")]
pub fn upgrade(op: &mut Op) {
    op.add_column("users", "name", varchar(255));
    op.run("name the nameless", name_the_nameless)
        .sql("UPDATE users SET name = email WHERE name IS NULL");
    op.create_index("ix_users_name", "users", ["name"]);
}

pub fn downgrade(op: &mut Op) {
    op.drop_index("ix_users_name", "users");
    op.drop_column("users", "name");
}

async fn name_the_nameless(db: &mut Db<'_>) -> Result {
    db.execute("UPDATE users SET name = email WHERE name IS NULL")
        .await?;
    Ok(())
}
