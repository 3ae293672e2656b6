//! first
//!
//! Revision ID: 1f3c5b

use migrate_core::prelude::*;

#[migration(revison = "1f3c5b", down_revision = None)]
pub fn upgrade(_: &mut Op) {}

pub fn downgrade(_: &mut Op) {}
