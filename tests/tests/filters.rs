//! What of a database models are compared with: filters, and what cannot be compared.
#![expect(dead_code, reason = "rows that nobody reads")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use migrate_core::autogenerate::render;
use migrate_core::model::{Filter, Model};
use migrate_core::prelude::*;
use migrate_core::schema::Element;
use migrate_core::{Check, Migrator, Table};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};
use migrate_tests::models::models;

#[derive(Table)]
#[table(name = "users", index(["email"]))]
struct User {
    #[column(primary_key)]
    id: i32,
    #[column(length = 255)]
    email: String,
}

#[derive(Table)]
#[table(name = "user_notes")]
struct Note {
    #[column(primary_key)]
    id: i32,
}

#[derive(Table)]
#[table(name = "events", schema = "audit")]
struct Event {
    #[column(primary_key)]
    id: i32,
    #[column(references = User::id)]
    user_id: Option<i32>,
}

fn old(op: &mut Op) -> Result {
    op.create_table("user_notes_old", |t| {
        t.column("id", integer()).primary_key();
    });
    Ok(())
}

fn nothing(_: &mut Op) -> Result {
    Ok(())
}

fn history() -> Migrator {
    migrator(vec![migration("1", &[], old, nothing)])
}

/// What the next migration would say, and what is said besides.
fn told(check: &Check) -> String {
    let statements = check.comparison.operations.iter().flat_map(render);
    let remarks = check.remarks.iter().map(|remark| format!("note: {remark}"));
    statements.chain(remarks).collect::<Vec<_>>().join("\n")
}

fn offline(filter: Filter) -> String {
    let models = models(&[User::describe, Note::describe, Event::describe]).only(filter);
    told(&history().check_offline("postgres", &models).unwrap())
}

#[test]
fn a_pattern_leaves_out_tables_on_both_sides() {
    insta::assert_snapshot!(offline(Filter::new().include("user_*").exclude("*_old")), @r#"
    op.create_table("user_notes", |t| {
        t.column("id", integer()).primary_key();
    });
    "#);
    insta::assert_snapshot!(offline(Filter::new().exclude("audit.*").exclude("user*")), @"");
}

#[test]
fn a_schema_leaves_out_others_and_nothing_that_says_none() {
    insta::assert_snapshot!(offline(Filter::new().schema("elsewhere").include("events")), @"note: the filter `elsewhere` matches no table");
}

#[test]
fn a_schema_that_models_name_and_nobody_made_is_made_before_its_tables() {
    insta::assert_snapshot!(offline(Filter::new().include("events")), @r#"
    op.create_schema("audit");
    op.create_table(qualified("audit", "events"), |t| {
        t.column("id", integer()).primary_key();
        t.column("user_id", integer());
    });
    op.create_foreign_key(None, qualified("audit", "events"), "users", ["user_id"], ["id"]);
    "#);
}

#[test]
fn any_part_of_a_table_can_be_left_out() {
    let no_index = |element: &Element| !matches!(element, Element::Index(..));
    let no_email = |element: &Element| !matches!(element, Element::Column(_, name) if name == "email");
    let filter = Filter::new().include("users").object(no_index).object(no_email);
    insta::assert_snapshot!(offline(filter), @r#"
    op.create_table("users", |t| {
        t.column("id", integer()).primary_key();
    });
    "#);
}

#[tokio::test]
async fn what_is_there_as_something_else_is_not_created() {
    let database = TestDatabase::sqlite();
    history().upgrade(database.url(), "head").await.unwrap();
    database
        .execute("CREATE VIEW users AS SELECT 1 AS id; CREATE VIRTUAL TABLE user_notes USING fts5(words)")
        .await;
    let models = models(&[User::describe, Note::describe]);
    let check = history().check(database.url(), &models).await.unwrap();
    insta::assert_snapshot!(told(&check), @r#"
    op.drop_table("user_notes_old");
    note: the table `user_notes` is not compared: it is a virtual table
    note: the table `users` is not compared: it is a view
    "#);
}

#[tokio::test]
async fn tables_that_nobody_knows_go_when_that_is_asked_for() {
    let database = TestDatabase::sqlite();
    history().upgrade(database.url(), "head").await.unwrap();
    database
        .execute("CREATE TABLE user_notes (id INTEGER PRIMARY KEY)")
        .await;
    database
        .execute("CREATE TABLE somebody_s (id INTEGER PRIMARY KEY)")
        .await;
    let check = async |filter| {
        let models = models(&[Note::describe]).only(filter);
        told(&history().check(database.url(), &models).await.unwrap())
    };
    insta::assert_snapshot!(check(Filter::new()).await, @r#"op.drop_table("user_notes_old");"#);
    insta::assert_snapshot!(check(Filter::new().unknown_tables()).await, @r#"
    op.drop_table("user_notes_old");
    op.drop_table("somebody_s");
    "#);
    let filter = Filter::new().unknown_tables().exclude("some*").exclude("*_old");
    insta::assert_snapshot!(check(filter).await, @"");
}

#[derive(Table)]
#[table(name = "orders", schema = "public")]
struct Order {
    #[column(primary_key)]
    id: i32,
    #[column(references = Event::id)]
    event_id: Option<i32>,
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn the_schema_that_is_looked_in_first_need_not_be_said() {
    let database = TestDatabase::postgres().await;
    history().upgrade(database.url(), "head").await.unwrap();
    database
        .execute(
            "CREATE TABLE users (id INTEGER CONSTRAINT pk_users PRIMARY KEY, email VARCHAR(255) NOT NULL);
             CREATE INDEX ix_users_email ON users (email);
             CREATE TABLE orders (id INTEGER CONSTRAINT pk_orders PRIMARY KEY, event_id INTEGER);",
        )
        .await;
    let models = models(&[User::describe, Event::describe, Order::describe]);
    let check = history().check(database.url(), &models).await.unwrap();
    insta::assert_snapshot!(told(&check), @r#"
    op.create_schema("audit");
    op.create_table(qualified("audit", "events"), |t| {
        t.column("id", integer()).primary_key();
        t.column("user_id", integer()).references("users", "id");
    });
    op.create_foreign_key(None, "orders", qualified("audit", "events"), ["event_id"], ["id"]);
    op.drop_table("user_notes_old");
    "#);
    database
        .execute(
            "CREATE SCHEMA audit; CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;
             CREATE FOREIGN TABLE audit.events (id INTEGER) SERVER s",
        )
        .await;
    let check = history().check(database.url(), &models).await.unwrap();
    insta::assert_snapshot!(told(&check), @r#"
    op.create_foreign_key(None, "orders", qualified("audit", "events"), ["event_id"], ["id"]);
    op.drop_table("user_notes_old");
    note: the table `audit.events` is not compared: it is a foreign table
    "#);
}
