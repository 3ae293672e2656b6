//! a migration

use migrate_core::prelude::*;

#[migration(revision = "003", down_revision = ["001", "nowhere"])]
pub fn upgrade(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}
