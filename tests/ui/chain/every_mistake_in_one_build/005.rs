//! a migration

use migrate_core::prelude::*;

#[migration(revision = "005", down_revision = "005")]
pub fn upgrade(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}
