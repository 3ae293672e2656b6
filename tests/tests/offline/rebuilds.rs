//! Scripts for SQLite that make a table anew: they know what it is by the history, done once more in memory.

use migrate_core::prelude::*;
use migrate_core::{Migrator, TransactionMode};
use migrate_graph::Heads;
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};

use super::at;

fn tables(op: &mut Op) -> Result {
    op.create_table("orgs", |t| {
        t.column("id", integer()).primary_key().autoincrement();
        t.column("it's \"named\"\r", varchar(80))
            .not_null()
            .server_default("a\r\nb");
    });
    op.execute(
        "CREATE TABLE users (id INTEGER PRIMARY KEY, -- the key; really\n  name TEXT COLLATE NOCASE, \
         org_id INTEGER REFERENCES orgs (id) ON DELETE CASCADE, age INTEGER DEFAULT 18 /* years */)",
    );
    op.create_index("ix_users_age", "users", ["age", "name"]);
    op.create_trigger(
        "touch",
        "orgs",
        After,
        [Delete],
        "BEGIN UPDATE users SET name = 'it''s; gone' WHERE org_id = OLD.id; END",
    );
    op.create_view("names", "SELECT name FROM users");
    op.execute("INSERT INTO orgs (id) VALUES (1), (7); INSERT INTO users VALUES (1, 'O''Brien', 1, 40), (5, 'x', 7, 30)");
    Ok(())
}

async fn fill(db: &mut Db<'_>) -> Result {
    db.execute("UPDATE users SET age = 1 WHERE age IS NULL").await?;
    Ok(())
}

/// A rebuild of the table that another points to, and of that other.
fn altered(op: &mut Op) -> Result {
    // It would fail where no rows are, and is left out there.
    op.execute("INSERT OR REPLACE INTO users (id, name, org_id, age) SELECT 6, 'six', id, NULL FROM orgs WHERE id = 7");
    op.run("fill", fill)
        .sql("UPDATE users SET age = 1 WHERE age IS NULL");
    op.alter_column("users", "age").not_null().drop_server_default();
    op.create_check_constraint("ck_age", "users", "age > 0");
    op.batch("orgs", |batch| {
        batch.add_column("code", varchar(9)).unique();
        batch.alter_column("it's \"named\"\r").set_type(text()).nullable();
    });
    op.execute("INSERT INTO orgs (code) VALUES ('new')");
    Ok(())
}

fn unaltered(op: &mut Op) -> Result {
    op.drop_constraint("ck_age", "users").check();
    op.alter_column("users", "age").nullable().server_default(18);
    op.drop_column("orgs", "code");
    Ok(())
}

fn renamed(op: &mut Op) -> Result {
    op.alter_column("users", "age").rename("years").nullable();
    op.drop_constraint("ck_age", "users").check();
    op.drop_index("ix_users_age", "users");
    op.drop_column("users", "years");
    op.rename_table("users", "people; 'all'");
    op.create_foreign_key("fk_self", "people; 'all'", "people; 'all'", ["id"], ["id"]);
    Ok(())
}

fn history() -> Migrator {
    migrator(vec![
        migration("a1", &[], tables, |_| Ok(())),
        migration("b1", &["a1"], altered, unaltered),
        migration(
            "x1",
            &["a1"],
            |op| {
                op.create_table("other", |t| {
                    t.column("id", integer());
                });
                Ok(())
            },
            |_| Ok(()),
        ),
        migration("c1", &["b1"], renamed, |_| Ok(())),
    ])
}

#[tokio::test]
#[ignore = "needs the sqlite3 client: run by cargo xtask test"]
async fn a_script_makes_a_table_anew_as_a_live_run_does() {
    type Step = (&'static [&'static str], &'static str);
    let paths: [(&[Step], &[Step]); 2] = [
        (&[(&[], "b1"), (&["b1"], "x1"), (&["b1", "x1"], "heads")], &[]),
        (&[(&[], "x1"), (&["x1"], "b1")], &[(&["b1", "x1"], "a1")]),
    ];
    for mode in [TransactionMode::PerMigration, TransactionMode::Single] {
        let history = history().transaction(mode);
        for (up, down) in paths {
            let (by_script, live) = (TestDatabase::sqlite(), TestDatabase::sqlite());
            for (from, to) in up {
                let script = history.script_upgrade("sqlite", &at(&history, from), to).await;
                assert_eq!(by_script.run_script(&script.unwrap()), Ok(()));
                history.upgrade(live.url(), to).await.unwrap();
                assert_eq!(by_script.dump(), live.dump());
            }
            for (from, to) in down {
                let script = history.script_downgrade("sqlite", &at(&history, from), to).await;
                assert_eq!(by_script.run_script(&script.unwrap()), Ok(()));
                history.downgrade(live.url(), to).await.unwrap();
                assert_eq!(by_script.dump(), live.dump());
            }
        }
    }
}

