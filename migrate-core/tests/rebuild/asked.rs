//! What each operation makes of a table, and that SQLite takes it.

use std::fmt::Write as _;

use migrate_core::prelude::*;

use crate::database::Base;

/// The statements without those that every rebuild has.
async fn made(setup: &str, record: impl FnOnce(&mut Op)) -> String {
    let mut base = Base::new(setup).await;
    let statements = match base.alter("t", record).await {
        Ok(statements) => statements,
        Err(refused) => return format!("!! {refused}"),
    };
    let mut text = String::new();
    for sql in &statements {
        let of_every_rebuild = ["migrate_guard", "migrate_before", "legacy_alter_table"]
            .iter()
            .any(|ours| sql.contains(ours));
        if !of_every_rebuild {
            writeln!(text, "{};", sql.replace("\"main\".\"migrate_rebuild_t\"", "new")).unwrap();
        }
    }
    write!(text, "-- {}", base.sql_of("t").await).unwrap();
    text
}

/// What each of these makes of the same table.
macro_rules! made {
    ($setup:expr, $($record:expr),+ $(,)?) => {{
        let mut text = String::new();
        $(writeln!(text, "{}\n", made($setup, $record).await).unwrap();)+
        text
    }};
}

const T: &str = "CREATE TABLE t (
    id INTEGER PRIMARY KEY, -- the key
    a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
    b INT CONSTRAINT positive CHECK (b > 0),
    c,
    CONSTRAINT uq UNIQUE (a, b), -- about uq
    UNIQUE (b), CHECK (c <> 9)
    FOREIGN KEY (c) REFERENCES t
);
INSERT INTO t (a, b) VALUES ('1', 2);
CREATE TABLE p (id INTEGER PRIMARY KEY);
INSERT INTO p VALUES (2);";

#[tokio::test]
async fn a_rebuild_is_these_statements() {
    let mut base = Base::new(
        "CREATE TABLE orgs (id INTEGER PRIMARY KEY);
         CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, org REFERENCES orgs, up AS (upper(name)));
         CREATE INDEX ix_name ON users (name);
         CREATE TRIGGER added AFTER INSERT ON users BEGIN SELECT 1; END;",
    )
    .await;
    let statements = base
        .alter("users", |op| {
            op.alter_column("users", "name").not_null();
        })
        .await
        .unwrap();
    insta::assert_snapshot!(statements.join(";\n"), @r#"
    CREATE TABLE temp."migrate_guard" ("keys" CONSTRAINT "foreign_keys is ON: rows that point to `users` would be deleted with the old table" CHECK ("keys"), "rows" CONSTRAINT "the new `users` has not all rows of the old one" CHECK ("rows"), "references" CONSTRAINT "rows of `users`, or rows that point to it, point to nothing" CHECK ("references"));
    CREATE TABLE temp."migrate_before" AS SELECT c."table" AS child, c.parent, l."from", l."to", count(*) AS n FROM (VALUES ('users')) t, pragma_foreign_key_check(t.column1, 'main') c, pragma_foreign_key_list(c."table", 'main') l WHERE l.id = c.fkid AND l.seq = 0 GROUP BY 1, 2, 3, 4;
    CREATE TABLE "main"."migrate_rebuild_users" (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, org REFERENCES orgs, up AS (upper(name)));
    INSERT OR ABORT INTO "main"."migrate_rebuild_users" ("id", "name", "org") SELECT "id", "name", "org" FROM "main"."users";
    INSERT INTO temp."migrate_guard" ("rows") SELECT (SELECT count(*) FROM "main"."users") = (SELECT count(*) FROM "main"."migrate_rebuild_users");
    DELETE FROM "main".sqlite_sequence WHERE name = 'migrate_rebuild_users';
    INSERT INTO "main".sqlite_sequence (name, seq) SELECT 'migrate_rebuild_users', seq FROM "main".sqlite_sequence WHERE name = 'users';
    DROP TABLE "main"."users";
    PRAGMA legacy_alter_table=ON;
    ALTER TABLE "main"."migrate_rebuild_users" RENAME TO "users";
    PRAGMA legacy_alter_table=OFF;
    CREATE INDEX "main".ix_name ON users (name);
    INSERT INTO temp."migrate_guard" ("references") SELECT NOT EXISTS (SELECT 1 FROM (SELECT c."table" AS child, c.parent, l."from", l."to", count(*) AS n FROM (VALUES ('users')) t, pragma_foreign_key_check(t.column1, 'main') c, pragma_foreign_key_list(c."table", 'main') l WHERE l.id = c.fkid AND l.seq = 0 GROUP BY 1, 2, 3, 4) AS now WHERE n > coalesce((SELECT n FROM temp."migrate_before" AS before WHERE before.child = now.child AND before.parent = now.parent AND before."from" IS now."from" AND before."to" IS now."to"), 0));
    DROP TABLE temp."migrate_before";
    CREATE TRIGGER "main".added AFTER INSERT ON users BEGIN SELECT 1; END;
    DROP TABLE temp."migrate_guard"
    "#);
}

