//! Initial migration - creates users and messages tables
//!
//! Revision ID: 753d9557b07b
//! Revises:
//! Create Date: 2025-07-15 09:00:00 UTC

use migrate_core::prelude::*;

#[migration(revision = "753d9557b07b", down_revision = None)]
pub fn upgrade(op: &mut Op) {
    op.create_table("users", |t| {
        t.column("id", bigint()).primary_key().autoincrement();
        t.column("email", varchar(255)).not_null();
        t.column("password_hash", varchar(255));
        t.column("token", uuid());
        t.column("created_at", timestamptz())
            .not_null()
            .server_default(now());
    });
    op.create_index(None, "users", ["email"]).unique();
    op.create_table("messages", |t| {
        t.column("id", bigint()).primary_key().autoincrement();
        t.column("sender_id", bigint())
            .not_null()
            .references("users", "id")
            .on_delete(Cascade);
        t.column("recipient_id", bigint())
            .not_null()
            .references("users", "id")
            .on_delete(Cascade);
        t.column("body", varchar(4000)).not_null();
        t.column("parameters", jsonb());
        t.column("created_at", timestamptz())
            .not_null()
            .server_default(now());
    });
    op.create_index(None, "messages", ["recipient_id"]);
    op.create_index(None, "messages", ["sender_id"]);
}

pub fn downgrade(op: &mut Op) {
    // The rows of the table are lost.
    op.drop_table("messages");
    // The rows of the table are lost.
    op.drop_table("users");
}
