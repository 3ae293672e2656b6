//! a migration

use migrate_core::prelude::*;

#[migration(revision = "010", revision = "010")]
pub fn upgrade(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}
