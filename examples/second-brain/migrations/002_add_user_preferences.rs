//! add user preferences
//!
//! Revision ID: 002
//! Revises: 001
//! Create Date: 2025-09-24 08:30:00 UTC

use migrate_core::prelude::*;

#[migration(revision = "002", down_revision = "001")]
pub fn upgrade(op: &mut Op) {
    op.add_column("users", "preferences", jsonb());
}

pub fn downgrade(op: &mut Op) {
    // The values of the column are lost.
    op.drop_column("users", "preferences");
}