#[tokio::test]
#[ignore = "needs the sqlite3 client: run by cargo xtask test"]
async fn a_table_that_somebody_changed_is_left_alone() {
    let history = history();
    let script = history
        .script_upgrade("sqlite", &at(&history, &["a1"]), "b1")
        .await
        .unwrap();
    for change in [
        "ALTER TABLE users ADD COLUMN more TEXT",
        "CREATE INDEX by_hand ON users (name)",
        "CREATE TRIGGER by_hand AFTER INSERT ON users BEGIN SELECT 1; END",
        "DROP INDEX ix_users_age",
    ] {
        let database = TestDatabase::sqlite();
        history.upgrade(database.url(), "a1").await.unwrap();
        database.execute(change).await;
        let before = database.dump();
        let told = database.run_script(&script).unwrap_err();
        let expected = "`users` is not the table that this script was written for";
        assert!(told.contains(expected), "{told}");
        assert_eq!(database.dump(), before);
    }
}

#[tokio::test]
async fn a_script_that_makes_a_table_anew_shows_what_it_relies_on() {
    let history = migrator(vec![
        migration(
            "a1",
            &[],
            |op| {
                op.execute("CREATE TABLE t (a INTEGER)");
                Ok(())
            },
            |_| Ok(()),
        ),
        migration(
            "b1",
            &["a1"],
            |op| {
                op.alter_column("t", "a").not_null();
                Ok(())
            },
            |_| Ok(()),
        ),
    ]);
    let script = history
        .script_upgrade("sqlite", &at(&history, &["a1"]), "b1")
        .await;
    insta::assert_snapshot!(script.unwrap(), @r#"
    -- For SQLite, to be run by sqlite3

    .bail on

    PRAGMA foreign_keys = ON;

    PRAGMA foreign_keys=OFF;

    BEGIN IMMEDIATE;

    CREATE TABLE temp.migrate_guard (ok CONSTRAINT "this script starts from a1, and the database is not there" CHECK (ok));

    INSERT INTO temp.migrate_guard VALUES ((SELECT count(*) FROM "alembic_version") = 1 AND (SELECT count(*) FROM "alembic_version" WHERE version_num IN ('a1')) = 1);

    DROP TABLE temp.migrate_guard;

    -- Running upgrade a1 -> b1

    CREATE TABLE temp.migrate_guard (ok CONSTRAINT "`t` is not the table that this script was written for" CHECK (ok));

    INSERT INTO temp.migrate_guard SELECT count(*) = 1 AND count(CASE WHEN (type, name, replace(coalesce(sql, ''), char(13), '')) IN (VALUES ('table', 't', 'CREATE TABLE t (a INTEGER)')) THEN 1 END) = 1 FROM "main".sqlite_schema WHERE tbl_name = 't' COLLATE NOCASE;

    DROP TABLE temp.migrate_guard;

    CREATE TABLE temp."migrate_guard" ("keys" CONSTRAINT "foreign_keys is ON: rows that point to `t` would be deleted with the old table" CHECK ("keys"), "rows" CONSTRAINT "the new `t` has not all rows of the old one" CHECK ("rows"), "references" CONSTRAINT "rows of `t`, or rows that point to it, point to nothing" CHECK ("references"));

    CREATE TABLE "main"."migrate_rebuild_t" (a INTEGER NOT NULL);

    INSERT OR ABORT INTO "main"."migrate_rebuild_t" (rowid, "a") SELECT rowid, "a" FROM "main"."t";

    INSERT INTO temp."migrate_guard" ("rows") SELECT (SELECT count(*) FROM "main"."t") = (SELECT count(*) FROM "main"."migrate_rebuild_t");

    DROP TABLE "main"."t";

    PRAGMA legacy_alter_table=ON;

    ALTER TABLE "main"."migrate_rebuild_t" RENAME TO "t";

    PRAGMA legacy_alter_table=OFF;

    DROP TABLE temp."migrate_guard";

    UPDATE "alembic_version" SET version_num='b1' WHERE "alembic_version".version_num = 'a1';

    COMMIT;

    PRAGMA foreign_keys=1;

    PRAGMA legacy_alter_table=0;
    "#);
}

#[tokio::test]
async fn what_fails_when_the_history_is_done_once_more_is_named() {
    let alter: fn(&mut Op) -> Result = |op| {
        op.alter_column("t", "a").not_null();
        Ok(())
    };
    let broken = migrator(vec![
        migration(
            "a1",
            &[],
            |op| {
                op.execute("INSERT INTO nowhere VALUES (1)");
                op.execute("CREATE VIEW v AS SELECT 1; ALTER TABLE nowhere ADD COLUMN x");
                Ok(())
            },
            |_| Ok(()),
        ),
        migration("b1", &["a1"], alter, |_| Ok(())),
    ]);
    let error = broken.script_upgrade("sqlite", &at(&broken, &["a1"]), "b1").await;
    insta::assert_snapshot!(error.unwrap_err(), @"
    migration `a1`: while doing the history once more in memory, which tells a script what a table is: tests/tests/offline/rebuilds.rs:235: no such table: nowhere (code 1)
      in the statement: ALTER TABLE nowhere ADD COLUMN x
    ");
    let missing = migrator(vec![migration("a1", &[], alter, |_| Ok(()))]);
    let error = missing.script_upgrade("sqlite", &Heads::default(), "a1").await;
    insta::assert_snapshot!(error.unwrap_err(), @"
    migration `a1`: tests/tests/offline/rebuilds.rs:226: sqlite does not support altering `t`, which does not exist: correct its name, or create it first
    ");
    // Nothing is done once more where nobody has to be asked.
    let script = broken.script_upgrade("sqlite", &Heads::default(), "a1").await;
    assert!(script.unwrap().contains("INSERT INTO nowhere"));
}
