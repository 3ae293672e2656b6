//! a migration

use migrate_core::prelude::*;

#[migration(revision = "00 9", down_revision = 8)]
pub fn upgrade(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}
