//! a migration

use migrate_core::prelude::*;

#[migration(revision = "001", down_revision = None, branch_labels = ["cart"])]
pub fn upgrade(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}
