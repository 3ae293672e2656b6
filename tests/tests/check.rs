//! Models compared with what the migrations come to, without a database.
#![expect(dead_code, reason = "rows that nobody reads")]

use migrate_core::autogenerate::render;
use migrate_core::model::{Filter, Model, ModelSet, Models, Rename};
use migrate_core::operation::Place;
use migrate_core::prelude::*;
use migrate_core::{Check, Enumeration, ErrorKind, Migrator, Table};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};
use migrate_tests::models::models;

#[derive(Enumeration)]
#[sqlx(type_name = "plan", rename_all = "lowercase")]
enum Plan {
    Free,
    Pro,
}

#[derive(Table)]
#[table(name = "orgs")]
struct Org {
    #[column(primary_key)]
    id: i32,
    #[column(length = 80)]
    name: String,
    #[column(server_default = "free")]
    plan: Plan,
}

#[derive(Table)]
#[table(name = "companies", renamed_from = "orgs")]
struct Company {
    #[column(primary_key)]
    id: i32,
    #[column(length = 80, renamed_from = "name")]
    full_name: String,
    #[column(server_default = "free")]
    plan: Plan,
}

#[derive(Table)]
#[table(name = "users", index(["email"]).unique())]
struct User {
    #[column(primary_key)]
    id: i32,
    #[column(length = 255)]
    email: String,
    #[column(references = Org::id, on_delete = Cascade)]
    org_id: Option<i32>,
}

fn orgs(op: &mut Op) -> Result {
    op.create_schema("elsewhere");
    op.create_table("orgs", |t| {
        t.column("id", integer()).primary_key();
        t.column("name", varchar(80)).not_null();
        t.column("plan", enumeration("plan", ["free", "pro"]))
            .not_null()
            .server_default("free");
    });
    op.create_view("names", "SELECT name FROM orgs");
    Ok(())
}

fn nothing(_: &mut Op) -> Result {
    Ok(())
}

fn history() -> Migrator {
    migrator(vec![migration("1", &[], orgs, nothing)])
}

/// A remark whose place is any line.
fn without_line(remark: &str) -> String {
    match remark.split_once(".rs:") {
        Some((file, rest)) => format!(
            "{file}.rs{}",
            rest.trim_start_matches(|c: char| c.is_ascii_digit())
        ),
        None => remark.to_owned(),
    }
}

/// What is found, as the next migration would say it.
fn found(check: &Check) -> String {
    let statements: Vec<String> = check.comparison.operations.iter().flat_map(render).collect();
    let unread: Vec<String> = check
        .remarks
        .iter()
        .map(|remark| without_line(&remark.to_string()))
        .collect();
    [statements, unread].concat().join("\n")
}

#[test]
fn models_that_equal_the_migrations_leave_nothing_to_do_and_what_no_model_describes_is_left_alone() {
    for database in ["sqlite", "postgres", "mysql"] {
        let check = history()
            .check_offline(database, &models(&[Org::describe]))
            .unwrap();
        assert!(check.is_clean(), "{}", found(&check));
    }
}

