//! a migration

use migrate_core::prelude::*;

#[migration(revision = "001", down_revision = None)]
pub fn upgrade() {}

pub fn downgrade(_: &mut Op) {}