#[tokio::test]
async fn columns_change() {
    let text = made!(
        T,
        |op| {
            op.alter_column("t", "a").set_type(text());
        },
        |op| {
            op.alter_column("t", "a")
                .set_type(integer())
                .using("CAST(a AS INT) + b");
        },
        |op| {
            op.alter_column("t", "a").nullable().drop_server_default();
        },
        |op| {
            op.alter_column("t", "c")
                .set_type(enumeration("kind", ["x", "y"]))
                .server_default("x");
        },
        |op| {
            op.alter_column("t", "C")
                .generated_stored("id -- so")
                .collate("nocase");
        },
        |op| {
            op.alter_column("t", "b").server_default("it's").rename("d");
        },
        |op| {
            op.alter_column("t", "id").set_type(bigint());
        },
        |op| {
            op.alter_column("t", "a").not_null();
        },
    );
    insta::assert_snapshot!(text, @r#"
    CREATE TABLE new (
        id INTEGER PRIMARY KEY, -- the key
        a TEXT NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    );
    INSERT OR ABORT INTO new ("id", "a", "b", "c") SELECT "id", "a", "b", "c" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (
        id INTEGER PRIMARY KEY, -- the key
        a TEXT NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    )

    CREATE TABLE new (
        id INTEGER PRIMARY KEY, -- the key
        a INTEGER NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    );
    INSERT OR ABORT INTO new ("id", "a", "b", "c") SELECT "id", (CAST(a AS INT) + b), "b", "c" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (
        id INTEGER PRIMARY KEY, -- the key
        a INTEGER NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    )

    CREATE TABLE new (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10), -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    );
    INSERT OR ABORT INTO new ("id", "a", "b", "c") SELECT "id", "a", "b", "c" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10), -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    )

    CREATE TABLE new (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c VARCHAR(1) CONSTRAINT "ck_t_c" CHECK ("c" IN ('x', 'y')) DEFAULT 'x',
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    );
    INSERT OR ABORT INTO new ("id", "a", "b", "c") SELECT "id", "a", "b", "c" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c VARCHAR(1) CONSTRAINT "ck_t_c" CHECK ("c" IN ('x', 'y')) DEFAULT 'x',
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    )

    CREATE TABLE new (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c COLLATE "nocase" GENERATED ALWAYS AS (id -- so
    ) STORED,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    );
    INSERT OR ABORT INTO new ("id", "a", "b") SELECT "id", "a", "b" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c COLLATE "nocase" GENERATED ALWAYS AS (id -- so
    ) STORED,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    )

    CREATE TABLE new (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0) DEFAULT 'it''s',
        c,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    );
    INSERT OR ABORT INTO new ("id", "a", "b", "c") SELECT "id", "a", "b", "c" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    ALTER TABLE "main"."t" RENAME COLUMN "b" TO "d";
    -- CREATE TABLE "t" (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        "d" INT CONSTRAINT positive CHECK ("d" > 0) DEFAULT 'it''s',
        c,
        CONSTRAINT uq UNIQUE (a, "d"), -- about uq
        UNIQUE ("d"), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    )

    -- CREATE TABLE t (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    )

    -- CREATE TABLE t (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    )
    "#);
}

