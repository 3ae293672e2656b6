//! a migration

use migrate_core::prelude::*;

#[migration(revision = "011", down_revision = "001")]
pub fn upgrade(_: &mut Op) {}
