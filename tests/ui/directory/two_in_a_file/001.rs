//! a migration

use migrate_core::prelude::*;

#[migration(revision = "001", down_revision = None)]
pub fn upgrade(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}

pub mod more {}

#[migration(revision = "002", down_revision = "001")]
pub fn upgrade_more(_: &mut Op) {}
