//! a migration

use migrate_core::prelude::*;

#[migration(revision = "006", down_revision = "007")]
pub fn upgrade(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}
