//! add users.display_name
//!
//! Revision ID: 002
//! Revises: 001
//! Create Date: 2026-01-15 09:00:00 UTC

use migrate_core::prelude::*;

#[migration(revision = "002", down_revision = "001")]
pub fn upgrade(op: &mut Op) {
    op.add_column("users", "display_name", varchar(255))
        .comment("as shown to others");
}

pub fn downgrade(op: &mut Op) {
    op.drop_column("users", "display_name");
}
