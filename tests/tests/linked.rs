//! Several crates' migrations in one binary: the union is checked at start, and what is linked and forgotten is named.

use migrate_core::__private::{Migration, MigrationSet, Registration, inventory};
use migrate_core::{ErrorKind, Migrator};
use migrate_tests::migrations::{migration, migrator};

static FORGOTTEN: MigrationSet = MigrationSet {
    package: "cart",
    module: "cart::migrations",
    manifest_dir: "",
    directory: "migrations",
    migrations: &[],
};

inventory::submit! { Registration(&FORGOTTEN) }

fn plain(revision: &'static str, down_revisions: &'static [&'static str]) -> Migration {
    migration(revision, down_revisions, |_| Ok(()), |_| Ok(()))
}

fn union(own: Vec<Migration>, other: Vec<Migration>) -> Migrator {
    let own: &'static MigrationSet = migrator(own).sets()[0];
    migrate_core::__private::migrator(own, vec![migrator(other)])
}

#[test]
fn a_linked_crate_that_the_migrator_does_not_contain_is_named_with_what_to_write() {
    let warnings = migrator(vec![plain("a1", &[])]).warnings();
    let warnings: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    insta::assert_debug_snapshot!(warnings, @r#"
    [
        "this migrator does not contain the migrations of the linked crate `cart`, 0 in number; to contain them, write `migrations!(\"...\", with = [cart::migrations])`",
    ]
    "#);
}

#[test]
fn a_migration_may_follow_one_of_another_crate() {
    let mut app = plain("app2", &["app1"]);
    app.depends_on = &["lib1"];
    let migrator = union(vec![plain("app1", &[]), app], vec![plain("lib1", &[])]);
    let plan = migrator
        .plan_upgrade(&migrate_graph::Heads::default(), "heads")
        .unwrap();
    let order: Vec<&str> = plan
        .steps
        .iter()
        .flat_map(|step| &step.revision)
        .map(|id| id.as_str())
        .collect();
    assert_eq!(order, ["app1", "lib1", "app2"]);
}

#[test]
fn what_does_not_fit_in_the_union_is_told_of_every_file_at_once() {
    let mut lost = plain("lib1", &["nowhere"]);
    lost.path = "migrations/lib.rs";
    let error = union(
        vec![plain("a1", &[]), plain("b1", &["a2"])],
        vec![plain("a1", &[]), lost],
    );
    let error = error.revisions().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Graph);
    insta::assert_snapshot!(error, @r"
    migrations/test.rs: Revision a2 referenced from b1 is not present
    migrations/test.rs: Revision a1 is present more than once
    migrations/lib.rs: Revision nowhere referenced from lib1 is not present
    ");
}

#[test]
fn a_migrator_without_migrations_is_an_error_and_never_nothing_to_do() {
    let error = migrator(Vec::new()).revisions().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Graph);
    insta::assert_snapshot!(error, @"there are no migrations: `migrations` of package `migrate-tests` holds none that was compiled in");
}
