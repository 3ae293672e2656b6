//! The way back from every operation: what was recorded, what undoes it, and the SQL of that, side by side.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;

use migrate_core::dialect::for_scheme;
use migrate_core::operation::{Recorded, reverse};
use migrate_core::prelude::*;
use migrate_core::schema::Metadata;

mod impossible;
mod random;

fn recorded(record: impl FnOnce(&mut Op)) -> Vec<Recorded> {
    let mut op = Op::new();
    record(&mut op);
    op.finish()
}

/// What is there before each case.
fn setup(op: &mut Op) {
    op.create_schema("audit");
    op.create_enum(enumeration("level", ["low", "high"]));
    op.create_table("orgs", |t| {
        t.column("id", integer()).primary_key();
    });
    op.create_table("users", |t| {
        t.column("id", integer()).primary_key();
        t.column("email", varchar(80)).not_null().unique();
        t.column("age", integer()).comment("in years").check("age > 0");
        t.column("org_id", integer())
            .references("orgs", "id")
            .on_delete(Cascade);
        t.column("level", enumeration("level", ["low", "high"]).existing());
        t.unique(["email", "age"]);
    })
    .comment("people");
    op.create_index("ix_users_age", "users", ["age"])
        .where_("age > 17");
    op.create_trigger("touch", "users", Before, [Update], "EXECUTE FUNCTION touch()");
    op.create_function("touch", "", "RETURNS trigger LANGUAGE plpgsql AS 'old'");
    op.create_view("adults", "SELECT id FROM users");
    op.create_sequence("numbers").increment(5).max(1000);
    op.create_extension("citext").schema("public");
}

fn before() -> Metadata {
    let mut metadata = Metadata::default();
    for recorded in recorded(setup) {
        metadata.apply(&recorded.operation).unwrap();
    }
    metadata
}

/// What undoes it, and PostgreSQL's SQL of that; or why nothing does.
fn back(record: fn(&mut Op)) -> String {
    let recorded = recorded(record);
    let dialect = for_scheme("postgres").unwrap();
    let mut text = String::new();
    match reverse(&recorded, &before()) {
        Ok(back) => {
            for recorded in back {
                write!(text, "{}", recorded.operation).unwrap();
                if recorded.autocommit {
                    text.push_str(", autocommit");
                }
                for backend in &recorded.only {
                    write!(text, ", on {backend}").unwrap();
                }
                text.push('\n');
                for statement in dialect.compile(&recorded.operation).unwrap() {
                    for line in statement.sql.lines() {
                        writeln!(text, "    {line}").unwrap();
                    }
                }
            }
        }
        Err(refused) => {
            for refused in refused {
                writeln!(text, "!! {refused}").unwrap();
            }
        }
    }
    text
}

