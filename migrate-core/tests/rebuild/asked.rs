//! What a rebuild is, when there is one, and that SQLite takes it.

use migrate_core::prelude::*;

use crate::database::Base;
use crate::made::each_made;

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
async fn what_alter_table_can_do_is_left_to_it() {
    let text = each_made!(
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
