//! a migration

use migrate_core::prelude::*;

#[migration(revision = "001", down_revision = None)]
pub fn upgrade<T>(_: &mut T) {}

pub fn downgrade(_: &mut Op) {}