#[tokio::test]
async fn an_enumeration_changes_with_its_check_and_a_generated_column_becomes_a_value() {
    let text = made!(
        "CREATE TABLE t (kind VARCHAR(3) NOT NULL CONSTRAINT ck_t_kind CHECK (kind IN ('abc', 'd')), n INT GENERATED ALWAYS AS (length(kind)) STORED UNIQUE);
         INSERT INTO t VALUES ('abc')",
        |op| {
            op.alter_column("t", "kind").set_type(enumeration("kind", ["abc", "efgh"]));
            op.alter_column("t", "n").drop_generated();
        },
        |op| {
            op.alter_column("t", "kind").set_type(text());
        },
    );
    insta::assert_snapshot!(text, @r#"
    CREATE TABLE new (kind VARCHAR(4) NOT NULL CONSTRAINT "ck_t_kind" CHECK ("kind" IN ('abc', 'efgh')), n INT UNIQUE);
    INSERT OR ABORT INTO new (rowid, "kind", "n") SELECT rowid, "kind", "n" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (kind VARCHAR(4) NOT NULL CONSTRAINT "ck_t_kind" CHECK ("kind" IN ('abc', 'efgh')), n INT UNIQUE)

    CREATE TABLE new (kind TEXT NOT NULL, n INT GENERATED ALWAYS AS (length(kind)) STORED UNIQUE);
    INSERT OR ABORT INTO new (rowid, "kind") SELECT rowid, "kind" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (kind TEXT NOT NULL, n INT GENERATED ALWAYS AS (length(kind)) STORED UNIQUE)
    "#);
}

#[tokio::test]
async fn columns_come_and_go() {
    let text = made!(
        T,
        |op| {
            op.add_column("t", "d", integer()).not_null().server_default(0);
        },
        |op| {
            op.add_column("t", "d", timestamp())
                .not_null()
                .server_default(now());
        },
        |op| {
            op.add_column("t", "d", integer()).unique();
            op.add_column("t", "e", integer()).references("p", "id");
        },
        |op| {
            op.add_column("t", "d", integer())
                .generated_stored("b * 2")
                .not_null();
            op.add_column("t", "e", integer()).generated_virtual("b * 2");
        },
        |op| {
            op.add_column("t", "d", integer()).if_not_exists();
            op.add_column("t", "a", integer()).if_not_exists();
        },
        |op| {
            op.drop_constraint("fk_t_c_t", "t");
            op.drop_constraint("ck_t_2", "t");
            op.drop_column("t", "c");
        },
        |op| {
            op.drop_column("t", "nothing").if_exists();
        },
    );
    insta::assert_snapshot!(text, @r#"
    ALTER TABLE "main"."t" ADD COLUMN "d" INTEGER DEFAULT 0 NOT NULL;
    -- CREATE TABLE t (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c, "d" INTEGER DEFAULT 0 NOT NULL,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    )

    CREATE TABLE new (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        "d" DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    );
    INSERT OR ABORT INTO new ("id", "a", "b", "c") SELECT "id", "a", "b", "c" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        "d" DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    )

    CREATE TABLE new (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        "d" INTEGER CONSTRAINT "uq_t_d" UNIQUE,
        "e" INTEGER CONSTRAINT "fk_t_e_p" REFERENCES "p" ("id"),
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    );
    INSERT OR ABORT INTO new ("id", "a", "b", "c") SELECT "id", "a", "b", "c" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        "d" INTEGER CONSTRAINT "uq_t_d" UNIQUE,
        "e" INTEGER CONSTRAINT "fk_t_e_p" REFERENCES "p" ("id"),
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    )

    CREATE TABLE new (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        "d" INTEGER GENERATED ALWAYS AS (b * 2) STORED NOT NULL,
        "e" INTEGER GENERATED ALWAYS AS (b * 2) VIRTUAL,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    );
    INSERT OR ABORT INTO new ("id", "a", "b", "c") SELECT "id", "a", "b", "c" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        "d" INTEGER GENERATED ALWAYS AS (b * 2) STORED NOT NULL,
        "e" INTEGER GENERATED ALWAYS AS (b * 2) VIRTUAL,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    )

    ALTER TABLE "main"."t" ADD COLUMN "d" INTEGER;
    -- CREATE TABLE t (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c, "d" INTEGER,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    )

    CREATE TABLE new (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b)
    );
    INSERT OR ABORT INTO new ("id", "a", "b", "c") SELECT "id", "a", "b", "c" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    ALTER TABLE "main"."t" DROP COLUMN "c";
    -- CREATE TABLE "t" (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b)
    )

    -- CREATE TABLE t (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    )
    "#);
}

