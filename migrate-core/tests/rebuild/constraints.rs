//! What constraints, keys and indexes that come, go and change make of a table.

use migrate_core::prelude::*;

use crate::made::{T, each_made};

#[tokio::test]
async fn constraints_come_and_go() {
    let text = each_made!(
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
    let text = each_made!(
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
    let text = each_made!(
        "CREATE TABLE t (a TEXT, b BIGINT PRIMARY KEY); INSERT INTO t (rowid, a, b) VALUES (5, 'x', 7)",
        |op| {
            op.alter_column("t", "b").autoincrement();
        },
        |op| {
            op.drop_constraint("pk_t", "t");
            op.add_column("t", "id", bigint()).primary_key().autoincrement();
        },
    );
    let other = each_made!(
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
    let text = each_made!(
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
    let text = each_made!(
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
    let text = each_made!(
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
