//! a migration

use migrate_core::prelude::*;

#[migration(revision = "001", down_revision = None)]
pub fn upgrade(_: &mut String) {}

pub fn downgrade(_: &mut Op) {}
