//! a migration

use migrate_core::prelude::*;

#[migration(revision = "008", down_revision = "001", branch_labels = ["cart"])]
pub fn upgrade(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}
