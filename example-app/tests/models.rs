//! The application's models say what its migrations make, on paper; `migrations.rs` looks into databases.

use example_app::{migrations::migrator, models::User};
use migrate_core::Check;
use migrate_core::autogenerate::render;
use migrate_core::model::{Model, Models};

/// What a migration would have to do.
fn missing(check: &Check) -> String {
    let statements: Vec<String> = check.comparison.operations.iter().flat_map(render).collect();
    statements.join("\n")
}

#[test]
fn no_migration_is_missing() {
    // A linker leaves out what nobody names.
    assert_eq!(User::table().name, "users");
    for database in ["sqlite", "postgres", "mysql"] {
        let check = migrator().check_offline(database, &Models::linked()).unwrap();
        assert!(check.is_clean(), "{database}: {}", missing(&check));
    }
}
