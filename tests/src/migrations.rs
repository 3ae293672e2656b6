//! Migrations made at run time, for tests that want a set of their own without a directory of files.

use migrate_core::__private::{Downgrade, Migration, MigrationSet, Op, StepError};
use migrate_core::Migrator;

/// A migration that follows another, with nothing else said of it.
#[must_use]
pub fn migration(
    revision: &'static str,
    down_revisions: &'static [&'static str],
    upgrade: fn(&mut Op) -> Result<(), StepError>,
    downgrade: fn(&mut Op) -> Result<(), StepError>,
) -> Migration {
    Migration {
        revision,
        down_revisions,
        depends_on: &[],
        branch_labels: &[],
        message: "a test migration",
        doc: "",
        path: "migrations/test.rs",
        transaction: true,
        upgrade,
        downgrade: Downgrade::Run(downgrade),
    }
}

/// A migration that follows another, and whose downgrade is its reverse.
#[must_use]
pub fn reversible(
    revision: &'static str,
    down_revisions: &'static [&'static str],
    change: fn(&mut Op) -> Result<(), StepError>,
) -> Migration {
    Migration {
        downgrade: Downgrade::Reverse,
        ..migration(revision, down_revisions, change, change)
    }
}

/// A migrator of these migrations. It lives as long as the test process, as a compiled-in set does.
#[must_use]
pub fn migrator(migrations: Vec<Migration>) -> Migrator {
    let migrations: Vec<&'static Migration> = migrations
        .into_iter()
        .map(|migration| &*Box::leak(Box::new(migration)))
        .collect();
    let set = Box::leak(Box::new(MigrationSet {
        package: "migrate-tests",
        module: "migrate_tests",
        manifest_dir: env!("CARGO_MANIFEST_DIR"),
        directory: "migrations",
        migrations: Vec::leak(migrations),
    }));
    migrate_core::__private::migrator(set, Vec::new())
}
