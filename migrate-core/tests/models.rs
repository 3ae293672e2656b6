//! Models: what a struct says, as the schema that it wants.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(dead_code, reason = "a row that nobody reads")]

use migrate_core::model::{Model, ModelSet, Models, Rename};
use migrate_core::prelude::*;
use migrate_core::schema::Metadata;
use migrate_core::{Enumeration, Table};

#[derive(Enumeration)]
#[sqlx(type_name = "plan", rename_all = "snake_case")]
enum Plan {
    ForFree,
    #[sqlx(rename = "PRO")]
    Professional,
}

#[derive(Enumeration)]
#[repr(i16)]
enum Size {
    Small = 1,
    Large = 2,
}

#[derive(Table)]
#[table(name = "orgs", comment = "who pays", renamed_from = "companies")]
struct Org {
    #[column(primary_key, autoincrement)]
    id: i64,
    #[column(unique, length = 80)]
    name: String,
    r#type: Option<String>,
    plan: Plan,
    size: Option<Size>,
}

#[derive(Table)]
#[table(name = "users", unique(["org_id", "email"]).name("uq_mail"), index("ix_at", [key("at").desc()]).unique(), check("age > 0"))]
#[sqlx(rename_all = "snake_case")]
struct User {
    #[column(primary_key, name = "user_id", renamed_from = "id")]
    id: i32,
    #[column(ty = varchar(255), index)]
    email: String,
    #[column(references = Org::id, on_delete = Cascade)]
    org_id: Option<i64>,
    #[column(references = "orgs.name")]
    org_name: String,
    #[column(server_default = now(), ty = timestamptz())]
    at: String,
    #[column(server_default = 18, check = "age < 200")]
    age: Option<i16>,
    photo: Option<Vec<u8>>,
    tags: Vec<String>,
    #[column(references = User::id)]
    parent: Option<i32>,
    #[sqlx(skip)]
    cached: std::cell::Cell<u8>,
}

fn by_hand() -> Metadata {
    let mut op = Op::new();
    op.create_table("orgs", |t| {
        t.column("id", bigint()).primary_key().autoincrement();
        t.column("name", varchar(80)).not_null().unique();
        t.column("type", text());
        t.column("plan", enumeration("plan", ["for_free", "PRO"]))
            .not_null();
        t.column("size", smallint());
    })
    .comment("who pays");
    op.create_table("users", |t| {
        t.column("user_id", integer()).primary_key();
        t.column("email", varchar(255)).not_null();
        t.column("org_id", bigint());
        t.column("org_name", text()).not_null();
        t.column("at", timestamptz()).not_null().server_default(now());
        t.column("age", smallint()).server_default(18).check("age < 200");
        t.column("photo", bytes());
        t.column("tags", array_of(text())).not_null();
        t.column("parent", integer());
        t.unique(["org_id", "email"]).name("uq_mail");
        t.check("age > 0");
        t.foreign_key(["org_id"], "orgs", ["id"]).on_delete(Cascade);
        t.foreign_key(["org_name"], "orgs", ["name"]);
        t.foreign_key(["parent"], "users", ["user_id"]);
    });
    op.create_index(None, "users", ["email"]);
    op.create_index("ix_at", "users", [key("at").desc()]).unique();
    let mut metadata = Metadata::default();
    for recorded in op.finish() {
        metadata.apply(&recorded.operation).unwrap();
    }
    metadata
}

#[test]
fn a_struct_says_what_create_table_says() {
    assert_eq!(Models::linked().metadata().unwrap(), by_hand());
    assert_eq!(User::COLUMNS[0], ("id", "user_id"));
}

#[test]
fn the_order_in_which_models_are_linked_does_not_matter() {
    let sets = [Org::describe as fn(&mut Op), User::describe].map(|describe| ModelSet {
        package: "p",
        name: "a model",
        place: migrate_core::operation::Place {
            file: "x.rs",
            line: 1,
        },
        describe,
        renames: Vec::new,
    });
    let [one, other] = sets;
    assert_eq!(Models::of([other, one]).metadata().unwrap(), by_hand());
    let twice = Models::of([one, one]).metadata().unwrap_err();
    assert_eq!(
        twice[0].to_string(),
        "x.rs:1: `a model` and `a model` (x.rs:1) both describe the table `orgs`"
    );
    // What no model describes may be there all the same.
    let alone = Models::of([other]).metadata().unwrap();
    let users = &alone.tables[&"users".into()];
    assert!(users.constraint("fk_users_org_id_orgs").is_some());
}

#[test]
fn a_struct_says_what_was_called_otherwise() {
    let asked = Rename::read("users.years:age", &by_hand()).unwrap();
    let renames = Models::linked().renaming([asked]).renames();
    let renames: Vec<String> = renames.iter().map(ToString::to_string).collect();
    assert_eq!(
        renames,
        [
            "users.years:users.age",
            "companies:orgs",
            "users.id:users.user_id"
        ]
    );
}

#[test]
fn no_models_are_no_wish_for_an_empty_database() {
    let errors = Models::of([]).metadata().unwrap_err();
    assert_eq!(
        errors[0].to_string(),
        "there are no models: no `#[derive(Table)]` is linked into this program"
    );
}
