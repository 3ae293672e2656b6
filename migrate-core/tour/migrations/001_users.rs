//! users and their plans
//!
//! Revision ID: 001
//! Revises:

use migrate_core::prelude::*;

#[migration(revision = "001", down_revision = None)]
pub fn upgrade(op: &mut Op) {
    op.create_table("users", |t| {
        t.column("id", integer()).primary_key().autoincrement();
        t.column("email", varchar(255)).not_null();
        t.column("plan", enumeration("plan", ["free", "pro"]))
            .not_null()
            .server_default("free");
        t.column("created_at", timestamptz())
            .not_null()
            .server_default(now());
        t.unique(["email"]);
    });
    op.bulk_insert("users", ["email", "plan"], [("ada@example.com", "pro")]);
}

pub fn downgrade(op: &mut Op) {
    op.drop_table("users");
}
