//! a migration

use migrate_core::prelude::*;

#[migration(revision = "007", down_revision = "006")]
pub fn upgrade(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}
