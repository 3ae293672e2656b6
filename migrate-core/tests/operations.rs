//! One test per operation: the Rust that records it, and what each dialect makes of it, side by side.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;

use migrate_core::dialect::{Dialect, for_scheme};
use migrate_core::prelude::*;

const DIALECTS: [&str; 2] = ["postgres", "sqlite"];

fn dialect(scheme: &str) -> &'static dyn Dialect {
    for_scheme(scheme).unwrap()
}

/// What a dialect sends for all that was recorded: its script, or why it cannot.
fn script(dialect: &dyn Dialect, record: fn(&mut Op)) -> String {
    let mut op = Op::new();
    record(&mut op);
    let mut text = String::new();
    for recorded in op.finish() {
        match dialect.compile(&recorded.operation) {
            Ok(statements) => {
                for statement in statements {
                    writeln!(text, "{}", dialect.terminated(&statement.sql)).unwrap();
                }
            }
            Err(unsupported) => {
                writeln!(text, "unsupported: {unsupported}\n    hint: {}", unsupported.hint).unwrap();
            }
        }
    }
    text
}

/// The directives of the closure that begins on this line of this file, and what each dialect makes of them.
fn side_by_side(line: u32, record: fn(&mut Op)) -> String {
    let mut text = String::new();
    for source in include_str!("operations.rs").lines().skip(line as usize) {
        if source.starts_with("    })") {
            break;
        }
        writeln!(text, "{}", source.strip_prefix("        ").unwrap_or(source)).unwrap();
    }
    for name in DIALECTS {
        write!(text, "-- {name}\n{}", script(dialect(name), record)).unwrap();
    }
    text
}

#[test]
fn create_table() {
    insta::assert_snapshot!(side_by_side(line!(), |op| {
        op.create_table("users", |t| {
            t.column("id", uuid()).primary_key();
            t.column("email", varchar(255)).not_null();
            t.column("plan", enumeration("plan", ["free", "pro"])).not_null().server_default("free");
            t.column("org_id", uuid()).references("orgs", "id").on_delete(Cascade);
            t.column("created_at", timestamptz()).not_null().server_default(now());
            t.unique(["email"]).name("uq_users_email");
            t.check("length(email) > 3");
        });
    }), @r#"
    op.create_table("users", |t| {
        t.column("id", uuid()).primary_key();
        t.column("email", varchar(255)).not_null();
        t.column("plan", enumeration("plan", ["free", "pro"])).not_null().server_default("free");
        t.column("org_id", uuid()).references("orgs", "id").on_delete(Cascade);
        t.column("created_at", timestamptz()).not_null().server_default(now());
        t.unique(["email"]).name("uq_users_email");
        t.check("length(email) > 3");
    });
    -- postgres
    CREATE TYPE "plan" AS ENUM ('free', 'pro');
    CREATE TABLE "users" (
        "id" UUID NOT NULL,
        "email" VARCHAR(255) NOT NULL,
        "plan" "plan" DEFAULT 'free' NOT NULL,
        "org_id" UUID,
        "created_at" TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        CONSTRAINT "pk_users" PRIMARY KEY ("id"),
        CONSTRAINT "fk_users_org_id_orgs" FOREIGN KEY ("org_id") REFERENCES "orgs" ("id") ON DELETE CASCADE,
        CONSTRAINT "uq_users_email" UNIQUE ("email"),
        CONSTRAINT "ck_users_1" CHECK (length(email) > 3)
    );
    -- sqlite
    CREATE TABLE "users" (
        "id" CHAR(36) NOT NULL,
        "email" VARCHAR(255) NOT NULL,
        "plan" VARCHAR(4) DEFAULT 'free' NOT NULL CONSTRAINT "ck_users_plan" CHECK ("plan" IN ('free', 'pro')),
        "org_id" CHAR(36) CONSTRAINT "fk_users_org_id_orgs" REFERENCES "orgs" ("id") ON DELETE CASCADE,
        "created_at" DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL,
        CONSTRAINT "pk_users" PRIMARY KEY ("id"),
        CONSTRAINT "uq_users_email" UNIQUE ("email"),
        CONSTRAINT "ck_users_1" CHECK (length(email) > 3)
    );
    "#);
}
