//! a migration

use migrate_core::prelude::*;

#[migration(revision = "001", down_revision = None, reversible)]
pub fn change(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}