#[test]
fn tables() {
    insta::assert_snapshot!(back(|op| {
        op.create_table("teams", |t| {
            t.column("id", integer()).primary_key();
            t.column("kind", enumeration("kind", ["a", "b"]));
            t.column("other", enumeration("kind", ["a", "b"]));
            t.column("level", enumeration("level", ["low", "high"]).existing());
        });
        op.rename_table("teams", "groups");
        op.create_table_comment("groups", "of users");
        op.create_table_comment("users", "everybody");
        op.drop_table_comment("users");
    }), @r#"
    create_table_comment users
        COMMENT ON TABLE "users" IS 'everybody'
    create_table_comment users
        COMMENT ON TABLE "users" IS 'people'
    drop_table_comment groups
        COMMENT ON TABLE "groups" IS NULL
    rename_table groups to teams
        ALTER TABLE "groups" RENAME TO "teams"
    drop_table teams
        DROP TABLE "teams"
    drop_enum kind
        DROP TYPE "kind"
    "#);
    insta::assert_snapshot!(back(|op| {
        op.drop_table("users");
        op.drop_table("orgs");
    }), @r#"
    create_table orgs
        CREATE TABLE "orgs" (
            "id" INTEGER NOT NULL,
            CONSTRAINT "pk_orgs" PRIMARY KEY ("id")
        )
    create_table users
        CREATE TABLE "users" (
            "id" INTEGER NOT NULL,
            "email" VARCHAR(80) NOT NULL,
            "age" INTEGER,
            "org_id" INTEGER,
            "level" "level",
            CONSTRAINT "pk_users" PRIMARY KEY ("id"),
            CONSTRAINT "uq_users_email" UNIQUE ("email"),
            CONSTRAINT "ck_users_age" CHECK (age > 0),
            CONSTRAINT "fk_users_org_id_orgs" FOREIGN KEY ("org_id") REFERENCES "orgs" ("id") ON DELETE CASCADE,
            CONSTRAINT "uq_users_email_age" UNIQUE ("email", "age")
        )
        COMMENT ON TABLE "users" IS 'people'
        COMMENT ON COLUMN "users"."age" IS 'in years'
    create_index ix_users_age on users
        CREATE INDEX "ix_users_age" ON "users" ("age") WHERE (age > 17)
    create_trigger touch on users
        CREATE TRIGGER "touch" BEFORE UPDATE ON "users" FOR EACH ROW EXECUTE FUNCTION touch()
    "#);
}

#[test]
fn columns() {
    insta::assert_snapshot!(back(|op| {
        op.add_column("users", "size", enumeration("size", ["s", "l"]));
        op.drop_column("users", "age");
        op.drop_column("users", "org_id");
    }), @r#"
    add_column users.org_id
        ALTER TABLE "users" ADD COLUMN "org_id" INTEGER CONSTRAINT "fk_users_org_id_orgs" REFERENCES "orgs" ("id") ON DELETE CASCADE
    add_column users.age
        ALTER TABLE "users" ADD COLUMN "age" INTEGER CONSTRAINT "ck_users_age" CHECK (age > 0)
        COMMENT ON COLUMN "users"."age" IS 'in years'
    create constraint uq_users_email_age on users
        ALTER TABLE "users" ADD CONSTRAINT "uq_users_email_age" UNIQUE ("email", "age")
    create_index ix_users_age on users
        CREATE INDEX "ix_users_age" ON "users" ("age") WHERE (age > 17)
    drop_column users.size
        ALTER TABLE "users" DROP COLUMN "size"
    drop_enum size
        DROP TYPE "size"
    "#);
    insta::assert_snapshot!(back(|op| {
        op.alter_column("users", "age").set_type(bigint()).not_null().server_default(18).comment("years").rename("years");
        op.alter_column("users", "years").nullable().drop_server_default().drop_comment();
    }), @r#"
    alter_column users.years
        ALTER TABLE "users" ALTER COLUMN "years" SET DEFAULT 18
        ALTER TABLE "users" ALTER COLUMN "years" SET NOT NULL
        COMMENT ON COLUMN "users"."years" IS 'years'
    alter_column users.years
        ALTER TABLE "users" ALTER COLUMN "years" DROP DEFAULT
        ALTER TABLE "users" ALTER COLUMN "years" TYPE INTEGER
        ALTER TABLE "users" ALTER COLUMN "years" DROP NOT NULL
        COMMENT ON COLUMN "users"."years" IS 'in years'
        ALTER TABLE "users" RENAME COLUMN "years" TO "age"
    "#);
    insta::assert_snapshot!(back(|op| {
        op.alter_column("users", "email").set_type(text()).rename("mail");
        op.alter_column("orgs", "id").autoincrement();
        op.alter_column("unknown", "a").rename("b");
    }), @r#"
    alter_column unknown.b
        ALTER TABLE "unknown" RENAME COLUMN "b" TO "a"
    alter_column orgs.id
        ALTER TABLE "orgs" ALTER COLUMN "id" DROP IDENTITY
    alter_column users.mail
        ALTER TABLE "users" ALTER COLUMN "mail" TYPE VARCHAR(80)
        ALTER TABLE "users" RENAME COLUMN "mail" TO "email"
    "#);
}

#[test]
fn a_name_of_a_column_is_followed_to_where_it_is_used() {
    insta::assert_snapshot!(back(|op| {
        op.alter_column("users", "age").rename("years");
        op.alter_column("orgs", "id").rename("number");
        op.drop_table("users");
    }), @r#"
    create_table users
        CREATE TABLE "users" (
            "id" INTEGER NOT NULL,
            "email" VARCHAR(80) NOT NULL,
            "years" INTEGER,
            "org_id" INTEGER,
            "level" "level",
            CONSTRAINT "pk_users" PRIMARY KEY ("id"),
            CONSTRAINT "uq_users_email" UNIQUE ("email"),
            CONSTRAINT "ck_users_age" CHECK (years > 0),
            CONSTRAINT "fk_users_org_id_orgs" FOREIGN KEY ("org_id") REFERENCES "orgs" ("number") ON DELETE CASCADE,
            CONSTRAINT "uq_users_email_age" UNIQUE ("email", "years")
        )
        COMMENT ON TABLE "users" IS 'people'
        COMMENT ON COLUMN "users"."years" IS 'in years'
    create_index ix_users_age on users
        CREATE INDEX "ix_users_age" ON "users" ("years") WHERE (years > 17)
    create_trigger touch on users
        CREATE TRIGGER "touch" BEFORE UPDATE ON "users" FOR EACH ROW EXECUTE FUNCTION touch()
    alter_column orgs.number
        ALTER TABLE "orgs" RENAME COLUMN "number" TO "id"
    alter_column users.years
        ALTER TABLE "users" RENAME COLUMN "years" TO "age"
    "#);
}

#[test]
fn constraints_and_indexes() {
    insta::assert_snapshot!(back(|op| {
        op.drop_constraint("uq_users_email_age", "users");
        op.create_check_constraint("ck_email", "users", "email <> ''").not_valid();
        op.validate_constraint("ck_email", "users");
        op.create_index("ix_users_org_id", "users", ["org_id"]).concurrently();
        op.drop_index("ix_users_age", "users").concurrently();
        op.create_table("tags", |t| { t.column("name", text()); });
        op.create_primary_key(None, "tags", ["name"]);
    }), @r#"
    drop_constraint pk_tags on tags
        ALTER TABLE "tags" DROP CONSTRAINT "pk_tags"
    alter_column tags.name
        ALTER TABLE "tags" ALTER COLUMN "name" DROP NOT NULL
    drop_table tags
        DROP TABLE "tags"
    create_index ix_users_age on users
        CREATE INDEX CONCURRENTLY "ix_users_age" ON "users" ("age") WHERE (age > 17)
    drop_index ix_users_org_id on users
        DROP INDEX CONCURRENTLY "ix_users_org_id"
    drop_constraint ck_email on users
        ALTER TABLE "users" DROP CONSTRAINT "ck_email"
    create constraint uq_users_email_age on users
        ALTER TABLE "users" ADD CONSTRAINT "uq_users_email_age" UNIQUE ("email", "age")
    "#);
}

#[test]
fn objects() {
    insta::assert_snapshot!(back(|op| {
        op.create_schema("new");
        op.drop_schema("audit");
        op.create_enum(enumeration("mood", ["good", "bad"]));
        op.rename_enum_value("level", "low", "none");
        op.create_sequence("counter");
        op.alter_sequence("numbers").increment(1).max(10).start(3);
        op.drop_sequence("numbers");
        op.create_extension("pgcrypto");
        op.drop_extension("citext");
    }), @r#"
    create_extension citext
        CREATE EXTENSION "citext" SCHEMA "public"
    drop_extension pgcrypto
        DROP EXTENSION "pgcrypto"
    create_sequence numbers
        CREATE SEQUENCE "numbers" INCREMENT BY 1 MAXVALUE 10 START WITH 3
    alter_sequence numbers
        ALTER SEQUENCE "numbers" INCREMENT BY 5 MAXVALUE 1000 START WITH 1
    drop_sequence counter
        DROP SEQUENCE "counter"
    rename_enum_value none of level to low
        ALTER TYPE "level" RENAME VALUE 'none' TO 'low'
    drop_enum mood
        DROP TYPE "mood"
    create_schema audit
        CREATE SCHEMA "audit"
    drop_schema new
        DROP SCHEMA "new"
    "#);
    insta::assert_snapshot!(back(|op| {
        op.create_view("all_users", "SELECT * FROM users");
        op.replace_view("adults", "SELECT id, age FROM users");
        op.drop_view("adults");
        op.replace_function("touch", "", "RETURNS trigger LANGUAGE plpgsql AS 'new'");
        op.replace_trigger("touch", "users", After, [Update], "EXECUTE FUNCTION touch()");
        op.drop_trigger("touch", "users");
        op.drop_function("touch", "");
        op.create_function("double", "n integer", "RETURNS integer LANGUAGE sql AS 'SELECT 2 * n'");
    }), @r#"
    drop_function double
        DROP FUNCTION "double"(n integer)
    create_function touch
        CREATE FUNCTION "touch"() RETURNS trigger LANGUAGE plpgsql AS 'new'
    create_trigger touch on users
        CREATE TRIGGER "touch" AFTER UPDATE ON "users" FOR EACH ROW EXECUTE FUNCTION touch()
    replace_trigger touch on users
        DROP TRIGGER "touch" ON "users"
        CREATE TRIGGER "touch" BEFORE UPDATE ON "users" FOR EACH ROW EXECUTE FUNCTION touch()
    replace_function touch
        CREATE OR REPLACE FUNCTION "touch"() RETURNS trigger LANGUAGE plpgsql AS 'old'
    create_view adults
        CREATE VIEW "adults" AS SELECT id, age FROM users
    drop_view adults
        DROP VIEW "adults"
    create_view adults
        CREATE VIEW "adults" AS SELECT id FROM users
    drop_view all_users
        DROP VIEW "all_users"
    "#);
}

async fn forth(_: &mut Db<'_>) -> Result {
    Ok(())
}

#[test]
fn rows_sql_and_steps() {
    insta::assert_snapshot!(back(|op| {
        op.execute("UPDATE users SET age = :age WHERE email = :email")
            .bind("age", 18)
            .bind("email", "it's@example.com")
            .reverse("UPDATE users SET age = NULL WHERE email = :email");
        op.execute("ANALYZE").reverse("");
        op.bulk_insert("orgs", ["id"], [[1], [2]]);
        op.run("fill in", forth).reverse(forth);
    }), @r#"
    run fill in
    delete_rows orgs
        DELETE FROM "orgs" WHERE "id" = 2
        DELETE FROM "orgs" WHERE "id" = 1
    execute
        UPDATE users SET age = NULL WHERE email = 'it''s@example.com'
    "#);
}

#[test]
fn a_backfill_goes_with_the_columns_that_it_fills_or_as_it_says() {
    insta::assert_snapshot!(back(|op| {
        op.create_table("teams", |t| {
            t.column("title", text());
        });
        op.rename_table("teams", "crews");
        op.backfill("crews", "title", "none");
        op.add_column("users", "name", text());
        op.alter_column("users", "name").rename("full_name");
        op.backfill("users", "full_name", sql("email"));
        op.on(Postgres, |op| {
            op.add_column("users", "at", text());
            op.backfill("users", "at", 1);
        });
        op.backfill("users", "age", 18)
            .reverse("UPDATE users SET age = NULL");
        op.backfill("users", "age", 19).reverse("");
    }), @r#"
    execute
        UPDATE users SET age = NULL
    drop_column users.at, on PostgreSQL
        ALTER TABLE "users" DROP COLUMN "at"
    alter_column users.full_name
        ALTER TABLE "users" RENAME COLUMN "full_name" TO "name"
    drop_column users.name
        ALTER TABLE "users" DROP COLUMN "name"
    rename_table crews to teams
        ALTER TABLE "crews" RENAME TO "teams"
    drop_table teams
        DROP TABLE "teams"
    "#);
    insta::assert_snapshot!(back(|op| {
        op.backfill("users", "age", 18);
        op.add_column("users", "name", text());
        op.backfill("users", "name", "none").set("age", 18);
        // What it is called now, it was not called then.
        op.alter_column("users", "email").rename("mail");
        op.backfill("users", "mail", "none");
        op.on([Postgres, Sqlite], |op| {
            op.on(Postgres, |op| {
                op.add_column("users", "at", text());
            });
            op.backfill("users", "at", 1);
        });
    }), @r#"
    !! `backfill users.age` cannot be reversed: nothing says what the rows held before; say so by `.reverse("..")`, or write `upgrade` and `downgrade` instead of `change`
    !! `backfill users (name, age)` cannot be reversed: nothing says what the rows held before; say so by `.reverse("..")`, or write `upgrade` and `downgrade` instead of `change`
    !! `backfill users.mail` cannot be reversed: nothing says what the rows held before; say so by `.reverse("..")`, or write `upgrade` and `downgrade` instead of `change`
    !! `backfill users.at` cannot be reversed: nothing says what the rows held before; say so by `.reverse("..")`, or write `upgrade` and `downgrade` instead of `change`
    "#);
}

#[test]
fn where_and_when_stay_as_they_were_asked_for() {
    insta::assert_snapshot!(back(|op| {
        op.autocommit(|op| {
            op.create_index("ix_a", "users", ["age"]);
            op.on([Postgres, MySql], |op| op.create_table_comment("users", "all"));
        });
    }), @r#"
    create_table_comment users, autocommit, on PostgreSQL, on MySQL
        COMMENT ON TABLE "users" IS 'people'
    drop_index ix_a on users, autocommit
        DROP INDEX "ix_a"
    "#);
    let recorded = recorded(|op| {
        op.create_table("a", |_| {});
        op.create_table("b", |_| {});
    });
    let back = reverse(&recorded, &Metadata::default()).unwrap();
    let places = |recorded: &[Recorded]| recorded.iter().map(|one| one.place).collect::<Vec<_>>();
    assert_eq!(
        places(&back),
        places(&recorded).into_iter().rev().collect::<Vec<_>>()
    );
}

#[test]
fn what_has_no_way_back_says_why_and_what_to_do() {
    insta::assert_snapshot!(back(|op| {
        op.create_table("teams", |_| {}).if_not_exists();
        op.drop_table("teams").if_exists();
        op.bulk_insert("orgs", ["id"], [[sql("nextval('ids')")]]);
        op.drop_table("orgs").cascade();
        op.drop_table("made_by_sql");
        op.drop_column("users", "made_by_sql");
        op.drop_index("made_by_sql", "users");
        op.replace_view("made_by_sql", "SELECT 1");
        op.alter_column("users", "email").set_type(integer()).using("length(email)");
        op.alter_column("users", "age").set_type(text());
        op.alter_column("users", "level").set_type(text()).collate("C");
        op.add_enum_value("level", "medium");
        op.alter_sequence("numbers").restart(1);
        op.alter_sequence("numbers").cycle();
        op.alter_sequence("numbers").cache(3);
        op.create_function("f", "n integer DEFAULT 1", "RETURNS integer LANGUAGE sql AS 'SELECT n'");
        op.execute("VACUUM");
        op.run("fill in", forth);
        op.bulk_insert("made_by_sql", ["id"], [[1]]);
        op.bulk_insert("users", ["email"], [["a"]]);
    }), @r#"
    !! `create_table teams` cannot be reversed: with `if_not_exists` it is not known whether this migration did it; leave `.if_not_exists()` out, or write `upgrade` and `downgrade` instead of `change`
    !! `drop_table teams` cannot be reversed: with `if_exists` it is not known whether this migration did it; leave `.if_exists()` out, or write `upgrade` and `downgrade` instead of `change`
    !! `bulk_insert orgs` cannot be reversed: the rows do not say their `id`, by which they could be told from others; give it a value, or write `upgrade` and `downgrade` instead of `change`
    !! `drop_table orgs` cannot be reversed: `cascade` may take along what nothing describes; drop that by its name first, without `.cascade()`, or write `upgrade` and `downgrade` instead of `change`
    !! `drop_table made_by_sql` cannot be reversed: no directive before it describes the table `made_by_sql`, or SQL by hand may have changed it since; do that by a directive, or write `upgrade` and `downgrade` instead of `change`
    !! `drop_column users.made_by_sql` cannot be reversed: no directive before it describes the column `users.made_by_sql`, or SQL by hand may have changed it since; do that by a directive, or write `upgrade` and `downgrade` instead of `change`
    !! `drop_index made_by_sql on users` cannot be reversed: no directive before it describes the index `made_by_sql` on `users`, or SQL by hand may have changed it since; do that by a directive, or write `upgrade` and `downgrade` instead of `change`
    !! `replace_view made_by_sql` cannot be reversed: no directive before it describes the view `made_by_sql`, or SQL by hand may have changed it since; do that by a directive, or write `upgrade` and `downgrade` instead of `change`
    !! `alter_column users.email` cannot be reversed: nothing says how values of the new type become values of the old one; add another column instead, or write `upgrade` and `downgrade` instead of `change`
    !! `alter_column users.age` cannot be reversed: nothing says how values of the new type become values of the old one; add another column instead, or write `upgrade` and `downgrade` instead of `change`
    !! `alter_column users.level` cannot be reversed: nothing says how values of the new type become values of the old one; add another column instead, or write `upgrade` and `downgrade` instead of `change`
    !! `add_enum_value medium to level` cannot be reversed: a value of an enum type cannot be dropped; use a text column with a check for values that come and go, or write `upgrade` and `downgrade` instead of `change`
    !! `alter_sequence numbers` cannot be reversed: nothing says which value the sequence would have given next; leave `.restart(..)` out, or write `upgrade` and `downgrade` instead of `change`
    !! `alter_sequence numbers` cannot be reversed: a sequence cannot be told to end after its last value; say `.cycle()` where the sequence is created, or write `upgrade` and `downgrade` instead of `change`
    !! `alter_sequence numbers` cannot be reversed: nothing says what its `cache` was; say it where the sequence is created, or write `upgrade` and `downgrade` instead of `change`
    !! `create_function f` cannot be reversed: a function is dropped by its arguments without defaults; make one without defaults beside it, which calls it, or write `upgrade` and `downgrade` instead of `change`
    !! `execute` cannot be reversed: nothing says which SQL undoes it; say so by `.reverse("..")`, or write `upgrade` and `downgrade` instead of `change`
    !! `run fill in` cannot be reversed: nothing says which step undoes it; say so by `.reverse(step)`, or write `upgrade` and `downgrade` instead of `change`
    !! `bulk_insert made_by_sql` cannot be reversed: no primary key of `made_by_sql` is known that would tell the rows from others; give the table one, or write `upgrade` and `downgrade` instead of `change`
    !! `bulk_insert users` cannot be reversed: the rows do not say their `id`, by which they could be told from others; give it a value, or write `upgrade` and `downgrade` instead of `change`
    "#);
}

#[test]
fn a_sequence_that_a_default_takes_from_goes_with_its_table_for_good() {
    insta::assert_snapshot!(back(|op| {
        op.create_sequence("ids");
        op.create_table("parts", |t| {
            t.column("id", integer()).server_default(sql("nextval('ids')"));
            t.column("other", integer());
        });
        op.drop_sequence("ids");
        op.create_sequence("ids").owned_by("parts", "other");
        op.drop_column("parts", "other");
    }), @"
    !! `drop_column parts.other` cannot be reversed: a default takes from the sequence `ids`, which the column owns; make it an `.identity()` column, or write `upgrade` and `downgrade` instead of `change`
    ");
}
