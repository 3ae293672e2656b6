//! a migration

use migrate_core::prelude::*;

#[migration(revision = "002", down_revision = "001")]
pub fn upgrade(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}
