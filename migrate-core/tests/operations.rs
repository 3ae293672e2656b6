//! What each dialect makes of every operation: the Rust that records it, and the SQL side by side.
#![cfg(feature = "sqlite")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;

use migrate_core::dialect::for_scheme;
use migrate_core::operation::Recorded;
use migrate_core::prelude::*;
use migrate_core::sqlx::{AssertSqlSafe, Connection, SqliteConnection, raw_sql};

#[path = "operations/cases.rs"]
mod cases;

fn recorded(record: fn(&mut Op)) -> Vec<Recorded> {
    let mut op = Op::new();
    record(&mut op);
    op.finish()
}

/// What a dialect sends for all that was recorded, or why it cannot.
fn sql_of(scheme: &str, record: fn(&mut Op)) -> String {
    let dialect = for_scheme(scheme).unwrap();
    let mut text = String::new();
    for recorded in recorded(record) {
        match dialect.compile(&recorded.operation) {
            Ok(statements) => {
                for statement in statements {
                    writeln!(text, "{}", dialect.terminated(&statement.sql)).unwrap();
                }
            }
            Err(unsupported) => writeln!(text, "!! {unsupported}").unwrap(),
        }
    }
    text
}

/// A case as it stands in its file, and what each dialect makes of it.
fn side_by_side(name: &str) -> String {
    let mut cases = cases::EVERYWHERE.iter().chain(&cases::BY_ALTER_TABLE);
    let (_, record) = cases.find(|(case, _)| *case == name).unwrap();
    let source = include_str!("operations/cases.rs");
    let (_, body) = source
        .split_once(&format!("fn {name}(op: &mut Op) {{\n"))
        .unwrap();
    let (body, _) = body.split_once("\n}\n").unwrap();
    let mut text = String::new();
    for line in body.lines() {
        writeln!(text, "{}", line.strip_prefix("    ").unwrap_or(line)).unwrap();
    }
    for scheme in ["postgres", "sqlite", "mysql"] {
        write!(text, "-- {scheme}\n{}", sql_of(scheme, *record)).unwrap();
    }
    text
}

#[tokio::test]
async fn sqlite_takes_what_it_is_sent() {
    for (name, record) in cases::EVERYWHERE {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        for sql in [sql_of("sqlite", cases::setup), sql_of("sqlite", record)] {
            let outcome = raw_sql(AssertSqlSafe(sql.as_str()))
                .execute(&mut connection)
                .await;
            assert!(outcome.is_ok(), "{name}: {outcome:?}\n{sql}");
        }
    }
}

#[test]
fn every_directive_is_recorded_at_its_own_line() {
    for recorded in recorded(|op| {
        op.drop_table("a");
        op.create_table("b", |t| {
            t.column("c", text());
        })
        .comment("d");
        op.execute("SELECT 1");
    }) {
        let source = include_str!("operations.rs");
        let line = source.lines().nth(recorded.place.line as usize - 1).unwrap();
        let directive = recorded.operation.to_string();
        let directive = directive.split(' ').next().unwrap();
        assert!(
            line.trim_start().starts_with(&format!("op.{directive}(")),
            "{line}"
        );
        assert!(recorded.place.file.ends_with("operations.rs"));
    }
}

#[test]
fn every_case_is_shown_and_no_other() {
    let shown: Vec<&str> = include_str!("operations.rs")
        .split("side_by_side(\"")
        .skip(1)
        .map(|rest| rest.split_once('"').unwrap().0)
        .collect();
    let cases = cases::EVERYWHERE.iter().chain(&cases::BY_ALTER_TABLE);
    assert_eq!(shown, cases.map(|(name, _)| *name).collect::<Vec<_>>());
}

