//! a migration

use migrate_core::prelude::*;

#[migration(revision = "001", down_revision = None, reversible)]
pub fn both(_: &mut Op) {}
