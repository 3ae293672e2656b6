//! a migration

use migrate_core::prelude::*;

#[migration(revision = "002", down_revision = "001", depends_on = ["crt", "cart"])]
pub fn upgrade(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}
