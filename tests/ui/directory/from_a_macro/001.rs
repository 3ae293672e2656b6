//! a migration

use migrate_core::prelude::*;

macro_rules! migration_of {
    ($revision:literal) => {
        #[migration(revision = $revision, down_revision = None)]
        pub fn upgrade(_: &mut Op) {}
    };
}

migration_of!("001");

pub fn downgrade(_: &mut Op) {}
