//! a migration

use migrate_core::prelude::*;

#[migration(revision = "001", down_revision = None)]
pub fn upgrade(_: &mut Op) {}

mod inner {
    pub fn downgrade() {}
}
