//! a migration

use migrate_core::prelude::*;

#[migration(revision = "1f3c5b7d9e2a", down_revision = None)]
pub fn upgrade(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}
