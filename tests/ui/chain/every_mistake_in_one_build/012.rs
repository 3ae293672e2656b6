//! a migration

use migrate_core::prelude::*;

#[migration(revision = "012", down_revision = "001")]
pub async fn upgrade(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}
