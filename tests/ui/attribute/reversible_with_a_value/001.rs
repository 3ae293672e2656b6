//! a migration

use migrate_core::prelude::*;

#[migration(revision = "001", down_revision = None, reversible = true)]
pub fn change(_: &mut Op) {}
