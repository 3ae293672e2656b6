//! a migration

use migrate_core::prelude::*;

#[migration(revision = "004", down_revision = "001", depends_on = ["nothing"])]
pub fn upgrade(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}
