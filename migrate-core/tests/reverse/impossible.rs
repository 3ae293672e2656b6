//! What cannot be done to what is there, as the simulation says it.

use std::fmt::Write as _;

use migrate_core::prelude::*;

use crate::{before, recorded};

/// What the simulation says of what was recorded, after the setup.
fn said(record: fn(&mut Op)) -> String {
    let mut metadata = before();
    let mut text = String::new();
    for recorded in recorded(record) {
        match metadata.apply(&recorded.operation) {
            Ok(()) => writeln!(text, "{}", recorded.operation).unwrap(),
            Err(error) => writeln!(text, "{}: {error}", recorded.operation).unwrap(),
        }
    }
    text
}

#[test]
fn names_that_are_taken() {
    insta::assert_snapshot!(said(|op| {
        op.create_schema("audit");
        op.create_schema("audit").if_not_exists();
        op.create_table("users", |_| {});
        op.create_table("users", |_| {}).if_not_exists();
        op.create_table("adults", |_| {});
        op.create_table("twice", |t| { t.column("a", text()); t.column("a", text()); });
        op.rename_table("users", "orgs");
        op.add_column("users", "age", text());
        op.add_column("users", "age", text()).if_not_exists();
        op.alter_column("users", "age").rename("email");
        op.create_index("ix_users_age", "users", ["email"]);
        op.create_unique_constraint("uq_users_email_age", "users", ["email"]);
        op.create_primary_key("pk", "users", ["email"]);
        op.create_enum(enumeration("level", ["x"]));
        op.add_column("orgs", "level", enumeration("level", ["x"]));
        op.add_enum_value("level", "low");
        op.rename_enum_value("level", "low", "high");
        op.create_sequence("numbers");
        op.create_view("adults", "SELECT 1");
        op.create_view("users", "SELECT 1");
        op.create_trigger("touch", "users", Before, [Update], "");
        op.create_function("touch", "", "");
        op.create_function("touch", "integer", "");
        op.create_extension("citext");
    }), @"
    create_schema audit: the schema `audit` exists already
    create_schema audit
    create_table users: the table `users` exists already
    create_table users
    create_table adults: the view `adults` exists already
    create_table twice: the column `twice.a` exists already
    rename_table users to orgs: the table `orgs` exists already
    add_column users.age: the column `users.age` exists already
    add_column users.age
    alter_column users.age: the column `users.email` exists already
    create_index ix_users_age on users: the index `ix_users_age` on `users` exists already
    create constraint uq_users_email_age on users: the constraint `uq_users_email_age` of `users` exists already
    create constraint pk on users: the table `users` has a primary key already: `pk_users`
    create_enum level: the enum type `level` exists already
    add_column orgs.level: the enum type `level` exists already
    add_enum_value low to level: the value `low` of enum type `level` exists already
    rename_enum_value low of level to high: the value `high` of enum type `level` exists already
    create_sequence numbers: the sequence `numbers` exists already
    create_view adults: the view `adults` exists already
    create_view users: the table `users` exists already
    create_trigger touch on users: the trigger `touch` on `users` exists already
    create_function touch: the function `touch` exists already
    create_function touch
    create_extension citext: the extension `citext` exists already
    ");
}

#[test]
fn names_that_nothing_describes() {
    insta::assert_snapshot!(said(|op| {
        op.drop_schema("x");
        op.drop_table("x");
        op.drop_table("x").if_exists();
        op.rename_table("x", "y");
        op.create_table_comment("x", "c");
        op.add_column("x", "a", text());
        op.drop_column("users", "x");
        op.drop_column("users", "x").if_exists();
        op.alter_column("users", "x").nullable();
        op.create_index("ix", "users", ["x"]);
        op.drop_index("x", "users");
        op.create_unique_constraint("uq", "users", ["x"]);
        op.create_foreign_key("fk", "users", "orgs", ["age"], ["x"]);
        op.validate_constraint("x", "users");
        op.drop_constraint("x", "users");
        op.add_enum_value("level", "new").after("x");
        op.rename_enum_value("level", "x", "y");
        op.drop_enum("x");
        op.create_sequence("s").owned_by("users", "x");
        op.alter_sequence("x").restart(1);
        op.drop_sequence("x");
        op.drop_view("x");
        op.create_trigger("t", "x", Before, [Update], "");
        op.drop_trigger("x", "users");
        op.drop_function("x", "");
        op.drop_extension("x");
        op.bulk_insert("users", ["x"], [[1]]);
        op.backfill("users", "x", 1);
        op.backfill("users", "age", 1).by(["y"]);
    }), @"
    drop_schema x: there is no schema `x`
    drop_table x: there is no table `x`
    drop_table x
    rename_table x to y: there is no table `x`
    create_table_comment x: there is no table `x`
    add_column x.a: there is no table `x`
    drop_column users.x: there is no column `users.x`
    drop_column users.x
    alter_column users.x: there is no column `users.x`
    create_index ix on users: there is no column `users.x`
    drop_index x on users: there is no index `x` on `users`
    create constraint uq on users: there is no column `users.x`
    create constraint fk on users: there is no column `orgs.x`
    validate_constraint x on users: there is no constraint `x` of `users`
    drop_constraint x on users: there is no constraint `x` of `users`
    add_enum_value new to level: there is no value `x` of enum type `level`
    rename_enum_value x of level to y: there is no value `x` of enum type `level`
    drop_enum x: there is no enum type `x`
    create_sequence s: there is no column `users.x`
    alter_sequence x: there is no sequence `x`
    drop_sequence x: there is no sequence `x`
    drop_view x: there is no view `x`
    create_trigger t on x: there is no table `x`
    drop_trigger x on users: there is no trigger `x` on `users`
    drop_function x: there is no function `x`
    drop_extension x: there is no extension `x`
    bulk_insert users: there is no column `users.x`
    backfill users.x: there is no column `users.x`
    backfill users.age: there is no column `users.y`
    ");
}

#[test]
fn what_something_else_needs() {
    insta::assert_snapshot!(said(|op| {
        op.drop_constraint("pk_orgs", "orgs");
        op.create_unique_constraint("uq", "orgs", ["id"]);
        op.create_primary_key("pk_orgs", "orgs", ["id"]);
        op.drop_constraint("pk_orgs", "orgs");
        op.drop_column("orgs", "id");
        op.drop_enum("level");
        op.create_trigger("of", "users", Before, [UpdateOf(vec!["email".into()])], "");
        op.drop_column("users", "email");
        op.create_table(qualified("audit", "log"), |_| {});
        op.drop_schema("audit");
        op.drop_table("orgs");
    }), @"
    drop_constraint pk_orgs on orgs: the constraint `pk_orgs` of `orgs` is needed by the constraint `fk_users_org_id_orgs` of `users`
    create constraint uq on orgs
    create constraint pk_orgs on orgs
    drop_constraint pk_orgs on orgs
    drop_column orgs.id: the column `orgs.id` is needed by the constraint `fk_users_org_id_orgs` of `users`
    drop_enum level: the enum type `level` is needed by the column `users.level`
    create_trigger of on users
    drop_column users.email: the column `users.email` is needed by the trigger `of` on `users`
    create_table audit.log
    drop_schema audit: the schema `audit` is needed by the table `audit.log`
    drop_table orgs: the table `orgs` is needed by the constraint `fk_users_org_id_orgs` of `users`
    ");
}
