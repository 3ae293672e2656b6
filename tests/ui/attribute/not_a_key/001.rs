//! a migration

use migrate_core::prelude::*;

#[migration("001", None)]
pub fn upgrade(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}