#[test]
fn a_new_model_is_a_table_that_the_next_migration_makes() {
    let models = models(&[User::describe, Org::describe]);
    let check = history().check_offline("sqlite:", &models).unwrap();
    insta::assert_snapshot!(found(&check), @r#"
    op.create_table("users", |t| {
        t.column("id", integer()).primary_key();
        t.column("email", varchar(255)).not_null();
        t.column("org_id", integer()).references("orgs", "id").on_delete(Cascade);
    });
    op.create_index(None, "users", ["email"]).unique();
    "#);
}

/// The same, with what it says of old names.
fn companies() -> Models {
    Models::of([ModelSet {
        package: "app",
        name: "Company",
        place: Place {
            file: "src/models.rs",
            line: 1,
        },
        describe: Company::describe,
        renames: Company::renames,
    }])
}

#[test]
fn a_model_that_says_its_old_name_is_renamed_and_is_compared_where_its_new_name_is() {
    let check = history().check_offline("postgres:", &companies()).unwrap();
    insta::assert_snapshot!(found(&check), @r#"
    op.rename_table("orgs", "companies");
    op.alter_column("companies", "name").rename("full_name");
    op.rename_constraint("companies", "pk_orgs", "pk_companies").primary_key();
    "#);
    let only = |filter| {
        let models = companies().only(filter);
        found(&history().check_offline("postgres:", &models).unwrap())
    };
    assert_eq!(only(Filter::new().include("companies")), found(&check));
    assert_eq!(only(Filter::new().exclude("companies")), "");
    assert_eq!(only(Filter::new().exclude("orgs")), found(&check));
}

#[tokio::test]
async fn a_table_that_no_migration_made_is_renamed_when_somebody_says_so() {
    let database = TestDatabase::sqlite();
    let firms = "CREATE TABLE firms (id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL, \
         plan VARCHAR(4) NOT NULL DEFAULT 'free' CONSTRAINT ck_firms_plan CHECK (plan IN ('free', 'pro')))";
    database.execute(firms).await;
    let migrator = migrator(vec![migration("1", &[], nothing, nothing)]);
    migrator.upgrade(database.url(), "head").await.unwrap();
    let models = models(&[Org::describe]);
    let check = migrator.check(database.url(), &models).await.unwrap();
    assert_eq!(check.comparison.likely, []);
    let firms = Rename::Table {
        from: "firms".into(),
        to: "orgs".into(),
    };
    let models = models.renaming([firms]);
    let check = migrator.check(database.url(), &models).await.unwrap();
    insta::assert_snapshot!(found(&check), @r#"
    op.rename_table("firms", "orgs");
    op.rename_constraint("orgs", "pk_firms", "pk_orgs").primary_key();
    "#);
}

migrate_core::models! {
    /// What no struct says.
    fn beside(op: &mut Op) {
        op.create_table("events", |t| {
            t.column("id", bigint()).primary_key();
            t.column("org_id", integer()).references("orgs", "id");
        });
        op.create_index(None, "orgs", ["name"]);
        op.create_view("names", "SELECT name FROM orgs");
        op.create_view("all_names", "SELECT name FROM orgs");
    }
}

#[test]
fn what_no_struct_describes_is_described_in_code() {
    let check = history()
        .check_offline("sqlite:", &models(&[beside, Org::describe]))
        .unwrap();
    insta::assert_snapshot!(found(&check), @r#"
    op.create_table("events", |t| {
        t.column("id", bigint()).primary_key();
        t.column("org_id", integer()).references("orgs", "id");
    });
    op.create_index(None, "orgs", ["name"]);
    op.create_view("all_names", "SELECT name FROM orgs");
    "#);
    let linked = Models::linked().metadata().unwrap();
    assert!(linked.views.contains_key(&"all_names".into()));
}

#[test]
fn sql_by_hand_counts_where_it_is_understood_and_is_told_where_it_is_not() {
    fn by_hand(op: &mut Op) -> Result {
        op.execute("UPDATE orgs SET name = 'x'; ALTER TABLE orgs ADD COLUMN extra text; VACUUM;");
        op.execute("DO $$ BEGIN EXECUTE 'ALTER TABLE orgs ADD COLUMN more text'; END $$");
        op.execute("CREATE TABLE parts (day date) PARTITION BY RANGE (day)");
        op.execute("ALTER TABLE orgs ADD COLUMN extra text");
        Ok(())
    }
    let history = migrator(vec![
        migration("1", &[], orgs, nothing),
        migration("2", &["1"], by_hand, nothing),
    ]);
    let check = history
        .check_offline("postgres", &models(&[Org::describe]))
        .unwrap();
    insta::assert_snapshot!(found(&check), @r#"
    op.drop_column("orgs", "extra");
    tests/tests/check.rs: SQL by hand that is not understood, and is left out of what the migrations come to: `DO $$ BEGIN EXECUTE 'ALTER TABLE orgs ADD COLUMN more text'; ..`
    tests/tests/check.rs: SQL by hand that is not understood, and is left out of what the migrations come to: `CREATE TABLE parts (day date) PARTITION BY RANGE (day)`
    tests/tests/check.rs: SQL by hand that is not understood, and is left out of what the migrations come to: `ALTER TABLE orgs ADD COLUMN extra text`
    "#);
}

#[test]
fn models_that_make_no_sense_are_told_all_at_once() {
    let error = history()
        .check_offline("sqlite", &models(&[User::describe, User::describe]))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Models);
    insta::assert_snapshot!(error, @"
    src/models.rs:1: `a model` and `a model` (src/models.rs:1) both describe the table `users`
    src/models.rs:1: `a model`: the index `ix_users_email` on `users` exists already
    ");
    let error = history().check_offline("sqlite", &models(&[])).unwrap_err();
    insta::assert_snapshot!(error, @"there are no models: no `#[derive(Table)]` is linked into this program");
}
