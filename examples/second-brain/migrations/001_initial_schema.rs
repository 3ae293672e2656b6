//! initial schema
//!
//! Revision ID: 001
//! Revises:
//! Create Date: 2025-09-10 09:00:00 UTC

use migrate_core::prelude::*;

#[migration(revision = "001", down_revision = None)]
pub fn upgrade(op: &mut Op) {
    op.create_table("users", |t| {
        t.column("id", bigint()).primary_key().autoincrement();
        t.column("email", varchar(255)).not_null();
        t.column("first_name", varchar(100)).not_null();
        t.column("last_name", varchar(100)).not_null();
        t.column("created_at", timestamptz())
            .not_null()
            .server_default(now());
    });
    op.create_index(None, "users", ["email"]).unique();
    op.create_table("notes", |t| {
        t.column("id", bigint()).primary_key().autoincrement();
        t.column("user_id", bigint())
            .not_null()
            .references("users", "id")
            .on_delete(Cascade);
        t.column("title", varchar(500)).not_null();
        t.column("content", text());
        t.column("created_at", timestamptz())
            .not_null()
            .server_default(now());
    });
    op.create_index(None, "notes", ["user_id"]);
}

pub fn downgrade(op: &mut Op) {
    // The rows of the table are lost.
    op.drop_table("notes");
    // The rows of the table are lost.
    op.drop_table("users");
}
