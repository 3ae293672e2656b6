//! a migration

use migrate_core::prelude::*;

const ID: &str = "001";

#[migration(revision = ID, down_revision = None)]
pub fn upgrade(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}
