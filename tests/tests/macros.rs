//! What `migrations!` makes of folders that are right. What it says about those that are not is in `ui.rs`.

// Lints that a crate may deny say nothing about what the macros write.
#![forbid(unsafe_code)]
#![deny(
    warnings,
    missing_docs,
    unreachable_pub,
    unused_qualifications,
    nonstandard_style
)]

use migrate_core::Downgrade;

mod whole_chain {
    migrate_core::migrations!("fixtures/migrations/whole_chain");
}

#[test]
fn a_migration_is_what_its_attribute_and_its_file_say() {
    let set = &whole_chain::__MIGRATIONS;
    assert_eq!(set.directory, "fixtures/migrations/whole_chain");
    assert_eq!(
        (set.package, set.module),
        ("migrate-tests", "macros::whole_chain")
    );
    let revisions: Vec<&str> = set
        .migrations
        .iter()
        .map(|migration| migration.revision)
        .collect();
    assert_eq!(revisions, ["001", "002", "003", "004", "a1"]);

    let [first, second, third, merge, cart] = set.migrations else {
        panic!("five migrations")
    };
    assert_eq!(
        (first.message, first.doc),
        ("add users", "add users\n\nRevision ID: 001")
    );
    assert_eq!(first.path, "fixtures/migrations/whole_chain/001_users.rs");
    assert_eq!(cart.path, "fixtures/migrations/whole_chain/cart/a1.rs");
    assert_eq!(
        (first.down_revisions.len(), first.branch_labels),
        (0, ["users"].as_slice())
    );
    assert!(first.transaction && !second.transaction);
    assert_eq!(
        (second.message, third.message, merge.message),
        ("second", "the third", "")
    );
    assert_eq!(merge.down_revisions, ["002", "003"]);
    assert_eq!(merge.depends_on, ["cart", "a1"]);
    assert!(matches!(
        third.downgrade,
        Downgrade::Irreversible("names are gone")
    ));
    assert!(matches!(merge.downgrade, Downgrade::Run(_)));
}

mod helpers_and_names {
    migrate_core::migrations!("fixtures/migrations/helpers_and_names");
}

#[test]
fn files_may_share_code_lie_in_sub_folders_and_have_any_name() {
    use helpers_and_names::{__MIGRATIONS, m_2026_11_20_add_users, m_a_b, m_a_b_2};

    assert_eq!(__MIGRATIONS.migrations.len(), 3);
    assert_eq!(m_2026_11_20_add_users::__MIGRATION.revision, "001");
    assert_eq!(
        (m_a_b::__MIGRATION.revision, m_a_b_2::__MIGRATION.revision),
        ("003", "002")
    );
}

mod several_heads {
    migrate_core::migrations!("fixtures/migrations/several_heads", allow_multiple_heads);
}

#[test]
fn several_heads_may_be_meant() {
    assert_eq!(several_heads::__MIGRATIONS.migrations.len(), 2);
}

mod effective_head {
    migrate_core::migrations!("fixtures/migrations/effective_head");
}

#[test]
fn a_head_that_another_head_needs_is_no_second_one() {
    assert_eq!(effective_head::__MIGRATIONS.migrations.len(), 2);
}

mod empty {
    migrate_core::migrations!("fixtures/migrations/empty");
}

#[test]
fn a_new_project_compiles_without_a_migration() {
    assert!(empty::__MIGRATIONS.migrations.is_empty());
}

mod cart {
    migrate_core::migrations!("fixtures/migrations/with_another_crate/cart");
}

mod app {
    use super::cart;

    migrate_core::migrations!("fixtures/migrations/with_another_crate/app", with = [cart]);
}

#[test]
fn what_a_folder_lacks_may_stand_in_another() {
    assert_eq!(app::__MIGRATIONS.migrations.len(), 2);
    let _ = app::migrator();
}
