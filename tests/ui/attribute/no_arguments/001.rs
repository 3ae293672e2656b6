//! a migration

use migrate_core::prelude::*;

#[migration()]
pub fn upgrade(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}
