//! a migration

use migrate_core::prelude::*;

#[migration(revision = "002", down_revision = "1f3c5b")]
pub fn upgrade(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}
