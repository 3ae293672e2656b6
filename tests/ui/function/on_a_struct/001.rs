//! a migration

use migrate_core::prelude::*;

#[migration(revision = "001", down_revision = None)]
pub struct Upgrade;

pub fn downgrade(_: &mut Op) {}