#[test]
fn create_table() {
    insta::assert_snapshot!(side_by_side("create_table"), @r#"
    op.create_table("members", |t| {
        t.column("id", uuid()).primary_key();
        t.column("email", varchar(255)).not_null();
        t.column("plan", enumeration("plan", ["free", "pro"]))
            .not_null()
            .server_default("free");
        t.column("org_id", integer())
            .not_null()
            .references("orgs", "id")
            .on_delete(Cascade);
        t.column("active", boolean()).not_null().server_default(true);
        t.column("created_at", timestamptz())
            .not_null()
            .server_default(now());
        t.unique(["email"]).name("uq_members_email");
        t.check("length(email) > 3");
        t.check("active OR plan = 'free'");
    });
    op.create_table("members", |t| {
        t.column("id", uuid()).primary_key();
    })
    .if_not_exists();
    -- postgres
    CREATE TYPE "plan" AS ENUM ('free', 'pro');
    CREATE TABLE "members" (
        "id" UUID NOT NULL,
        "email" VARCHAR(255) NOT NULL,
        "plan" "plan" DEFAULT 'free' NOT NULL,
        "org_id" INTEGER NOT NULL,
        "active" BOOLEAN DEFAULT true NOT NULL,
        "created_at" TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        CONSTRAINT "pk_members" PRIMARY KEY ("id"),
        CONSTRAINT "fk_members_org_id_orgs" FOREIGN KEY ("org_id") REFERENCES "orgs" ("id") ON DELETE CASCADE,
        CONSTRAINT "uq_members_email" UNIQUE ("email"),
        CONSTRAINT "ck_members_1" CHECK (length(email) > 3),
        CONSTRAINT "ck_members_2" CHECK (active OR plan = 'free')
    );
    CREATE TABLE IF NOT EXISTS "members" (
        "id" UUID NOT NULL,
        CONSTRAINT "pk_members" PRIMARY KEY ("id")
    );
    -- sqlite
    CREATE TABLE "members" (
        "id" CHAR(36) NOT NULL,
        "email" VARCHAR(255) NOT NULL,
        "plan" VARCHAR(4) DEFAULT 'free' NOT NULL CONSTRAINT "ck_members_plan" CHECK ("plan" IN ('free', 'pro')),
        "org_id" INTEGER NOT NULL CONSTRAINT "fk_members_org_id_orgs" REFERENCES "orgs" ("id") ON DELETE CASCADE,
        "active" BOOLEAN DEFAULT 1 NOT NULL,
        "created_at" DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL,
        CONSTRAINT "pk_members" PRIMARY KEY ("id"),
        CONSTRAINT "uq_members_email" UNIQUE ("email"),
        CONSTRAINT "ck_members_1" CHECK (length(email) > 3),
        CONSTRAINT "ck_members_2" CHECK (active OR plan = 'free')
    );
    CREATE TABLE IF NOT EXISTS "members" (
        "id" CHAR(36) NOT NULL,
        CONSTRAINT "pk_members" PRIMARY KEY ("id")
    );
    -- mysql
    CREATE TABLE `members` (
        `id` CHAR(36) NOT NULL,
        `email` VARCHAR(255) NOT NULL,
        `plan` ENUM('free', 'pro') NOT NULL DEFAULT 'free',
        `org_id` INTEGER NOT NULL,
        `active` BOOLEAN NOT NULL DEFAULT true,
        `created_at` DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
        CONSTRAINT `pk_members` PRIMARY KEY (`id`),
        CONSTRAINT `fk_members_org_id_orgs` FOREIGN KEY (`org_id`) REFERENCES `orgs` (`id`) ON DELETE CASCADE,
        CONSTRAINT `uq_members_email` UNIQUE (`email`),
        CONSTRAINT `ck_members_1` CHECK (length(email) > 3),
        CONSTRAINT `ck_members_2` CHECK (active OR plan = 'free')
    );
    CREATE TABLE IF NOT EXISTS `members` (
        `id` CHAR(36) NOT NULL,
        CONSTRAINT `pk_members` PRIMARY KEY (`id`)
    );
    "#);
}

#[test]
fn create_table_of_every_type() {
    insta::assert_snapshot!(side_by_side("create_table_of_every_type"), @r#"
    op.create_table("everything", |t| {
        t.column("id", bigint()).primary_key().autoincrement();
        t.column("small", smallint()).server_default(-1);
        t.column("big", bigint()).server_default(i64::MAX);
        t.column("amount", numeric(12, 2)).server_default("0.00");
        t.column("ratio", real()).server_default(0.5);
        t.column("mass", double()).server_default(1e-30);
        t.column("body", text())
            .server_default("it's \\ -- not a comment");
        t.column("code", char(2)).unique();
        t.column("flag", boolean()).server_default(false);
        t.column("born", date()).server_default("2000-01-01");
        t.column("at", time());
        t.column("seen", timestamp());
        t.column("moment", timestamptz());
        t.column("raw", json()).server_default("{}");
        t.column("data", jsonb());
        t.column("blob", bytes()).server_default(vec![0_u8, 255]);
        t.column("key", uuid());
        t.column("size", enumeration("size", ["s", "m", "x-large"]));
        t.column("total", custom("INT")).check("total > 0");
        t.column("upper", text())
            .server_default(sql("upper('x') -- as it is"));
    });
    -- postgres
    CREATE TYPE "size" AS ENUM ('s', 'm', 'x-large');
    CREATE TABLE "everything" (
        "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
        "small" SMALLINT DEFAULT -1,
        "big" BIGINT DEFAULT 9223372036854775807,
        "amount" NUMERIC(12, 2) DEFAULT '0.00',
        "ratio" REAL DEFAULT 0.5,
        "mass" DOUBLE PRECISION DEFAULT 1e-30,
        "body" TEXT DEFAULT E'it''s \\ -- not a comment',
        "code" CHAR(2),
        "flag" BOOLEAN DEFAULT false,
        "born" DATE DEFAULT '2000-01-01',
        "at" TIME,
        "seen" TIMESTAMP,
        "moment" TIMESTAMP WITH TIME ZONE,
        "raw" JSON DEFAULT '{}',
        "data" JSONB,
        "blob" BYTEA DEFAULT decode('00ff', 'hex'),
        "key" UUID,
        "size" "size",
        "total" INT,
        "upper" TEXT DEFAULT (upper('x') -- as it is
    ),
        CONSTRAINT "pk_everything" PRIMARY KEY ("id"),
        CONSTRAINT "uq_everything_code" UNIQUE ("code"),
        CONSTRAINT "ck_everything_total" CHECK (total > 0)
    );
    -- sqlite
    CREATE TABLE "everything" (
        "id" INTEGER NOT NULL,
        "small" SMALLINT DEFAULT -1,
        "big" BIGINT DEFAULT 9223372036854775807,
        "amount" NUMERIC(12, 2) DEFAULT '0.00',
        "ratio" REAL DEFAULT 0.5,
        "mass" DOUBLE DEFAULT 1e-30,
        "body" TEXT DEFAULT 'it''s \ -- not a comment',
        "code" CHAR(2),
        "flag" BOOLEAN DEFAULT 0,
        "born" DATE DEFAULT '2000-01-01',
        "at" TIME,
        "seen" DATETIME,
        "moment" DATETIME,
        "raw" TEXT DEFAULT '{}',
        "data" TEXT,
        "blob" BLOB DEFAULT X'00ff',
        "key" CHAR(36),
        "size" VARCHAR(7) CONSTRAINT "ck_everything_size" CHECK ("size" IN ('s', 'm', 'x-large')),
        "total" INT,
        "upper" TEXT DEFAULT (upper('x') -- as it is
    ),
        CONSTRAINT "pk_everything" PRIMARY KEY ("id"),
        CONSTRAINT "uq_everything_code" UNIQUE ("code"),
        CONSTRAINT "ck_everything_total" CHECK (total > 0)
    );
    -- mysql
    CREATE TABLE `everything` (
        `id` BIGINT NOT NULL AUTO_INCREMENT,
        `small` SMALLINT DEFAULT -1,
        `big` BIGINT DEFAULT 9223372036854775807,
        `amount` NUMERIC(12, 2) DEFAULT '0.00',
        `ratio` FLOAT DEFAULT 0.5,
        `mass` DOUBLE DEFAULT 1e-30,
        `body` LONGTEXT DEFAULT (CONVERT(0x69742773205c202d2d206e6f74206120636f6d6d656e74 USING utf8mb4)),
        `code` CHAR(2),
        `flag` BOOLEAN DEFAULT false,
        `born` DATE DEFAULT '2000-01-01',
        `at` TIME(6),
        `seen` DATETIME(6),
        `moment` DATETIME(6),
        `raw` JSON DEFAULT ('{}'),
        `data` JSON,
        `blob` LONGBLOB DEFAULT (x'00ff'),
        `key` CHAR(36),
        `size` ENUM('s', 'm', 'x-large'),
        `total` INT,
        `upper` LONGTEXT DEFAULT (upper('x') -- as it is
    ),
        CONSTRAINT `pk_everything` PRIMARY KEY (`id`),
        CONSTRAINT `uq_everything_code` UNIQUE (`code`),
        CONSTRAINT `ck_everything_total` CHECK (total > 0)
    );
    "#);
}

#[test]
fn create_table_with_composite_keys() {
    insta::assert_snapshot!(side_by_side("create_table_with_composite_keys"), @r#"
    op.create_table("seats", |t| {
        t.primary_key(["hall", "number"]).name("seats_key");
        t.column("hall", integer());
        t.column("number", integer());
        t.column("user_id", integer())
            .references("users", "id")
            .name("seats_user")
            .on_update(SetNull);
    });
    op.create_table("tickets", |t| {
        t.column("hall", integer()).primary_key();
        t.column("number", integer()).primary_key();
        t.foreign_key(["hall", "number"], "seats", ["hall", "number"])
            .on_delete(Restrict)
            .on_update(NoAction)
            .initially_deferred();
    });
    -- postgres
    CREATE TABLE "seats" (
        "hall" INTEGER NOT NULL,
        "number" INTEGER NOT NULL,
        "user_id" INTEGER,
        CONSTRAINT "seats_key" PRIMARY KEY ("hall", "number"),
        CONSTRAINT "seats_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE SET NULL
    );
    CREATE TABLE "tickets" (
        "hall" INTEGER NOT NULL,
        "number" INTEGER NOT NULL,
        CONSTRAINT "pk_tickets" PRIMARY KEY ("hall", "number"),
        CONSTRAINT "fk_tickets_hall_number_seats" FOREIGN KEY ("hall", "number") REFERENCES "seats" ("hall", "number") ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
    );
    -- sqlite
    CREATE TABLE "seats" (
        "hall" INTEGER NOT NULL,
        "number" INTEGER NOT NULL,
        "user_id" INTEGER CONSTRAINT "seats_user" REFERENCES "users" ("id") ON UPDATE SET NULL,
        CONSTRAINT "seats_key" PRIMARY KEY ("hall", "number")
    );
    CREATE TABLE "tickets" (
        "hall" INTEGER NOT NULL,
        "number" INTEGER NOT NULL,
        CONSTRAINT "pk_tickets" PRIMARY KEY ("hall", "number"),
        CONSTRAINT "fk_tickets_hall_number_seats" FOREIGN KEY ("hall", "number") REFERENCES "seats" ("hall", "number") ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
    );
    -- mysql
    CREATE TABLE `seats` (
        `hall` INTEGER NOT NULL,
        `number` INTEGER NOT NULL,
        `user_id` INTEGER,
        CONSTRAINT `seats_key` PRIMARY KEY (`hall`, `number`),
        CONSTRAINT `seats_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON UPDATE SET NULL
    );
    !! mysql does not support a deferrable foreign key: it is checked at each row: leave the clause out, and write the rows in such an order
    "#);
}

#[test]
fn drop_table() {
    insta::assert_snapshot!(side_by_side("drop_table"), @r#"
    op.drop_table("logs");
    op.drop_table("logs").if_exists();
    -- postgres
    DROP TABLE "logs";
    DROP TABLE IF EXISTS "logs";
    -- sqlite
    DROP TABLE "logs";
    DROP TABLE IF EXISTS "logs";
    -- mysql
    DROP TABLE `logs`;
    DROP TABLE IF EXISTS `logs`;
    "#);
}

#[test]
fn rename_table() {
    insta::assert_snapshot!(side_by_side("rename_table"), @r#"
    op.rename_table("logs", "Journal of \"all\"");
    -- postgres
    ALTER TABLE "logs" RENAME TO "Journal of ""all""";
    -- sqlite
    ALTER TABLE "logs" RENAME TO "Journal of ""all""";
    -- mysql
    RENAME TABLE `logs` TO `Journal of "all"`;
    "#);
}

#[test]
fn add_column() {
    insta::assert_snapshot!(side_by_side("add_column"), @r#"
    op.add_column("users", "nickname", varchar(40));
    op.add_column("users", "points", integer())
        .not_null()
        .server_default(0);
    op.add_column("users", "org_id", integer())
        .references("orgs", "id")
        .on_delete(SetNull);
    op.add_column("users", "score", integer()).check("score >= 0");
    op.add_column("users", "state", enumeration("state", ["on", "off"]))
        .not_null()
        .server_default("on");
    -- postgres
    ALTER TABLE "users" ADD COLUMN "nickname" VARCHAR(40);
    ALTER TABLE "users" ADD COLUMN "points" INTEGER DEFAULT 0 NOT NULL;
    ALTER TABLE "users" ADD COLUMN "org_id" INTEGER CONSTRAINT "fk_users_org_id_orgs" REFERENCES "orgs" ("id") ON DELETE SET NULL;
    ALTER TABLE "users" ADD COLUMN "score" INTEGER CONSTRAINT "ck_users_score" CHECK (score >= 0);
    CREATE TYPE "state" AS ENUM ('on', 'off');
    ALTER TABLE "users" ADD COLUMN "state" "state" DEFAULT 'on' NOT NULL;
    -- sqlite
    ALTER TABLE "users" ADD COLUMN "nickname" VARCHAR(40);
    ALTER TABLE "users" ADD COLUMN "points" INTEGER DEFAULT 0 NOT NULL;
    ALTER TABLE "users" ADD COLUMN "org_id" INTEGER CONSTRAINT "fk_users_org_id_orgs" REFERENCES "orgs" ("id") ON DELETE SET NULL;
    ALTER TABLE "users" ADD COLUMN "score" INTEGER CONSTRAINT "ck_users_score" CHECK (score >= 0);
    ALTER TABLE "users" ADD COLUMN "state" VARCHAR(3) DEFAULT 'on' NOT NULL CONSTRAINT "ck_users_state" CHECK ("state" IN ('on', 'off'));
    -- mysql
    ALTER TABLE `users` ADD COLUMN `nickname` VARCHAR(40);
    ALTER TABLE `users` ADD COLUMN `points` INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE `users` ADD COLUMN `org_id` INTEGER, ADD CONSTRAINT `fk_users_org_id_orgs` FOREIGN KEY (`org_id`) REFERENCES `orgs` (`id`) ON DELETE SET NULL;
    ALTER TABLE `users` ADD COLUMN `score` INTEGER, ADD CONSTRAINT `ck_users_score` CHECK (score >= 0);
    ALTER TABLE `users` ADD COLUMN `state` ENUM('on', 'off') NOT NULL DEFAULT 'on';
    "#);
}

#[test]
fn drop_and_rename_column() {
    insta::assert_snapshot!(side_by_side("drop_and_rename_column"), @r#"
    op.drop_column("users", "boss_id");
    op.alter_column("users", "note").rename("remark");
    -- postgres
    ALTER TABLE "users" DROP COLUMN "boss_id";
    ALTER TABLE "users" RENAME COLUMN "note" TO "remark";
    -- sqlite
    ALTER TABLE "users" DROP COLUMN "boss_id";
    ALTER TABLE "users" RENAME COLUMN "note" TO "remark";
    -- mysql
    ALTER TABLE `users` DROP COLUMN `boss_id`;
    ALTER TABLE `users` RENAME COLUMN `note` TO `remark`;
    "#);
}

#[test]
fn create_index() {
    insta::assert_snapshot!(side_by_side("create_index"), @r#"
    op.create_index("ix_users_age", "users", ["age", "name"]);
    op.create_index("ix_users_oldest", "users", [sql("age DESC")]);
    op.create_index(None, "users", ["boss_id"]);
    op.create_index("uq_users_name", "users", [sql("lower(name)")])
        .unique()
        .where_("age > 18");
    op.create_index("ix_users_age", "users", ["age"]).if_not_exists();
    -- postgres
    CREATE INDEX "ix_users_age" ON "users" ("age", "name");
    CREATE INDEX "ix_users_oldest" ON "users" (age DESC);
    CREATE INDEX "ix_users_boss_id" ON "users" ("boss_id");
    CREATE UNIQUE INDEX "uq_users_name" ON "users" (lower(name)) WHERE (age > 18);
    CREATE INDEX IF NOT EXISTS "ix_users_age" ON "users" ("age");
    -- sqlite
    CREATE INDEX "ix_users_age" ON "users" (`age`, `name`);
    CREATE INDEX "ix_users_oldest" ON "users" (age DESC);
    CREATE INDEX "ix_users_boss_id" ON "users" (`boss_id`);
    CREATE UNIQUE INDEX "uq_users_name" ON "users" (lower(name)) WHERE (age > 18);
    CREATE INDEX IF NOT EXISTS "ix_users_age" ON "users" (`age`);
    -- mysql
    CREATE INDEX `ix_users_age` ON `users` (`age`, `name`);
    CREATE INDEX `ix_users_oldest` ON `users` (age DESC);
    CREATE INDEX `ix_users_boss_id` ON `users` (`boss_id`);
    !! mysql does not support an index over a part of the rows: leave `.where_(..)` out, or index a generated column that is NULL for the other rows
    !! mysql does not support `if_not_exists` for an index: leave it out; only MariaDB has such a clause, which `op.execute` can write
    "#);
}

#[test]
fn drop_index() {
    insta::assert_snapshot!(side_by_side("drop_index"), @r#"
    op.drop_index("ix_users_name", "users");
    op.drop_index("ix_users_name", "users").if_exists();
    -- postgres
    DROP INDEX "ix_users_name";
    DROP INDEX IF EXISTS "ix_users_name";
    -- sqlite
    DROP INDEX "ix_users_name";
    DROP INDEX IF EXISTS "ix_users_name";
    -- mysql
    DROP INDEX `ix_users_name` ON `users`;
    !! mysql does not support `if_exists` for an index: leave it out; only MariaDB has such a clause, which `op.execute` can write
    "#);
}

#[test]
fn execute() {
    insta::assert_snapshot!(side_by_side("execute"), @r#"
    op.execute("UPDATE users SET note = 'a;b' -- all of them");
    op.execute("DELETE FROM logs; DELETE FROM users;");
    -- postgres
    UPDATE users SET note = 'a;b' -- all of them
    ;
    DELETE FROM logs; DELETE FROM users;
    -- sqlite
    UPDATE users SET note = 'a;b' -- all of them
    ;
    DELETE FROM logs; DELETE FROM users;
    -- mysql
    UPDATE users SET note = 'a;b' -- all of them
    ;
    DELETE FROM logs; DELETE FROM users;
    "#);
}

#[test]
fn bulk_insert() {
    insta::assert_snapshot!(side_by_side("bulk_insert"), @r#"
    op.bulk_insert(
        "users",
        ["id", "name", "age", "note"],
        [
            (2, "O'Brien", Some(40), sql("upper('x')")),
            (3, "back\\slash", None, sql("NULL -- none")),
        ],
    );
    op.bulk_insert("logs", ["line"], [["one"], ["two"]]);
    -- postgres
    INSERT INTO "users" ("id", "name", "age", "note") VALUES
        (2, 'O''Brien', 40, (upper('x'))),
        (3, E'back\\slash', NULL, (NULL -- none
    ));
    INSERT INTO "logs" ("line") VALUES
        ('one'),
        ('two');
    -- sqlite
    INSERT INTO "users" ("id", "name", "age", "note") VALUES
        (2, 'O''Brien', 40, (upper('x'))),
        (3, 'back\slash', NULL, (NULL -- none
    ));
    INSERT INTO "logs" ("line") VALUES
        ('one'),
        ('two');
    -- mysql
    INSERT INTO `users` (`id`, `name`, `age`, `note`) VALUES
        (2, 'O''Brien', 40, (upper('x'))),
        (3, _utf8mb4 0x6261636b5c736c617368, NULL, (NULL -- none
    ));
    INSERT INTO `logs` (`line`) VALUES
        ('one'),
        ('two');
    "#);
}

#[test]
fn comments() {
    insta::assert_snapshot!(side_by_side("comments"), @r#"
    op.create_table("notes", |t| {
        t.column("id", integer()).comment("it's a number");
    })
    .comment("what people noted");
    op.add_column("notes", "body", text()).comment("as \\typed");
    op.alter_column("users", "name").comment("as on the passport");
    op.alter_column("users", "note").drop_comment();
    op.create_table_comment("users", "people");
    op.drop_table_comment("users");
    -- postgres
    CREATE TABLE "notes" (
        "id" INTEGER
    );
    COMMENT ON TABLE "notes" IS 'what people noted';
    COMMENT ON COLUMN "notes"."id" IS 'it''s a number';
    ALTER TABLE "notes" ADD COLUMN "body" TEXT;
    COMMENT ON COLUMN "notes"."body" IS E'as \\typed';
    COMMENT ON COLUMN "users"."name" IS 'as on the passport';
    COMMENT ON COLUMN "users"."note" IS NULL;
    COMMENT ON TABLE "users" IS 'people';
    COMMENT ON TABLE "users" IS NULL;
    -- sqlite
    CREATE TABLE "notes" (
        "id" INTEGER
    );
    ALTER TABLE "notes" ADD COLUMN "body" TEXT;
    !! sqlite does not support a column's comment: keep it to databases that have comments, by `op.on([Postgres, MySql], ..)`
    !! sqlite does not support a column's comment: keep it to databases that have comments, by `op.on([Postgres, MySql], ..)`
    !! sqlite does not support a table's comment: keep it to databases that have comments, by `op.on([Postgres, MySql], ..)`
    !! sqlite does not support a table's comment: keep it to databases that have comments, by `op.on([Postgres, MySql], ..)`
    -- mysql
    CREATE TABLE `notes` (
        `id` INTEGER COMMENT 'it''s a number'
    ) COMMENT='what people noted';
    ALTER TABLE `notes` ADD COLUMN `body` LONGTEXT COMMENT 'as \\typed';
    !! mysql does not support altering a column without asking what it is: run it on a live database, or say all of its type, nullability, default and comment
    !! mysql does not support altering a column without asking what it is: run it on a live database, or say all of its type, nullability, default and comment
    ALTER TABLE `users` COMMENT='people';
    ALTER TABLE `users` COMMENT='';
    "#);
}

#[test]
fn alter_column() {
    insta::assert_snapshot!(side_by_side("alter_column"), @r#"
    op.alter_column("users", "age").not_null().server_default(18);
    op.alter_column("users", "name").nullable().drop_server_default();
    op.alter_column("users", "note")
        .set_type(integer())
        .using("length(note) -- of the text")
        .server_default(0)
        .comment("how long it was")
        .rename("length");
    -- postgres
    ALTER TABLE "users" ALTER COLUMN "age" SET DEFAULT 18;
    ALTER TABLE "users" ALTER COLUMN "age" SET NOT NULL;
    ALTER TABLE "users" ALTER COLUMN "name" DROP DEFAULT;
    ALTER TABLE "users" ALTER COLUMN "name" DROP NOT NULL;
    ALTER TABLE "users" ALTER COLUMN "note" DROP DEFAULT;
    ALTER TABLE "users" ALTER COLUMN "note" TYPE INTEGER USING (length(note) -- of the text
    );
    ALTER TABLE "users" ALTER COLUMN "note" SET DEFAULT 0;
    COMMENT ON COLUMN "users"."note" IS 'how long it was';
    ALTER TABLE "users" RENAME COLUMN "note" TO "length";
    -- sqlite
    !! sqlite does not support changing whether a column may hold NULL: create a new table, copy the rows by `op.execute`, drop the old table and rename the new one
    !! sqlite does not support changing whether a column may hold NULL: create a new table, copy the rows by `op.execute`, drop the old table and rename the new one
    !! sqlite does not support changing a column's type: create a new table, copy the rows by `op.execute`, drop the old table and rename the new one
    -- mysql
    !! mysql does not support altering a column without asking what it is: run it on a live database, or say all of its type, nullability, default and comment
    !! mysql does not support altering a column without asking what it is: run it on a live database, or say all of its type, nullability, default and comment
    !! mysql does not support altering a column without asking what it is: run it on a live database, or say all of its type, nullability, default and comment
    "#);
}

#[test]
fn add_column_with_constraints() {
    insta::assert_snapshot!(side_by_side("add_column_with_constraints"), @r#"
    op.add_column("logs", "id", integer())
        .primary_key()
        .autoincrement();
    op.add_column("logs", "code", text()).unique();
    op.add_column("logs", "user_id", integer())
        .server_default(1)
        .references("users", "id");
    op.add_column("logs", "at", timestamptz())
        .not_null()
        .server_default(now());
    -- postgres
    ALTER TABLE "logs" ADD COLUMN "id" INTEGER GENERATED BY DEFAULT AS IDENTITY NOT NULL CONSTRAINT "pk_logs" PRIMARY KEY;
    ALTER TABLE "logs" ADD COLUMN "code" TEXT CONSTRAINT "uq_logs_code" UNIQUE;
    ALTER TABLE "logs" ADD COLUMN "user_id" INTEGER DEFAULT 1 CONSTRAINT "fk_logs_user_id_users" REFERENCES "users" ("id");
    ALTER TABLE "logs" ADD COLUMN "at" TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL;
    -- sqlite
    !! sqlite does not support adding an `autoincrement` column: create a new table, copy the rows by `op.execute`, drop the old table and rename the new one
    !! sqlite does not support adding a unique column: add the column, then a unique index by `op.create_index(..).unique()`
    !! sqlite does not support adding a column with a foreign key and a default: add it without the default and fill it by `op.execute`
    !! sqlite does not support adding a column whose default is not a constant: add it without the default and fill it by `op.execute`
    -- mysql
    ALTER TABLE `logs` ADD COLUMN `id` INTEGER NOT NULL AUTO_INCREMENT, ADD CONSTRAINT `pk_logs` PRIMARY KEY (`id`);
    !! mysql does not support a key over `code`, whose length has no end: make it a `varchar(..)`, or index its beginning by `op.create_index(.., [key(..).length(..)])`
    ALTER TABLE `logs` ADD COLUMN `user_id` INTEGER DEFAULT 1, ADD CONSTRAINT `fk_logs_user_id_users` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`);
    ALTER TABLE `logs` ADD COLUMN `at` DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6);
    "#);
}

#[test]
fn create_constraints() {
    insta::assert_snapshot!(side_by_side("create_constraints"), @r#"
    op.create_primary_key(None, "logs", ["line"]);
    op.create_unique_constraint("uq_users_name", "users", ["name"]);
    op.create_check_constraint("ck_users_name", "users", "name <> ''");
    op.create_foreign_key(None, "users", "orgs", ["boss_id"], ["id"])
        .deferrable()
        .on_delete(SetDefault);
    -- postgres
    ALTER TABLE "logs" ADD CONSTRAINT "pk_logs" PRIMARY KEY ("line");
    ALTER TABLE "users" ADD CONSTRAINT "uq_users_name" UNIQUE ("name");
    ALTER TABLE "users" ADD CONSTRAINT "ck_users_name" CHECK (name <> '');
    ALTER TABLE "users" ADD CONSTRAINT "fk_users_boss_id_orgs" FOREIGN KEY ("boss_id") REFERENCES "orgs" ("id") ON DELETE SET DEFAULT DEFERRABLE INITIALLY IMMEDIATE;
    -- sqlite
    !! sqlite does not support a new constraint on an existing table: create a new table, copy the rows by `op.execute`, drop the old table and rename the new one
    !! sqlite does not support a new constraint on an existing table: create a new table, copy the rows by `op.execute`, drop the old table and rename the new one
    !! sqlite does not support a new constraint on an existing table: create a new table, copy the rows by `op.execute`, drop the old table and rename the new one
    !! sqlite does not support a new constraint on an existing table: create a new table, copy the rows by `op.execute`, drop the old table and rename the new one
    -- mysql
    ALTER TABLE `logs` ADD CONSTRAINT `pk_logs` PRIMARY KEY (`line`);
    ALTER TABLE `users` ADD CONSTRAINT `uq_users_name` UNIQUE (`name`);
    ALTER TABLE `users` ADD CONSTRAINT `ck_users_name` CHECK (name <> '');
    !! mysql does not support a deferrable foreign key: it is checked at each row: leave the clause out, and write the rows in such an order
    "#);
}

#[test]
fn drop_constraint() {
    insta::assert_snapshot!(side_by_side("drop_constraint"), @r#"
    op.drop_constraint("fk_users_boss_id_users", "users");
    op.drop_constraint("ck_users_age", "users").if_exists();
    -- postgres
    ALTER TABLE "users" DROP CONSTRAINT "fk_users_boss_id_users";
    ALTER TABLE "users" DROP CONSTRAINT IF EXISTS "ck_users_age";
    -- sqlite
    !! sqlite does not support dropping a constraint: create a new table, copy the rows by `op.execute`, drop the old table and rename the new one
    !! sqlite does not support dropping a constraint: create a new table, copy the rows by `op.execute`, drop the old table and rename the new one
    -- mysql
    ALTER TABLE `users` DROP CONSTRAINT `fk_users_boss_id_users`;
    !! mysql does not support `if_exists` for a constraint: leave it out; only MariaDB has such a clause, which `op.execute` can write
    "#);
}

#[test]
fn enumerations() {
    insta::assert_snapshot!(side_by_side("enumerations"), @r#"
    op.create_table("tasks", |t| {
        t.column("priority", enumeration("priority", ["low", "it's high"]));
        t.column("was", enumeration("priority", ["low", "it's high"]));
    });
    op.add_column(
        "logs",
        "level",
        enumeration("priority", ["low", "it's high"]).existing(),
    );
    op.alter_column("users", "name")
        .set_type(enumeration("person", ["somebody", "nobody"]))
        .using("name::person");
    op.drop_column("logs", "level");
    op.drop_table("tasks");
    op.drop_enum("priority");
    op.drop_enum("priority").if_exists();
    -- postgres
    CREATE TYPE "priority" AS ENUM ('low', 'it''s high');
    CREATE TABLE "tasks" (
        "priority" "priority",
        "was" "priority"
    );
    ALTER TABLE "logs" ADD COLUMN "level" "priority";
    CREATE TYPE "person" AS ENUM ('somebody', 'nobody');
    ALTER TABLE "users" ALTER COLUMN "name" TYPE "person" USING (name::person);
    ALTER TABLE "logs" DROP COLUMN "level";
    DROP TABLE "tasks";
    DROP TYPE "priority";
    DROP TYPE IF EXISTS "priority";
    -- sqlite
    CREATE TABLE "tasks" (
        "priority" VARCHAR(9) CONSTRAINT "ck_tasks_priority" CHECK ("priority" IN ('low', 'it''s high')),
        "was" VARCHAR(9) CONSTRAINT "ck_tasks_was" CHECK ("was" IN ('low', 'it''s high'))
    );
    ALTER TABLE "logs" ADD COLUMN "level" VARCHAR(9) CONSTRAINT "ck_logs_level" CHECK ("level" IN ('low', 'it''s high'));
    !! sqlite does not support changing a column's type: create a new table, copy the rows by `op.execute`, drop the old table and rename the new one
    ALTER TABLE "logs" DROP COLUMN "level";
    DROP TABLE "tasks";
    -- mysql
    CREATE TABLE `tasks` (
        `priority` ENUM('low', 'it''s high'),
        `was` ENUM('low', 'it''s high')
    );
    ALTER TABLE `logs` ADD COLUMN `level` ENUM('low', 'it''s high');
    !! mysql does not support altering a column without asking what it is: run it on a live database, or say all of its type, nullability, default and comment
    ALTER TABLE `logs` DROP COLUMN `level`;
    DROP TABLE `tasks`;
    "#);
}

#[test]
fn arrays_and_index_methods() {
    insta::assert_snapshot!(side_by_side("arrays_and_index_methods"), @r#"
    op.add_column("users", "tags", array_of(varchar(20)))
        .server_default("{a,b}");
    op.add_column("users", "moods", array_of(enumeration("mood", ["up", "down"])));
    op.create_index("ix_users_tags", "users", ["tags"]).using("gin");
    -- postgres
    ALTER TABLE "users" ADD COLUMN "tags" VARCHAR(20)[] DEFAULT '{a,b}';
    CREATE TYPE "mood" AS ENUM ('up', 'down');
    ALTER TABLE "users" ADD COLUMN "moods" "mood"[];
    CREATE INDEX "ix_users_tags" ON "users" USING "gin" ("tags");
    -- sqlite
    !! sqlite does not support an array column: keep the list as `json()`, or in a table of its own
    !! sqlite does not support an array column: keep the list as `json()`, or in a table of its own
    !! sqlite does not support an index by `gin`: leave `.using(..)` out: there is one method
    -- mysql
    !! mysql does not support an array column: keep the list as `json()`, or in a table of its own
    !! mysql does not support an array column: keep the list as `json()`, or in a table of its own
    !! mysql does not support an index by `gin`: use `btree`, `hash`, `fulltext` or `spatial`, of which the last two are not unique
    "#);
}

#[test]
fn if_exists_of_parts() {
    insta::assert_snapshot!(side_by_side("if_exists_of_parts"), @r#"
    op.drop_column("users", "nothing").if_exists();
    op.drop_constraint("nothing", "users").if_exists();
    -- postgres
    ALTER TABLE "users" DROP COLUMN IF EXISTS "nothing";
    ALTER TABLE "users" DROP CONSTRAINT IF EXISTS "nothing";
    -- sqlite
    !! sqlite does not support `if_exists` for a column: drop it without
    !! sqlite does not support dropping a constraint: create a new table, copy the rows by `op.execute`, drop the old table and rename the new one
    -- mysql
    !! mysql does not support `if_exists` for a column: leave it out; only MariaDB has such a clause, which `op.execute` can write
    !! mysql does not support `if_exists` for a constraint: leave it out; only MariaDB has such a clause, which `op.execute` can write
    "#);
}
