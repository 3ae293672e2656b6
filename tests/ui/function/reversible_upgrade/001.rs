//! a migration

use migrate_core::prelude::*;

#[migration(revision = "001", down_revision = None, reversible)]
pub fn upgrade(_: &mut Op) {}
