//! a migration

use migrate_core::prelude::*;

#[migration(revision = "001", down_revision = None, reversible, irreversible = "gone")]
pub fn change(_: &mut Op) {}
