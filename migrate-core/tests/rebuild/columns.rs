//! What each alteration of a column makes of a table.

use migrate_core::prelude::*;

use crate::made::{T, each_made};

#[tokio::test]
async fn columns_change() {
    let text = each_made!(
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
    let text = each_made!(
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
    let text = each_made!(
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