#[tokio::test]
async fn what_alter_table_can_do_is_left_to_it() {
    let text = made!(
        "CREATE TABLE t (a INT, b INT REFERENCES p (id) CHECK (b > 0), c AS (a + 1)); CREATE INDEX ix ON t (c); CREATE TABLE p (id INTEGER PRIMARY KEY);",
        |op| {
            op.drop_column("t", "b");
        },
        |op| {
            op.drop_index("ix", "t");
            op.drop_column("t", "c");
            op.add_column("t", "c", integer());
            op.create_index("ix", "t", ["c"]).unique();
        },
        |op| {
            op.alter_column("t", "a").rename("d");
        },
    );
    insta::assert_snapshot!(text, @r#"
    ALTER TABLE "main"."t" DROP COLUMN "b";
    -- CREATE TABLE t (a INT, c AS (a + 1))

    DROP INDEX "main"."ix";
    ALTER TABLE "main"."t" DROP COLUMN "c";
    ALTER TABLE "main"."t" ADD COLUMN "c" INTEGER;
    CREATE UNIQUE INDEX "main"."ix" ON "t" (`c`);
    -- CREATE TABLE t (a INT, b INT REFERENCES p (id) CHECK (b > 0), "c" INTEGER)

    ALTER TABLE "main"."t" RENAME COLUMN "a" TO "d";
    -- CREATE TABLE t ("d" INT, b INT REFERENCES p (id) CHECK (b > 0), c AS ("d" + 1))
    "#);
}

#[tokio::test]
async fn constraints_come_and_go() {
    let text = made!(
        T,
        |op| {
            op.create_unique_constraint(None, "t", ["c"]);
            op.create_check_constraint("ck", "t", "a <> '' -- none");
            op.create_foreign_key(None, "t", "p", ["b"], ["id"])
                .on_delete(Cascade)
                .initially_deferred();
        },
        |op| {
            op.drop_constraint("uq", "t");
            op.drop_constraint("uq_t_b", "t");
            op.drop_constraint("POSITIVE", "t");
            op.drop_constraint("gone", "t").if_exists();
        },
        |op| {
            op.drop_constraint("ck_t_2", "t");
            op.drop_constraint("fk_t_c_t", "t").foreign_key();
        },
        |op| {
            op.drop_constraint("fk_t_c_t", "t");
            op.drop_constraint("pk_t", "t").primary_key();
            op.create_primary_key("key", "t", ["a", "b"]);
        },
    );
    insta::assert_snapshot!(text, @r#"
    CREATE TABLE new (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t,
        CONSTRAINT "uq_t_c" UNIQUE ("c"),
        CONSTRAINT "ck" CHECK (a <> '' -- none
    ),
        CONSTRAINT "fk_t_b_p" FOREIGN KEY ("b") REFERENCES "p" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
    );
    INSERT OR ABORT INTO new ("id", "a", "b", "c") SELECT "id", "a", "b", "c" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t,
        CONSTRAINT "uq_t_c" UNIQUE ("c"),
        CONSTRAINT "ck" CHECK (a <> '' -- none
    ),
        CONSTRAINT "fk_t_b_p" FOREIGN KEY ("b") REFERENCES "p" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
    )

    CREATE TABLE new (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT,
        c, -- about uq
         CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    );
    INSERT OR ABORT INTO new ("id", "a", "b", "c") SELECT "id", "a", "b", "c" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT,
        c, -- about uq
         CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    )

    CREATE TABLE new (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b)
    );
    INSERT OR ABORT INTO new ("id", "a", "b", "c") SELECT "id", "a", "b", "c" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (
        id INTEGER PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b)
    )

    CREATE TABLE new (
        id INTEGER, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9), CONSTRAINT "key" PRIMARY KEY ("a", "b")
    );
    INSERT OR ABORT INTO new (rowid, "id", "a", "b", "c") SELECT rowid, "id", "a", "b", "c" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (
        id INTEGER, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT positive CHECK (b > 0),
        c,
        CONSTRAINT uq UNIQUE (a, b), -- about uq
        UNIQUE (b), CHECK (c <> 9), CONSTRAINT "key" PRIMARY KEY ("a", "b")
    )
    "#);
}

#[tokio::test]
async fn a_column_numbers_the_rows_whose_key_comes_after_it() {
    let text = made!(
        "CREATE TABLE t (id BIGINT NOT NULL, a TEXT); INSERT INTO t VALUES (5, 'x')",
        |op| {
            op.alter_column("t", "id").autoincrement();
            op.create_primary_key(None, "t", ["id"]);
        },
    );
    insta::assert_snapshot!(text, @r#"
    CREATE TABLE new (id INTEGER NOT NULL, a TEXT, CONSTRAINT "pk_t" PRIMARY KEY ("id"));
    INSERT OR ABORT INTO new ("id", "a") SELECT "id", "a" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (id INTEGER NOT NULL, a TEXT, CONSTRAINT "pk_t" PRIMARY KEY ("id"))
    "#);
}

#[tokio::test]
async fn a_table_gets_and_loses_its_row_id() {
    let text = made!(
        "CREATE TABLE t (a TEXT, b BIGINT PRIMARY KEY); INSERT INTO t (rowid, a, b) VALUES (5, 'x', 7)",
        |op| {
            op.alter_column("t", "b").autoincrement();
        },
        |op| {
            op.drop_constraint("pk_t", "t");
            op.add_column("t", "id", bigint()).primary_key().autoincrement();
        },
    );
    let other = made!(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (5, 'x')",
        |op| {
            op.drop_constraint("pk_t", "t");
        },
        |op| {
            op.alter_column("t", "id").set_type(bigint()).drop_autoincrement();
        },
    );
    insta::assert_snapshot!(text + &other, @r#"
    CREATE TABLE new (a TEXT, b INTEGER PRIMARY KEY);
    INSERT OR ABORT INTO new ("a", "b") SELECT "a", "b" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (a TEXT, b INTEGER PRIMARY KEY)

    CREATE TABLE new (a TEXT, b BIGINT, "id" INTEGER NOT NULL CONSTRAINT "pk_t" PRIMARY KEY);
    INSERT OR ABORT INTO new (rowid, "a", "b") SELECT rowid, "a", "b" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (a TEXT, b BIGINT, "id" INTEGER NOT NULL CONSTRAINT "pk_t" PRIMARY KEY)

    CREATE TABLE new (id INTEGER, a TEXT);
    INSERT OR ABORT INTO new (rowid, "id", "a") SELECT rowid, "id", "a" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (id INTEGER, a TEXT)

    CREATE TABLE new (id BIGINT PRIMARY KEY, a TEXT);
    INSERT OR ABORT INTO new (rowid, "id", "a") SELECT rowid, "id", "a" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (id BIGINT PRIMARY KEY, a TEXT)
    "#);
}

#[tokio::test]
async fn indexes_that_come_and_go_in_a_rebuild() {
    let text = made!(
        "CREATE TABLE t (a TEXT, b INT); CREATE INDEX one ON t (a); CREATE INDEX two ON t (b);",
        |op| {
            op.drop_index("one", "t");
            op.alter_column("t", "b").not_null();
            op.create_index("three", "t", ["a", "b"]).unique().where_("b > 0");
            op.create_index("two", "t", ["b"]).if_not_exists();
            op.drop_index("four", "t").if_exists();
        },
    );
    insta::assert_snapshot!(text, @r#"
    CREATE TABLE new (a TEXT, b INT NOT NULL);
    INSERT OR ABORT INTO new (rowid, "a", "b") SELECT rowid, "a", "b" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    CREATE INDEX "main".two ON t (b);
    CREATE UNIQUE INDEX "main"."three" ON "t" (`a`, `b`) WHERE (b > 0);
    -- CREATE TABLE "t" (a TEXT, b INT NOT NULL)
    "#);
}

#[tokio::test]
async fn new_names_of_constraints_and_indexes() {
    let text = made!(
        T,
        |op| {
            op.batch("t", |t| {
                t.rename_constraint("positive", "it's \"b\"");
                t.rename_constraint("uq", "uq_t_a_b");
                t.rename_constraint("uq_t_b", "uq_b");
                t.rename_constraint("ck_t_2", "ck_c");
                t.rename_constraint("pk_t", "t_pkey").primary_key();
            });
        },
        |op| {
            op.rename_constraint("t", "uq", "positive");
        },
        |op| {
            op.rename_constraint("t", "nothing", "uq_2");
        },
    );
    insta::assert_snapshot!(text, @r#"
    CREATE TABLE new (
        id INTEGER CONSTRAINT "t_pkey" PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT "it's ""b""" CHECK (b > 0),
        c,
        CONSTRAINT "uq_t_a_b" UNIQUE (a, b), -- about uq
        CONSTRAINT "uq_b" UNIQUE (b), CONSTRAINT "ck_c" CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    );
    INSERT OR ABORT INTO new ("id", "a", "b", "c") SELECT "id", "a", "b", "c" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    -- CREATE TABLE "t" (
        id INTEGER CONSTRAINT "t_pkey" PRIMARY KEY, -- the key
        a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
        b INT CONSTRAINT "it's ""b""" CHECK (b > 0),
        c,
        CONSTRAINT "uq_t_a_b" UNIQUE (a, b), -- about uq
        CONSTRAINT "uq_b" UNIQUE (b), CONSTRAINT "ck_c" CHECK (c <> 9)
        FOREIGN KEY (c) REFERENCES t
    )

    !! sqlite does not support a second constraint `positive` of `t`: give it another name

    !! sqlite does not support renaming the constraint `nothing`, which `t` does not have: its constraints are pk_t, positive, uq, uq_t_b, ck_t_2, fk_t_c_t
    "#);
    let text = made!(
        "CREATE TABLE t (a, b); CREATE UNIQUE INDEX  if not exists [ix on a] on t (a) where b > 0; CREATE INDEX ix ON t (b)",
        |op| {
            op.rename_index("t", "IX on a", "new \" on");
        },
        |op| {
            op.batch("t", |t| {
                t.create_index("two", ["a"]);
                t.rename_index("two", "three");
                t.rename_index("ix", "one");
                t.drop_index("one");
                t.create_unique_constraint(None, ["b"]);
            });
        },
        |op| {
            op.rename_index("t", "uq", "ix");
        },
        |op| {
            op.rename_index("t", "ix", "IX on A");
        },
    );
    insta::assert_snapshot!(text, @r#"
    DROP INDEX "main"."ix on a";
    CREATE UNIQUE INDEX "main"."new "" on" on t (a) where b > 0;
    -- CREATE TABLE t (a, b)

    CREATE TABLE new (a, b, CONSTRAINT "uq_t_b" UNIQUE ("b"));
    INSERT OR ABORT INTO new (rowid, "a", "b") SELECT rowid, "a", "b" FROM "main"."t";
    DROP TABLE "main"."t";
    ALTER TABLE new RENAME TO "t";
    CREATE UNIQUE INDEX "main".[ix on a] on t (a) where b > 0;
    CREATE INDEX "main"."three" ON "t" (`a`);
    -- CREATE TABLE "t" (a, b, CONSTRAINT "uq_t_b" UNIQUE ("b"))

    !! sqlite does not support renaming the index `uq`, which `t` does not have: its indexes are ix on a, ix

    !! index IX on A already exists
    CREATE INDEX "main"."IX on A" ON t (b)
    "#);
}

#[test]
fn what_needs_to_know_the_table() {
    use migrate_core::dialect::Way;

    let way = |record: fn(&mut Op)| {
        let mut op = Op::new();
        record(&mut op);
        let recorded = op.finish();
        crate::database::dialect().way(&recorded[0].operation)
    };
    let ways = [
        way(|op| op.rename_table("t", "u")),
        way(|op| {
            op.add_column("t", "a", integer()).not_null().server_default(1);
        }),
        way(|op| {
            op.add_column("t", "a", integer()).unique();
        }),
        way(|op| {
            op.drop_column("t", "a");
        }),
        way(|op| {
            op.alter_column("t", "a").rename("b");
        }),
        way(|op| {
            op.alter_column("t", "a").not_null();
        }),
        way(|op| {
            op.alter_column("t", "a").not_null().rename("b");
        }),
        way(|op| {
            op.create_index("ix", "t", ["a"]);
        }),
        way(|op| {
            op.drop_constraint("uq", "t");
        }),
    ];
    assert_eq!(
        ways,
        [
            Way::Direct,
            Way::Either,
            Way::WithPresent,
            Way::WithPresent,
            Way::Direct,
            Way::WithPresent,
            Way::Last,
            Way::Either,
            Way::WithPresent,
        ]
    );
}
